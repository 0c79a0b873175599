#include "client/screen/dialogue_view.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "client/screen/wrap.h"

namespace screen {
namespace {

constexpr std::size_t kIndent = 2;  // of the rows behind the first of one protocol line

using Rows = std::vector<DialogueRow>;

// The rows of one line of an item.
Rows rows_of_line(const DialogueItem& item, std::size_t index, std::size_t line, std::size_t columns) {
  const std::vector<Line> wrapped = wrap(item.lines.empty() ? Line{} : item.lines[line], columns, kIndent);
  Rows rows;
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    const bool last_line = line + 1 >= item.lines.size();
    rows.push_back(DialogueRow{index, line == 0 && i == 0, last_line && i + 1 == wrapped.size(), wrapped[i]});
  }
  return rows;
}

std::size_t line_count(const DialogueItem& item) { return std::max<std::size_t>(1, item.lines.size()); }

void append(Rows& rows, Rows more) {
  rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// The rows from item `begin` on, until there are enough.
Rows rows_from(const std::vector<DialogueItem>& items, std::size_t begin, std::size_t end, std::size_t enough,
               std::size_t columns) {
  Rows rows;
  for (std::size_t i = begin; i < end; ++i) {
    for (std::size_t line = 0; line < line_count(items[i]); ++line) {
      if (rows.size() >= enough) return rows;
      append(rows, rows_of_line(items[i], i, line, columns));
    }
  }
  return rows;
}

// The rows in front of item `end`, from the last one up, until there are enough.
Rows rows_before(const std::vector<DialogueItem>& items, std::size_t end, std::size_t enough, std::size_t columns) {
  Rows upwards;
  for (std::size_t i = end; i-- > 0 && upwards.size() < enough;) {
    for (std::size_t line = line_count(items[i]); line-- > 0 && upwards.size() < enough;) {
      Rows rows = rows_of_line(items[i], i, line, columns);
      std::reverse(rows.begin(), rows.end());
      append(upwards, std::move(rows));
    }
  }
  std::reverse(upwards.begin(), upwards.end());
  return upwards;
}

// Marker, number, speaker and the spaces between them: "▶12 C ".
struct Gutter {
  std::size_t number_columns = 2;
  [[nodiscard]] std::size_t columns() const { return number_columns + 4; }
};

Gutter gutter_of(const std::vector<DialogueItem>& items) {
  return Gutter{std::max<std::size_t>(2, std::to_string(items.size()).size())};
}

Role speaker_role(std::string_view speaker) {
  if (speaker == "C") return Role::kClient;
  if (speaker == "S") return Role::kServer;
  return Role::kDim;
}

void draw_gutter(Canvas& canvas, std::size_t row, std::size_t column, const DialogueItem& item, const Gutter& gutter) {
  const std::size_t digits = std::min(gutter.number_columns, item.number.size());
  canvas.put(row, column + 1 + gutter.number_columns - digits, item.number, Role::kDim, digits);
  canvas.put(row, column + 2 + gutter.number_columns, item.speaker, speaker_role(item.speaker), 1);
}

}  // namespace

DialogueWindow dialogue_window(const std::vector<DialogueItem>& items, std::size_t selected, std::size_t rows,
                               std::size_t columns) {
  DialogueWindow window;
  if (items.empty() || rows == 0 || columns == 0) return window;
  selected = std::min(selected, items.size() - 1);
  Rows all = rows_before(items, selected, rows, columns);
  const std::size_t begin = all.size();
  append(all, rows_from(items, selected, selected + 1, rows, columns));
  const std::size_t own = std::min(rows, all.size() - begin);
  append(all, rows_from(items, selected + 1, items.size(), rows, columns));
  const std::size_t above = (rows - own) / 2;
  std::size_t top = begin - std::min(begin, above);
  if (own < rows) top = std::min(top, all.size() - std::min(all.size(), rows));
  const std::size_t end = std::min(all.size(), top + rows);
  window.rows.assign(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(top)),
                     std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)));
  const DialogueRow& first = window.rows.front();
  const DialogueRow& last = window.rows.back();
  window.above = first.item + (first.first ? 0 : 1);
  window.below = items.size() - last.item - (last.last ? 1 : 0);
  return window;
}

DialogueDrawn draw_dialogue(Canvas& canvas, const Area& area, const std::vector<DialogueItem>& items, std::size_t selected) {
  const Gutter gutter = gutter_of(items);
  DialogueDrawn drawn{0, 0, area.row};
  if (area.columns <= gutter.columns() + 3) return drawn;
  const std::size_t text_column = area.column + gutter.columns();
  const std::size_t text_columns = area.columns - gutter.columns() - 1;
  const DialogueWindow window = dialogue_window(items, selected, area.rows, text_columns);
  for (std::size_t i = 0; i < window.rows.size(); ++i) {
    const DialogueRow& line = window.rows[i];
    const std::size_t row = area.row + i;
    if (line.first) draw_gutter(canvas, row, area.column, items[line.item], gutter);
    put_line(canvas, row, text_column, line.text, text_columns);
    if (line.item != std::min(selected, items.size() - 1)) continue;
    if (line.first) canvas.put(row, area.column, "▶", Role::kSelected, 1);
    if (line.first) drawn.selected_row = row;
    canvas.reverse(row, area.column, gutter.columns() - 1);
  }
  if (!window.rows.empty() && !window.rows.back().last) {
    mark_cut(canvas, area.row + window.rows.size() - 1, text_column, text_columns);
  }
  drawn.above = window.above;
  drawn.below = window.below;
  return drawn;
}

}  // namespace screen
