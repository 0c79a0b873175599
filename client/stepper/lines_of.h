// Several lines typed or pasted as one text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stepper {

// The lines of a text, each with its end exactly as it stands there; the last one may have none.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

}  // namespace stepper
