#include "client/screen/canvas.h"

#include <algorithm>

#include "client/screen/glyph.h"

namespace screen {
namespace {

// Whether the text is wider than that, without measuring all of a long one.
bool is_wider(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  while (!text.empty() && used <= columns) {
    const Glyph glyph = first_glyph(text);
    used += glyph.columns;
    text.remove_prefix(glyph.octets);
  }
  return used > columns;
}

}  // namespace

Canvas::Canvas(Size size) : size_(size), cells_(size.rows * size.columns) {}

void Canvas::place(std::size_t row, std::size_t column, std::string text, std::size_t columns, Role role) {
  Cell* const cells = &cells_[row * size_.columns];
  // Half a wide character cannot stay on the screen: the other half becomes a space.
  if (cells[column].text.empty() && column > 0) cells[column - 1].text.assign(1, ' ');
  const std::size_t behind = column + columns;
  if (behind < size_.columns && cells[behind].text.empty()) cells[behind].text.assign(1, ' ');
  cells[column] = Cell{std::move(text), role, false};
  if (columns == 2) cells[column + 1] = Cell{"", role, false};
}

std::size_t Canvas::put(std::size_t row, std::size_t column, std::string_view text, Role role, std::size_t columns,
                        bool ellipsis) {
  if (row >= size_.rows || column >= size_.columns) return 0;
  columns = std::min(columns, size_.columns - column);
  const bool cut = is_wider(text, columns);
  const bool mark = cut && ellipsis && columns > 0;
  const std::size_t room = mark ? columns - 1 : columns;
  std::size_t used = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    if (used + glyph.columns > room) break;
    if (glyph.columns > 0) place(row, column + used, cell_text(glyph, text.substr(0, glyph.octets)), glyph.columns, role);
    used += glyph.columns;
    text.remove_prefix(glyph.octets);
  }
  if (mark) place(row, column + used++, "…", 1, role);
  return used;
}

void Canvas::reverse(std::size_t row, std::size_t column, std::size_t columns) {
  if (row >= size_.rows) return;
  for (std::size_t i = column; i < size_.columns && i - column < columns; ++i) cells_[row * size_.columns + i].reverse = true;
}

void Canvas::set_cursor(std::size_t row, std::size_t column) {
  cursor_row_ = std::min(row, size_.rows > 0 ? size_.rows - 1 : 0);
  cursor_column_ = std::min(column, size_.columns > 0 ? size_.columns - 1 : 0);
}

std::vector<std::string> Canvas::rows() const {
  std::vector<std::string> out(size_.rows);
  for (std::size_t row = 0; row < size_.rows; ++row) {
    for (std::size_t column = 0; column < size_.columns; ++column) out[row] += at(row, column).text;
    out[row].erase(out[row].find_last_not_of(' ') + 1);
  }
  return out;
}

}  // namespace screen
