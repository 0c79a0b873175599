// How a connection to a real server is protected, as the command line and the picker name it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/protocol.h"

namespace client {

enum class Security : std::uint8_t {
  kNone,      // clear text
  kStarttls,  // begins in clear, TLS after a command: STARTTLS (RFC 3207), STLS (RFC 2595)
  kTls,       // TLS from the first octet (RFC 8314 §3.3)
};
inline constexpr std::size_t kSecurityCount = 3;

// Of --security, in the order of Security.
inline constexpr std::array<std::string_view, kSecurityCount> kSecurities{"none", "starttls", "tls"};

constexpr std::string_view name(Security security) { return kSecurities[static_cast<std::size_t>(security)]; }

// Of SMTP 25 between servers, 587 and 465 for whoever hands mail in (RFC 6409 §3.1, RFC 8314 §3.3).
[[nodiscard]] inline std::uint16_t usual_port(const protocol::Protocol& what, Security security) {
  switch (security) {
    case Security::kNone: break;
    case Security::kStarttls: return what.upgrade_port();
    case Security::kTls: return what.tls_port();
  }
  return what.port();
}

// The one with this name, or nothing.
constexpr std::optional<Security> find_security(std::string_view name) {
  for (std::size_t i = 0; i < kSecurityCount; ++i) {
    if (kSecurities[i] == name) return static_cast<Security>(i);
  }
  return std::nullopt;
}

}  // namespace client
