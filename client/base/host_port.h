// Host and port as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace client {

// A port in decimal digits, 1 to 65535; nothing otherwise.
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text);

// "host", "host:port", "[address]:port", an address alone, blanks around it; the port may be missing. Nothing when it is none
// of these.
struct HostPort {
  std::string host;
  std::optional<std::uint16_t> port;
};
[[nodiscard]] std::optional<HostPort> parse_host_port(std::string_view text);

}  // namespace client
