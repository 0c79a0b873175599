// Names of computers.
#pragma once

#include <string_view>

namespace core {

// Domain = sub-domain *("." sub-domain) (RFC 5321 §4.1.2), at most 255 octets, labels of at most 63 (RFC 1035 §2.3.4).
// allow_utf8: labels may hold letters beyond ASCII (RFC 6531 §3.3).
[[nodiscard]] bool is_domain(std::string_view text, bool allow_utf8 = false);

}  // namespace core
