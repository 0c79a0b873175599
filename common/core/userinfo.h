// Names of servers as people take them from elsewhere: "smtp://alice:password@smtp.example.org".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/span.h"

namespace core {

// The password in "user:password@host", with or without a scheme before it: what stands between the first colon and the last @
// (RFC 3986 §3.2.1: it should not be shown). Nothing when there is none.
[[nodiscard]] std::optional<Span> userinfo_password(std::string_view text);

// Escaped as show_bytes does, that password masked.
[[nodiscard]] std::string show_server(std::string_view text);

}  // namespace core
