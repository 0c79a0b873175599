// Texts in lines of a given width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usage {

// How many columns of a terminal our own texts take: Chinese characters and their punctuation two each, the rest one.
[[nodiscard]] std::size_t columns_of(std::string_view text);

// The text in lines of at most `columns`, broken at blanks (which are dropped) and between Chinese characters, but not before
// closing punctuation. A word that is longer has a line of its own. At least one line.
[[nodiscard]] std::vector<std::string> fold(std::string_view text, std::size_t columns);

}  // namespace usage
