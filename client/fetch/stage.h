// How far the reading of a mailbox got.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/text.h"

namespace fetch {

// The stages at which it can end, in their order. kTls: the handshake, at the start or behind STARTTLS and STLS.
enum class Stage : std::uint8_t {
  kConnect,
  kTls,
  kGreeting,
  kCapability,
  kStarttls,
  kLogin,
  kSelect,
  kList,
  kMessage,
  kQuit,
};

// "connect", "tls", "greeting", … In Chinese with what that is behind it: "login（登录）".
[[nodiscard]] std::string_view name(Stage stage);
[[nodiscard]] std::string name(Stage stage, core::Language language);

}  // namespace fetch
