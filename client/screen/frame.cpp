#include "client/screen/frame.h"

#include <algorithm>
#include <iterator>

#include "client/screen/glyph.h"
#include "client/screen/wrap.h"

namespace screen {

Line border_title(std::string_view title) {
  if (title.empty()) return {};
  return {Run{Role::kStrong, " " + std::string(title) + " "}};
}

void draw_border(Canvas& canvas, std::size_t row, std::size_t column, std::size_t columns, Ends ends, const Line& title,
                 std::string_view mark) {
  if (columns < 2) return;
  const std::size_t last = column + columns - 1;
  canvas.put(row, column, ends.left, Role::kPlain, 1);
  for (std::size_t i = column + 1; i < last; ++i) canvas.put(row, i, "─", Role::kPlain, 1);
  canvas.put(row, last, ends.right, Role::kPlain, 1);
  const std::size_t mark_columns = mark.empty() ? 0 : width(mark) + 3;  // a space at each side and a piece of border
  const bool marked = mark_columns > 0 && mark_columns + 2 <= columns;
  if (marked) canvas.put(row, last - mark_columns + 1, " " + std::string(mark) + " ", Role::kDim, mark_columns - 1);
  const std::size_t taken = 3 + (marked ? mark_columns : 0);
  if (columns > taken) put_line(canvas, row, column + 1, title, columns - taken);
}

std::string hidden_mark(std::string_view arrow, std::size_t items) {
  return items == 0 ? std::string() : std::string(arrow) + std::to_string(items);
}

void draw_side(Canvas& canvas, std::size_t row, std::size_t column, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) canvas.put(row + i, column, "│", Role::kPlain, 1);
}

std::size_t put_line(Canvas& canvas, std::size_t row, std::size_t column, const Line& line, std::size_t columns) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool more = std::any_of(line.begin() + static_cast<std::ptrdiff_t>(i) + 1, line.end(),
                                  [](const Run& run) { return !run.text.empty(); });
    const std::size_t room = columns - used;
    const std::size_t wanted = width(line[i].text);
    used += canvas.put(row, column + used, line[i].text, line[i].role, room, true);
    if (wanted > room) break;
    if (more && wanted == room) {
      mark_cut(canvas, row, column, columns);
      break;
    }
  }
  return used;
}

std::size_t put_line_around(Canvas& canvas, std::size_t row, std::size_t column, const Line& line, std::size_t columns,
                            std::size_t cursor) {
  const std::size_t total = width(line);
  const std::size_t needed = std::max(total, cursor + 1);  // a cursor behind the last character needs a column too
  std::size_t first = 0;
  if (needed > columns && cursor * 3 > columns * 2) first = std::min(cursor - columns * 2 / 3, needed - columns);
  const bool more_left = first > 0;
  const bool more_right = total > first + columns;
  const std::size_t from = first + (more_left ? 1 : 0);
  const std::size_t to = first + columns - (more_right ? 1 : 0);
  std::size_t at = 0;
  for (const Run& run : line) {
    for (std::string_view text = run.text; !text.empty();) {
      const Glyph glyph = first_glyph(text);
      if (at >= from && at + glyph.columns <= to) {
        canvas.put(row, column + at - first, text.substr(0, glyph.octets), run.role, glyph.columns);
      }
      at += glyph.columns;
      text.remove_prefix(glyph.octets);
    }
  }
  if (more_left) canvas.put(row, column, "…", Role::kDim, 1);
  if (more_right) canvas.put(row, column + columns - 1, "…", Role::kDim, 1);
  return column + std::min(cursor - first, columns - 1);
}

std::vector<Line> wrap_all(const std::vector<Line>& lines, std::size_t columns) {
  std::vector<Line> rows;
  for (const Line& line : lines) {
    std::vector<Line> wrapped = wrap(line, columns, hanging_indent(line, columns));
    rows.insert(rows.end(), std::make_move_iterator(wrapped.begin()), std::make_move_iterator(wrapped.end()));
  }
  return rows;
}

void put_rows(Canvas& canvas, const Area& area, const std::vector<Line>& rows) {
  if (area.columns < 3 || area.rows == 0) return;
  const std::size_t shown = std::min(rows.size(), area.rows);
  for (std::size_t i = 0; i < shown; ++i) put_line(canvas, area.row + i, area.column + 1, rows[i], area.columns - 2);
  if (shown < rows.size()) mark_cut(canvas, area.row + shown - 1, area.column + 1, area.columns - 2);
}

void mark_cut(Canvas& canvas, std::size_t row, std::size_t column, std::size_t columns) {
  if (row >= canvas.size().rows || column + columns > canvas.size().columns || columns == 0) return;
  std::size_t end = columns;
  while (end > 0 && canvas.at(row, column + end - 1).text == " ") --end;
  const std::size_t at = end == 0 ? 0 : std::min(end + 1, columns - 1);
  canvas.put(row, column + at, "…", Role::kDim, 1);
}

}  // namespace screen
