#include <algorithm>
#include <string>

#include "client/screen/bars.h"
#include "client/screen/canvas.h"
#include "client/screen/draw_overlay.h"
#include "client/screen/frame.h"
#include "client/screen/glyph.h"
#include "client/screen/window_size.h"
#include "client/screen/wrap.h"

namespace screen {
namespace {

constexpr std::size_t kSummaryRows = 3;
constexpr std::size_t kNoticeRows = 4;

const PickerEntry* selected_entry(const PickerScreen& model) {
  return model.selected < model.entries.size() ? &model.entries[model.selected] : nullptr;
}

struct ListDrawn {
  std::size_t above = 0;
  std::size_t below = 0;
  std::size_t selected_row = 0;
};

void draw_entry(Canvas& canvas, std::size_t row, const Area& area, const PickerEntry& entry, bool selected) {
  const std::size_t column = area.column + 1;
  const std::size_t columns = area.columns - 2;
  if (entry.heading) {
    canvas.put(row, column, entry.text, Role::kStrong, columns, true);
    return;
  }
  if (selected) canvas.put(row, column, "▶", Role::kSelected, 1);
  if (entry.done) canvas.put(row, column + 2, "✓", Role::kPositive, 1);
  canvas.put(row, column + 4, entry.text, selected ? Role::kSelected : Role::kPlain, columns - 4, true);
  if (selected) canvas.reverse(row, column, columns);
}

// The entries around the selected one.
ListDrawn draw_list(Canvas& canvas, const Area& area, const PickerScreen& model) {
  const std::size_t count = model.entries.size();
  const std::size_t half = area.rows / 2;
  const std::size_t last_page = count - std::min(count, area.rows);
  const std::size_t first = std::min(model.selected - std::min(model.selected, half), last_page);
  const std::size_t end = std::min(count, first + area.rows);
  ListDrawn drawn{first, count - end, area.row};
  for (std::size_t i = first; i < end; ++i) {
    const std::size_t row = area.row + i - first;
    draw_entry(canvas, row, area, model.entries[i], i == model.selected);
    if (i == model.selected) drawn.selected_row = row;
  }
  return drawn;
}

void draw_summary(Canvas& canvas, const Area& area, const PickerEntry* entry) {
  if (entry != nullptr) put_rows(canvas, area, wrap({Run{Role::kPlain, entry->summary}}, area.columns - 2));
}

// What the selected one teaches: beside the list when there is room, below it otherwise. Gives the selected row.
std::size_t draw_box(Canvas& canvas, const PickerScreen& model, const Area& box, bool beside) {
  const PickerEntry* const entry = selected_entry(model);
  const Line title = border_title(entry != nullptr && !entry->heading ? entry->text : std::string());
  const std::size_t last_row = box.row + box.rows - 1;
  const std::size_t right = box.column + box.columns - 1;
  draw_side(canvas, box.row + 1, box.column, box.rows - 2);
  draw_side(canvas, box.row + 1, right, box.rows - 2);
  if (!beside) {
    const Area list{box.row + 1, box.column + 1, box.rows - 3 - kSummaryRows, box.columns - 2};
    const ListDrawn drawn = draw_list(canvas, list, model);
    draw_border(canvas, box.row, box.column, box.columns, kTop, {}, hidden_mark("↑", drawn.above));
    draw_border(canvas, list.row + list.rows, box.column, box.columns, kMiddle, title, hidden_mark("↓", drawn.below));
    draw_summary(canvas, Area{list.row + list.rows + 1, box.column + 1, kSummaryRows, box.columns - 2}, entry);
    draw_border(canvas, last_row, box.column, box.columns, kBottom);
    return drawn.selected_row;
  }
  const std::size_t left_columns = (box.columns - 3) * 55 / 100;
  const std::size_t middle = box.column + left_columns + 1;
  const ListDrawn drawn = draw_list(canvas, Area{box.row + 1, box.column + 1, box.rows - 2, left_columns}, model);
  draw_border(canvas, box.row, box.column, left_columns + 2, kTop, {}, hidden_mark("↑", drawn.above));
  draw_border(canvas, box.row, middle, right - middle + 1, {"┬", "┐"}, title);
  draw_border(canvas, last_row, box.column, left_columns + 2, kBottom, {}, hidden_mark("↓", drawn.below));
  draw_border(canvas, last_row, middle, right - middle + 1, {"┴", "┘"});
  draw_side(canvas, box.row + 1, middle, box.rows - 2);
  draw_summary(canvas, Area{box.row + 1, middle + 1, box.rows - 2, right - middle - 1}, entry);
  return drawn.selected_row;
}

}  // namespace

Canvas draw(const PickerScreen& model, Size size, core::Language language) {
  if (is_too_small(size)) return draw_too_small(size, language);
  Canvas canvas(size);
  const std::size_t key_rows = std::max<std::size_t>(1, key_bar_rows(model.keys, size.columns, size.rows >= 24 ? 2 : 1));
  const std::size_t notice_rows = sentence_rows(model.notice, size.columns, kNoticeRows);
  const std::size_t filter_row = size.rows - 1 - notice_rows - key_rows;
  draw_title_bar(canvas, model.title, "");
  const std::size_t selected_row = draw_box(canvas, model, Area{1, 0, filter_row - 1, size.columns}, is_wide(size));
  canvas.set_cursor(selected_row, 2);
  if (model.filtering || !model.filter.empty()) {
    canvas.put(filter_row, 1, "/", Role::kStrong, 1);
    const Line filter{Run{Role::kPlain, model.filter}};
    const std::size_t cursor = put_line_around(canvas, filter_row, 3, filter, size.columns - 4, width(model.filter));
    if (model.filtering) canvas.set_cursor(filter_row, cursor);
  }
  draw_sentence(canvas, filter_row + 1, notice_rows, model.notice, Role::kStrong);
  draw_key_bar(canvas, filter_row + 1 + notice_rows, key_rows, model.keys);
  if (model.overlay) draw_overlay(canvas, *model.overlay);
  return canvas;
}

}  // namespace screen
