#include "client/base/host_port.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace client {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

namespace {

// RFC 4291 §2.2, with a zone behind it (RFC 4007 §11): eight groups, or "::" for those that are missing. The system judges the
// rest.
bool is_like_ipv6(std::string_view text) {
  const std::string_view address = text.substr(0, text.find('%'));
  const bool is_whole = std::count(address.begin(), address.end(), ':') == 7 || address.find("::") != std::string_view::npos;
  return is_whole && address.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

}  // namespace

std::optional<HostPort> parse_host_port(std::string_view text) {
  text = core::trim(text);
  HostPort parsed;
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    parsed.host = text.substr(1, close - 1);
    port = text.substr(close + 1);
  } else if (std::count(text.begin(), text.end(), ':') > 1) {
    if (!is_like_ipv6(text)) return std::nullopt;
    parsed.host = text;
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    parsed.host = text.substr(0, colon);
    port = text.substr(colon);
  }
  if (parsed.host.empty() || parsed.host.find_first_of(" \t/@\r\n") != std::string::npos) return std::nullopt;
  if (port.empty()) return parsed;
  parsed.port = parse_port(port.substr(1));
  if (port.front() != ':' || !parsed.port) return std::nullopt;
  return parsed;
}

}  // namespace client
