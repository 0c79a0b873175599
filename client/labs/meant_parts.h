// A multipart whose boundary never comes, as it was meant: that mistake has a check of its own, and costs no other.
#pragma once

#include <string>
#include <string_view>

namespace lab {

// The message with the delimiters that its boundary wants, where it has others: lines that are the boundary without the "--"
// before it, or that begin with "--" and something else. Any other message as it is.
[[nodiscard]] std::string with_meant_boundary(std::string_view message);

}  // namespace lab
