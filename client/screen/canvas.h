// A grid of cells: what a terminal shows, as a value. Layout draws on it; curses and text screens put it out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/screen/screen_model.h"

namespace screen {

struct Size {
  std::size_t columns = 80;
  std::size_t rows = 24;
  bool operator==(const Size&) const = default;
};

// One cell. A character two columns wide stands in the first; the second has empty text.
struct Cell {
  std::string text = " ";
  Role role = Role::kPlain;
  bool reverse = false;
  bool operator==(const Cell&) const = default;
};

// Columns a UTF-8 text takes on a terminal: 2 for CJK and emoji, 0 for combining marks. REQUIRES: a UTF-8 locale.
[[nodiscard]] std::size_t width(std::string_view text);

class Canvas {
 public:
  explicit Canvas(Size size);

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] const Cell& at(std::size_t row, std::size_t column) const { return cells_[row * size_.columns + column]; }

  // Writes text from (row, column), at most `columns` wide; what does not fit is cut (with "…" when `ellipsis`).
  // Gives the number of columns used. Outside the canvas nothing is written.
  std::size_t put(std::size_t row, std::size_t column, std::string_view text, Role role, std::size_t columns,
                  bool ellipsis = false);
  void reverse(std::size_t row, std::size_t column, std::size_t columns);
  // Where the hardware cursor rests.
  void set_cursor(std::size_t row, std::size_t column);
  [[nodiscard]] std::size_t cursor_row() const { return cursor_row_; }
  [[nodiscard]] std::size_t cursor_column() const { return cursor_column_; }

  // The rows as text, spaces at their ends removed: for golden files and --dump.
  [[nodiscard]] std::vector<std::string> rows() const;

 private:
  // Puts one character of 1 or 2 columns into its cells. REQUIRES: they are on the canvas.
  void place(std::size_t row, std::size_t column, std::string text, std::size_t columns, Role role);

  Size size_;
  std::vector<Cell> cells_;
  std::size_t cursor_row_ = 0;
  std::size_t cursor_column_ = 0;
};

// Lays the model out. Smaller than 60×16: one sentence that names the needed and the actual size.
[[nodiscard]] Canvas draw(const StepScreen& model, Size size, core::Language language);
[[nodiscard]] Canvas draw(const PickerScreen& model, Size size, core::Language language);

}  // namespace screen
