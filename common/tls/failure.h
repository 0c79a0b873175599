// What broke a TLS connection, in words and with the ids of engine.h. Internal to tls/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "tls/settings.h"

namespace tls {

// Seen from one side of a connection: who the other one is, and what this one speaks.
struct Standpoint {
  bool is_client = true;
  bool is_open = false;  // the handshake is complete
  Version oldest = Version::kTls12;
  Version newest = Version::kTls12;
};

// The peer sent a fatal alert (RFC 5246 §7.2).
[[nodiscard]] core::Error alert_error(std::uint8_t alert, const Standpoint& here);

// The octets with which the peer began are no TLS record.
[[nodiscard]] core::Error not_tls_error(std::string_view octets, const Standpoint& here);

// The library gave this code.
[[nodiscard]] core::Error code_error(int code, const Standpoint& here);

// The peer does what no honest one does.
[[nodiscard]] core::Error abuse_error(const core::Text& what, const Standpoint& here);

}  // namespace tls
