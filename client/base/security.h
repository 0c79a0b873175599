// How a connection to a real server is protected, as the command line and the picker name it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace client {

enum class Security : std::uint8_t {
  kNone,      // clear text
  kStarttls,  // begins in clear, TLS after STARTTLS (RFC 3207)
  kTls,       // TLS from the first octet (RFC 8314 §3.3)
};
inline constexpr std::size_t kSecurityCount = 3;

struct SecurityRow {
  std::string_view name;  // of --security
  std::uint16_t port;     // the usual one
};

// In the order of Security. 25 between servers, 587 and 465 for whoever hands mail in (RFC 6409 §3.1, RFC 8314 §3.3).
inline constexpr std::array<SecurityRow, kSecurityCount> kSecurities{{{"none", 25}, {"starttls", 587}, {"tls", 465}}};

constexpr std::string_view name(Security security) { return kSecurities[static_cast<std::size_t>(security)].name; }
constexpr std::uint16_t usual_port(Security security) { return kSecurities[static_cast<std::size_t>(security)].port; }

// The one with this name, or nothing.
constexpr std::optional<Security> find_security(std::string_view name) {
  for (std::size_t i = 0; i < kSecurityCount; ++i) {
    if (kSecurities[i].name == name) return static_cast<Security>(i);
  }
  return std::nullopt;
}

}  // namespace client
