#include "mockserver/certificates.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace mockserver {
namespace {

std::int64_t wall_clock() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

core::Result<const tls::Authority*> process_authority() {
  static std::optional<tls::Authority> authority;
  if (!authority) {
    auto made = tls::Authority::make(wall_clock());
    if (!made) return core::Failure(std::move(made.error()));
    authority.emplace(std::move(*made));
  }
  return &*authority;
}

core::Result<std::shared_ptr<const tls::Identity>> issue_certificate(const std::string& server_name,
                                                                     const std::vector<std::string>& others, tls::Flaw flaw) {
  const auto authority = process_authority();
  if (!authority) return core::Failure(authority.error());
  std::vector<std::string> hosts{server_name};
  std::vector<std::string> more{"localhost", "127.0.0.1", "::1"};
  more.insert(more.end(), others.begin(), others.end());
  for (const std::string& host : more) {
    const bool is_wildcard = host == "0.0.0.0" || host == "::";  // an address to listen on, not one to be reached at
    if (!is_wildcard && std::find(hosts.begin(), hosts.end(), host) == hosts.end()) hosts.push_back(host);
  }
  return (*authority)->issue(hosts, flaw, wall_clock());
}

}  // namespace mockserver
