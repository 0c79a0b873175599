// Text in the value of a parameter, which may hold no space, "=" or "+" (RFC 3461 §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace smtp {

// xtext = *( xchar / hexchar ), xchar = any of "!" to "~" but "+" and "="; hexchar = "+" and two upper-case hex digits.
// Nothing when it is none.
[[nodiscard]] std::optional<std::string> decode_xtext(std::string_view xtext);

}  // namespace smtp
