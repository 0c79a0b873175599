#include "client/conversation/own_name.h"

#include <algorithm>
#include <array>

#include <unistd.h>

#include "core/domain.h"
#include "core/text.h"

namespace client {
namespace {

// RFC 6761 §6, RFC 6762 §3, and what boxes at home make up.
bool is_known_elsewhere(std::string_view name) {
  const std::string lower = core::to_lower(name);
  const std::size_t dot = lower.find('.');
  if (dot == std::string::npos || !core::is_domain(lower)) return false;
  constexpr std::array<std::string_view, 7> kPrivate{".local", ".localdomain", ".localhost", ".lan",
                                                     ".home",  ".internal",    ".home.arpa"};
  return std::none_of(kPrivate.begin(), kPrivate.end(), [&](std::string_view end) { return lower.ends_with(end); });
}

}  // namespace

std::string own_name(std::string_view host_name, std::string_view local) {
  if (is_known_elsewhere(host_name)) return std::string(host_name);
  std::string_view address = local.substr(0, local.rfind(':'));
  if (!address.starts_with('[')) return "[" + std::string(address) + "]";
  address.remove_prefix(1);
  return "[IPv6:" + std::string(address.substr(0, address.find_first_of("%]"))) + "]";
}

std::string own_name(std::string_view local) {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) name.fill('\0');
  return own_name(name.data(), local);
}

}  // namespace client
