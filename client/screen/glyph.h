// Characters as a terminal sees them: how many octets one takes in the text and how many columns on the screen.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "client/screen/screen_model.h"

namespace screen {

// One character with the marks that stand on it.
struct Glyph {
  std::size_t octets = 1;
  std::size_t columns = 1;  // 1 or 2; 0 only for marks without a character before them
  char32_t base = U' ';     // U+FFFD for what cannot be shown: a control, an octet that is not UTF-8
};

// The glyph at the start of `text`. REQUIRES: text is not empty; a UTF-8 locale.
[[nodiscard]] Glyph first_glyph(std::string_view text);

// What a cell holds for a glyph that takes these octets: a bounded number of marks, none that changes the width.
[[nodiscard]] std::string cell_text(const Glyph& glyph, std::string_view octets);

// Columns of all runs together.
[[nodiscard]] std::size_t width(const Line& line);

// Columns in front of the `characters`-th character (code point) of `text`; all of them when it has fewer.
[[nodiscard]] std::size_t columns_before(std::string_view text, std::size_t characters);

}  // namespace screen
