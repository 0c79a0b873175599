// Text made ready to be compared whatever its letter case.
#pragma once

#include <string>
#include <string_view>

namespace mime {

// UTF-8 with all letters folded (Unicode's full case folding: "STRASSE" and "Straße" become the same). What is no UTF-8 stays,
// but for A to Z.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace mime
