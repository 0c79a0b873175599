// Boxes and what is written in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/screen/canvas.h"

namespace screen {

// A rectangle of the canvas.
struct Area {
  std::size_t row = 0;
  std::size_t column = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
};

// The corners or junctions at both ends of a horizontal border.
struct Ends {
  std::string_view left;
  std::string_view right;
};
inline constexpr Ends kTop{"┌", "┐"};
inline constexpr Ends kMiddle{"├", "┤"};
inline constexpr Ends kBottom{"└", "┘"};

// A title as it stands in a border.
[[nodiscard]] Line border_title(std::string_view title);

// A horizontal border of `columns` columns, with a title behind its left end and a mark before its right one (either may be
// empty). What does not fit is cut; the mark goes first.
void draw_border(Canvas& canvas, std::size_t row, std::size_t column, std::size_t columns, Ends ends, const Line& title = {},
                 std::string_view mark = {});

// "↑3" for a border: that many items are hidden in this direction; empty when none are.
[[nodiscard]] std::string hidden_mark(std::string_view arrow, std::size_t items);

// The vertical border of `rows` rows.
void draw_side(Canvas& canvas, std::size_t row, std::size_t column, std::size_t rows);

// Writes the runs of a line one behind the other and gives the number of columns used; "…" where it is cut.
std::size_t put_line(Canvas& canvas, std::size_t row, std::size_t column, const Line& line, std::size_t columns);

// The same for a line with a cursor in front of its `cursor`-th column: shows the part around the cursor, "…" at each end
// where more is hidden, and gives the column of the canvas on which the cursor stands. REQUIRES: columns > 0.
std::size_t put_line_around(Canvas& canvas, std::size_t row, std::size_t column, const Line& line, std::size_t columns,
                            std::size_t cursor);

// All lines wrapped for a pane of that many columns.
[[nodiscard]] std::vector<Line> wrap_all(const std::vector<Line>& lines, std::size_t columns);

// Writes rows into an area, one column of air at each side; "…" behind the last one when there are more.
void put_rows(Canvas& canvas, const Area& area, const std::vector<Line>& rows);

// Writes "…" behind what stands in columns [column, column + columns) of a row, over its end if it is full.
void mark_cut(Canvas& canvas, std::size_t row, std::size_t column, std::size_t columns);

}  // namespace screen
