// What both sides of TLS can be told.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/text.h"

namespace tls {

// In the order of their numbers on the wire. kTls13 where the library has it.
enum class Version : std::uint8_t { kTls10, kTls11, kTls12, kTls13 };
// "TLS 1.2".
std::string_view name(Version version);
// "TLS 1.2 to TLS 1.3".
core::Text range(Version oldest, Version newest);

// The newest version that the library at hand speaks.
[[nodiscard]] Version newest_version();

struct Settings {
  Version oldest = Version::kTls12;
  Version newest = newest_version();
  // Gets each line of the NSS key log format ("CLIENT_RANDOM …", without line end), with which Wireshark reads what was
  // recorded; may be empty. See key_log.h.
  std::function<void(std::string_view)> key_log;
};

}  // namespace tls
