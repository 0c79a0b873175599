// Logical lines as rows of a pane.
#pragma once

#include <cstddef>
#include <vector>

#include "client/screen/screen_model.h"

namespace screen {

// `line` as rows of at most `columns` columns, at least one row. A row ends at a space (which is dropped) or beside a wide
// character, never before closing or behind opening punctuation; a word longer than a row is broken anywhere. Rows after the
// first begin with `indent` spaces. REQUIRES: columns > 0.
[[nodiscard]] std::vector<Line> wrap(const Line& line, std::size_t columns, std::size_t indent = 0);

// Where the rows after the first of a line should begin: under the text behind a short label ("Why   163 takes …": 6), that
// is behind the first two or more spaces, or else under the line's own first character.
[[nodiscard]] std::size_t hanging_indent(const Line& line, std::size_t columns);

}  // namespace screen
