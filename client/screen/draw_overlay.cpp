#include "client/screen/draw_overlay.h"

#include <algorithm>
#include <string>

#include "client/screen/frame.h"
#include "client/screen/glyph.h"
#include "client/screen/wrap.h"

namespace screen {
namespace {

constexpr std::size_t kSmallest = 30;  // columns between the borders
constexpr std::size_t kWidest = 100;   // longer lines are hard to read

// Where the box stands and how its lines fall into rows.
struct Layout {
  Area inside;
  std::size_t marker = 0;            // columns in front of the text, for "▶ "
  std::size_t text = 0;              // columns of the text
  std::vector<std::size_t> heights;  // rows of each line
  std::size_t first = 0;             // first line shown
};

bool has_no_room(Size size) { return size.columns < 12 || size.rows < 6; }

bool is_input(const Overlay& overlay, std::size_t line) { return overlay.cursor && overlay.selected == line; }

std::size_t widest(const Overlay& overlay) {
  std::size_t columns = std::max({kSmallest, width(overlay.title) + 2, width(overlay.footer) + 2});
  for (const Line& line : overlay.lines) columns = std::max(columns, width(line));
  if (overlay.cursor) columns = std::max(columns, *overlay.cursor + 1);
  return std::min(columns, kWidest);
}

std::vector<std::size_t> heights_of(const Overlay& overlay, std::size_t columns) {
  std::vector<std::size_t> heights;
  for (std::size_t i = 0; i < overlay.lines.size(); ++i) {
    const Line& line = overlay.lines[i];
    const bool one = is_input(overlay, i) || width(line) <= columns;
    heights.push_back(one ? 1 : wrap(line, columns, hanging_indent(line, columns)).size());
  }
  return heights;
}

std::size_t sum(const std::vector<std::size_t>& heights, std::size_t begin, std::size_t end) {
  std::size_t rows = 0;
  for (std::size_t i = begin; i < end; ++i) rows += heights[i];
  return rows;
}

// The first line at which the rest still fills the box.
std::size_t last_page(const std::vector<std::size_t>& heights, std::size_t rows) {
  std::size_t line = heights.size();
  for (std::size_t used = 0; line > 0 && used + heights[line - 1] <= rows; --line) used += heights[line - 1];
  return line;
}

std::size_t first_line(const Overlay& overlay, const std::vector<std::size_t>& heights, std::size_t rows) {
  if (heights.empty()) return 0;
  std::size_t first = std::min({overlay.scroll, last_page(heights, rows), heights.size() - 1});
  if (!overlay.selected) return first;
  const std::size_t selected = std::min(*overlay.selected, heights.size() - 1);
  if (selected < first) return selected;
  while (first < selected && sum(heights, first, selected + 1) > rows) ++first;
  return first;
}

Layout layout_of(const Overlay& overlay, Size size) {
  Layout layout;
  layout.marker = overlay.selected ? 2 : 0;
  const std::size_t columns = std::min(widest(overlay) + layout.marker + 2, size.columns - 4);
  layout.text = columns - 2 - layout.marker;
  layout.heights = heights_of(overlay, layout.text);
  const std::size_t rows = std::clamp<std::size_t>(sum(layout.heights, 0, layout.heights.size()), 1, size.rows - 4);
  layout.inside = Area{(size.rows - rows) / 2, (size.columns - columns) / 2, rows, columns};
  layout.first = first_line(overlay, layout.heights, rows);
  return layout;
}

void draw_box(Canvas& canvas, const Overlay& overlay, const Area& inside, std::size_t above, std::size_t below) {
  const std::size_t column = inside.column - 1;
  const std::size_t columns = inside.columns + 2;
  for (std::size_t row = inside.row; row < inside.row + inside.rows; ++row) {
    for (std::size_t i = 0; i < inside.columns; ++i) canvas.put(row, inside.column + i, " ", Role::kPlain, 1);
  }
  draw_side(canvas, inside.row, column, inside.rows);
  draw_side(canvas, inside.row, column + columns - 1, inside.rows);
  const Line footer = overlay.footer.empty() ? Line{} : Line{Run{Role::kPlain, " " + overlay.footer + " "}};
  draw_border(canvas, inside.row - 1, column, columns, kTop, border_title(overlay.title), hidden_mark("↑", above));
  draw_border(canvas, inside.row + inside.rows, column, columns, kBottom, footer, hidden_mark("↓", below));
}

// Draws one line from `row` on and gives the rows it took; puts the cursor there when it is the selected one.
std::size_t draw_line(Canvas& canvas, const Overlay& overlay, const Layout& layout, std::size_t index, std::size_t row) {
  const Line& line = overlay.lines[index];
  const std::size_t left = layout.inside.column + 1;
  const std::size_t column = left + layout.marker;
  const bool selected = overlay.selected == index;
  if (selected) {
    canvas.put(row, left, "▶", Role::kSelected, 1);
    canvas.set_cursor(row, left);
  }
  if (is_input(overlay, index)) {
    canvas.set_cursor(row, put_line_around(canvas, row, column, line, layout.text, *overlay.cursor));
    return 1;
  }
  const std::vector<Line> rows = wrap(line, layout.text, hanging_indent(line, layout.text));
  const std::size_t room = layout.inside.row + layout.inside.rows - row;
  const std::size_t shown = std::min(rows.size(), room);
  for (std::size_t i = 0; i < shown; ++i) {
    put_line(canvas, row + i, column, rows[i], layout.text);
    if (selected) canvas.reverse(row + i, left, layout.marker + layout.text);
  }
  if (shown < rows.size()) mark_cut(canvas, row + shown - 1, column, layout.text);
  return shown;
}

}  // namespace

std::size_t last_scroll(const Overlay& overlay, Size size) {
  if (has_no_room(size)) return 0;
  const Layout layout = layout_of(overlay, size);
  return last_page(layout.heights, layout.inside.rows);
}

void draw_overlay(Canvas& canvas, const Overlay& overlay) {
  if (has_no_room(canvas.size())) return;
  const Layout layout = layout_of(overlay, canvas.size());
  std::size_t end = layout.first;
  for (std::size_t used = 0; end < layout.heights.size() && used + layout.heights[end] <= layout.inside.rows; ++end) {
    used += layout.heights[end];
  }
  draw_box(canvas, overlay, layout.inside, layout.first, layout.heights.size() - end);
  canvas.set_cursor(layout.inside.row, layout.inside.column + 1);
  std::size_t row = layout.inside.row;
  for (std::size_t i = layout.first; i < overlay.lines.size() && row < layout.inside.row + layout.inside.rows; ++i) {
    row += draw_line(canvas, overlay, layout, i, row);
  }
}

}  // namespace screen
