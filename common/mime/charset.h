// From the octets of a text to UTF-8, also where the charset that is named is not the one that was used.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mime {

// By the charset named (empty: none is, which means us-ascii), where the octets are of it; GB 2312 and GBK mean GB18030, and
// ISO 8859-1, which anything is of, does not hold against what is UTF-8. Else ISO-2022-JP or UTF-8 if they are that, else
// GB18030 if they look like it, as texts in Chinese that are labelled wrongly mostly do; else they stay as they are. Nothing is
// left out, NUL stays NUL.
[[nodiscard]] std::string to_utf8(std::string_view octets, std::string_view charset);

// Likewise, but nothing where the charset is not known, or the octets are not of it. US-ASCII is what has no octet above 127.
[[nodiscard]] std::optional<std::string> to_utf8_exactly(std::string_view octets, std::string_view charset);

}  // namespace mime
