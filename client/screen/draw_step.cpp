#include <algorithm>
#include <array>
#include <string>

#include "client/screen/bars.h"
#include "client/screen/canvas.h"
#include "client/screen/dialogue_view.h"
#include "client/screen/draw_overlay.h"
#include "client/screen/frame.h"
#include "client/screen/glyph.h"
#include "client/screen/window_size.h"

namespace screen {
namespace {

constexpr std::size_t kPanes = 3;
constexpr std::size_t kSmallestBox = 8;     // rows: a sentence below it is shown whole as long as these are left
constexpr std::size_t kSmallestRight = 60;  // the drawing of the states takes 58 columns and air

std::array<const Pane*, kPanes> panes_of(const StepScreen& model) { return {&model.meaning, &model.where, &model.memory}; }

// --- the rows below the box ---------------------------------------------------------------------------------------------

// Which sentence stands where: `why` beside the next line when there is room, a notice in a row of its own.
struct Foot {
  std::size_t key_rows = 1;
  bool why_beside = false;
  std::string_view sentence;
  Role sentence_role = Role::kDim;
  std::size_t sentence_rows = 1;
  [[nodiscard]] std::size_t rows() const { return 1 + sentence_rows + key_rows; }
};

Foot foot_of(const StepScreen& model, Size size) {
  Foot foot;
  foot.key_rows = std::max<std::size_t>(1, key_bar_rows(model.keys, size.columns, size.rows >= 24 ? 2 : 1));
  const std::size_t beside = width(model.next.prompt) + width(model.next.text) + width(model.next.why) + 6;
  foot.why_beside = is_wide(size) && beside <= size.columns;
  if (!model.notice.empty()) {
    foot.sentence = model.notice;
    foot.sentence_role = Role::kStrong;
  } else if (!foot.why_beside) {
    foot.sentence = model.next.why;
  }
  foot.sentence_rows = sentence_rows(foot.sentence, size.columns, size.rows - 2 - foot.key_rows - kSmallestBox);
  return foot;
}

// The line's own text, and its visible line end dimmed.
Line next_text(const NextLine& next) {
  std::string_view text = next.text;
  constexpr std::string_view kReturn = "␍";
  constexpr std::string_view kFeed = "␊";
  while (text.ends_with(kReturn) || text.ends_with(kFeed)) text.remove_suffix(kReturn.size());
  return {Run{Role::kPlain, std::string(text)}, Run{Role::kDim, next.text.substr(text.size())}};
}

// Gives the column of the cursor.
std::size_t draw_next(Canvas& canvas, std::size_t row, const NextLine& next, bool why_beside) {
  const std::size_t columns = canvas.size().columns;
  const std::size_t right = why_beside ? width(next.why) : 0;
  const std::size_t begin = 2 + canvas.put(row, 1, next.prompt, Role::kClient, columns / 3, true);
  if (why_beside) canvas.put(row, columns - 1 - right, next.why, Role::kDim, right);
  const std::size_t cursor = next.editing ? columns_before(next.text, next.cursor) : 0;
  return put_line_around(canvas, row, begin, next_text(next), columns - begin - 1 - right, cursor);
}

// Gives the column of the cursor in the next line, which is the first of the foot.
std::size_t draw_foot(Canvas& canvas, const StepScreen& model, const Foot& foot) {
  const std::size_t row = canvas.size().rows - foot.rows();
  draw_sentence(canvas, row + 1, foot.sentence_rows, foot.sentence, foot.sentence_role);
  draw_key_bar(canvas, row + 1 + foot.sentence_rows, foot.key_rows, model.keys);
  return draw_next(canvas, row, model.next, foot.why_beside);
}

// --- the box ------------------------------------------------------------------------------------------------------------

// Rows for the three panes: each gets what it needs up to its share, then what is left, the first one all that nobody needs.
std::array<std::size_t, kPanes> share_rows(const std::array<std::size_t, kPanes>& needed, std::size_t rows) {
  const std::size_t meaning = std::max<std::size_t>(1, rows * 4 / 10);
  const std::size_t where = std::max<std::size_t>(1, rows * 3 / 10);
  std::array<std::size_t, kPanes> given{meaning, where, rows - meaning - where};
  std::size_t left = 0;
  for (std::size_t i = 0; i < kPanes; ++i) {
    const std::size_t wanted = std::max<std::size_t>(1, needed[i]);
    if (wanted >= given[i]) continue;
    left += given[i] - wanted;
    given[i] = wanted;
  }
  for (std::size_t i = 0; i < kPanes; ++i) {
    const std::size_t more = std::min(left, needed[i] > given[i] ? needed[i] - given[i] : 0);
    given[i] += more;
    left -= more;
  }
  given[0] += left;
  return given;
}

// At the border below a pane: the key that shows the rest, and how many rows that is.
std::string more_mark(const StepScreen& model, std::size_t needed, std::size_t given) {
  if (needed <= given || model.more_key.empty()) return {};
  return model.more_key + " " + hidden_mark("↓", needed - given);
}

// Dialogue at the left, the three panes above one another at the right. Gives the row of the selected item.
std::size_t draw_wide(Canvas& canvas, const StepScreen& model, const Area& box) {
  const std::size_t inner = box.columns - 3;
  const std::size_t right = std::max(kSmallestRight, inner / 2);
  const std::size_t left = inner - right;
  const std::size_t middle = box.column + left + 1;
  const std::size_t last_row = box.row + box.rows - 1;
  const Area dialogue{box.row + 1, box.column + 1, box.rows - 2, left};
  draw_border(canvas, last_row, box.column, left + 2, {"└", "┴"});
  draw_border(canvas, last_row, middle, right + 2, {"┴", "┘"});
  for (const std::size_t column : {box.column, middle, middle + right + 1})
    draw_side(canvas, box.row + 1, column, box.rows - 2);
  const DialogueDrawn drawn = draw_dialogue(canvas, dialogue, model.dialogue, model.selected);
  draw_border(canvas, box.row, box.column, left + 2, kTop, border_title(model.dialogue_title), hidden_mark("↑", drawn.above));
  if (drawn.below > 0) draw_border(canvas, last_row, box.column, left + 2, {"└", "┴"}, {}, hidden_mark("↓", drawn.below));

  const std::array<const Pane*, kPanes> panes = panes_of(model);
  std::array<std::vector<Line>, kPanes> rows;
  std::array<std::size_t, kPanes> needed{};
  for (std::size_t i = 0; i < kPanes; ++i) {
    rows[i] = wrap_all(panes[i]->lines, right - 2);
    needed[i] = rows[i].size();
  }
  const std::array<std::size_t, kPanes> given = share_rows(needed, box.rows - 1 - kPanes);
  std::size_t row = box.row;
  for (std::size_t i = 0; i < kPanes; ++i) {
    const std::string mark = i == 1 ? more_mark(model, needed[0], given[0]) : std::string();
    draw_border(canvas, row, middle, right + 2, i == 0 ? Ends{"┬", "┐"} : kMiddle, border_title(panes[i]->title), mark);
    put_rows(canvas, Area{row + 1, middle + 1, given[i], right}, rows[i]);
    row += given[i] + 1;
  }
  return drawn.selected_row;
}

// The titles of the three panes, the one that is shown in brackets as the current state is in the drawing of the states.
Line pane_tabs(const std::array<const Pane*, kPanes>& panes, std::size_t shown, std::size_t columns) {
  Line tabs;
  for (std::size_t i = 0; i < kPanes; ++i) {
    if (i > 0) tabs.push_back(Run{Role::kPlain, "─"});
    if (i == shown) tabs.push_back(Run{Role::kStrong, "[ " + panes[i]->title + " ]"});
    if (i != shown) tabs.push_back(Run{Role::kDim, " " + panes[i]->title + " "});
  }
  return width(tabs) <= columns ? tabs : border_title(panes[shown]->title);
}

// The dialogue above, one pane below. A pane takes what it needs, up to two thirds. The meaning takes half even when it is
// short: it changes with every selected item, and the border must not jump.
std::size_t draw_narrow(Canvas& canvas, const StepScreen& model, const Area& box) {
  const std::array<const Pane*, kPanes> panes = panes_of(model);
  const std::size_t shown = std::min(model.small_pane, kPanes - 1);
  const std::vector<Line> rows = wrap_all(panes[shown]->lines, box.columns - 4);
  const std::size_t inner = box.rows - 3;
  const std::size_t most = inner - std::max<std::size_t>(4, inner / 3);
  const std::size_t least = shown == 0 ? inner / 2 : kPanes;
  const std::size_t pane_rows = std::max(least, std::min(rows.size(), most));
  const Area dialogue{box.row + 1, box.column + 1, inner - pane_rows, box.columns - 2};
  const std::size_t middle = dialogue.row + dialogue.rows;
  for (const std::size_t column : {box.column, box.column + box.columns - 1})
    draw_side(canvas, box.row + 1, column, box.rows - 2);
  const DialogueDrawn drawn = draw_dialogue(canvas, dialogue, model.dialogue, model.selected);
  const std::string below = hidden_mark("↓", drawn.below);
  draw_border(canvas, box.row, box.column, box.columns, kTop, border_title(model.dialogue_title),
              hidden_mark("↑", drawn.above));
  draw_border(canvas, middle, box.column, box.columns, kMiddle, pane_tabs(panes, shown, box.columns - 10), below);
  put_rows(canvas, Area{middle + 1, box.column + 1, pane_rows, box.columns - 2}, rows);
  draw_border(canvas, box.row + box.rows - 1, box.column, box.columns, kBottom, {}, more_mark(model, rows.size(), pane_rows));
  return drawn.selected_row;
}

}  // namespace

Canvas draw(const StepScreen& model, Size size, core::Language language) {
  if (is_too_small(size)) return draw_too_small(size, language);
  Canvas canvas(size);
  const Foot foot = foot_of(model, size);
  const Area box{1, 0, size.rows - 1 - foot.rows(), size.columns};
  draw_title_bar(canvas, model.title, model.status);
  const std::size_t selected_row = is_wide(size) ? draw_wide(canvas, model, box) : draw_narrow(canvas, model, box);
  const std::size_t next_column = draw_foot(canvas, model, foot);
  // Screen readers and magnifiers follow the cursor: it stands on what the last key moved.
  const bool looks_back = !model.next.editing && model.selected + 1 < model.dialogue.size();
  if (looks_back) canvas.set_cursor(selected_row, box.column + 1);
  if (!looks_back) canvas.set_cursor(size.rows - foot.rows(), next_column);
  if (model.overlay) draw_overlay(canvas, *model.overlay);
  return canvas;
}

}  // namespace screen
