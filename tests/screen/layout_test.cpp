#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "client/screen/bars.h"
#include "client/screen/canvas.h"
#include "client/screen/dialogue_view.h"
#include "client/screen/frame.h"
#include "client/screen/glyph.h"
#include "tests/screen/sample.h"

namespace {

using core::Language;
using screen::Canvas;
using screen::DialogueItem;
using screen::Role;
using screen::Size;

bool contains(const Canvas& canvas, std::string_view text) {
  const std::vector<std::string> rows = canvas.rows();
  return std::any_of(rows.begin(), rows.end(), [&](const std::string& row) { return row.find(text) != row.npos; });
}

// The cell in which `text` begins. REQUIRES: it is on the canvas.
const screen::Cell& cell_of(const Canvas& canvas, std::string_view text) {
  for (std::size_t row = 0; row < canvas.size().rows; ++row) {
    for (std::size_t column = 0; column < canvas.size().columns; ++column) {
      std::string rest;
      for (std::size_t i = column; i < canvas.size().columns && rest.size() < text.size(); ++i) rest += canvas.at(row, i).text;
      if (!canvas.at(row, column).text.empty() && rest.starts_with(text)) return canvas.at(row, column);
    }
  }
  FAIL("not on the canvas: " << text);
  return canvas.at(0, 0);
}

void check_sound(const Canvas& canvas, Size size) {
  CAPTURE(size.columns);
  CAPTURE(size.rows);
  REQUIRE(canvas.size() == size);
  CHECK(canvas.cursor_row() < size.rows);
  CHECK(canvas.cursor_column() < size.columns);
  bool sound = true;
  for (std::size_t row = 0; row < size.rows; ++row) {
    std::size_t columns = 0;
    for (std::size_t column = 0; column < size.columns; ++column) columns += screen::width(canvas.at(row, column).text);
    sound = sound && columns == size.columns;
  }
  CHECK_MESSAGE(sound, "a row is wider or narrower than the screen");
}

// n items, each a single line with its index.
std::vector<DialogueItem> items(std::size_t count) {
  std::vector<DialogueItem> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back({std::to_string(i), "C", {{{Role::kPlain, "item " + std::to_string(i)}}}});
  return out;
}

}  // namespace

TEST_CASE("screen: every size from 1×1 to 150×50 is drawn, with the cursor inside") {
  screen::StepScreen overlaid = sample::long_step(Language::kChinese);
  overlaid.overlay = sample::mistakes();
  screen::PickerScreen form = sample::picker(Language::kChinese);
  form.overlay = sample::form(Language::kChinese);
  form.filter = std::string(200, 'f');
  form.filtering = true;
  const screen::StepScreen step = sample::long_step(Language::kEnglish);
  for (std::size_t columns = 1; columns <= 150; ++columns) {
    for (std::size_t rows = 1; rows <= 50; ++rows) {
      const Size size{columns, rows};
      // Each model at a third of the sizes, so that all borders of the layouts are met by each.
      switch ((columns + rows) % 3) {
        case 0: check_sound(draw(step, size, Language::kEnglish), size); break;
        case 1: check_sound(draw(overlaid, size, Language::kChinese), size); break;
        default: check_sound(draw(form, size, Language::kChinese), size);
      }
    }
  }
}

TEST_CASE("screen: empty models are drawn at every layout") {
  for (const Size size : {Size{60, 16}, Size{80, 24}, Size{110, 30}, Size{140, 40}, Size{400, 200}}) {
    check_sound(draw(screen::StepScreen{}, size, Language::kEnglish), size);
    check_sound(draw(screen::PickerScreen{}, size, Language::kEnglish), size);
    screen::StepScreen model;
    model.selected = 99;
    model.small_pane = 99;
    model.next.editing = true;
    model.next.cursor = 99;
    model.overlay = screen::Overlay{};
    model.overlay->scroll = 99;
    model.overlay->selected = 99;
    model.overlay->cursor = 500;
    check_sound(draw(model, size, Language::kEnglish), size);
  }
}

TEST_CASE("screen: a frame of 140×40 with a long dialogue takes well under 5 ms") {
  screen::StepScreen model = sample::long_step(Language::kChinese);
  DialogueItem message{"9", "C", {}};
  for (int i = 0; i < 20000; ++i)
    message.lines.push_back({{Role::kPlain, "一行正文 and some words of a message, " + std::to_string(i)}});
  for (int i = 0; i < 5000; ++i) model.dialogue.push_back(model.dialogue[static_cast<std::size_t>(i) % 12]);
  model.dialogue.push_back(message);
  model.dialogue.push_back(message);
  auto best = std::chrono::steady_clock::duration::max();  // the machine may be busy; the drawing is not to blame for that
  for (std::size_t i = 0; i < 20; ++i) {
    model.selected = model.dialogue.size() - 1 - i % 3;
    const auto begin = std::chrono::steady_clock::now();
    const Canvas canvas = draw(model, {140, 40}, Language::kChinese);
    best = std::min(best, std::chrono::steady_clock::now() - begin);
    CHECK(contains(canvas, "AUTH"));
  }
#ifdef NDEBUG
  CHECK(best < std::chrono::milliseconds(5));
#else  // neither optimized nor without sanitizers
  CHECK(best < std::chrono::milliseconds(25));
#endif
}

TEST_CASE("screen dialogue: the window around the selected item") {
  struct Row {
    std::string name;
    std::size_t count;
    std::size_t selected;
    std::size_t rows;
    std::size_t first;  // item in the first row
    std::size_t shown;
    std::size_t above;
    std::size_t below;
  };
  const std::vector<Row> rows{{"all fits", 3, 1, 5, 0, 3, 0, 0},
                              {"the newest at the bottom", 10, 9, 4, 6, 4, 6, 0},
                              {"near the end", 10, 8, 4, 6, 4, 6, 0},
                              {"in the middle", 10, 5, 4, 4, 4, 4, 2},
                              {"the first", 10, 0, 4, 0, 4, 0, 6},
                              {"one row", 10, 5, 1, 5, 1, 5, 4},
                              {"selected out of range", 3, 7, 2, 1, 2, 1, 0}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const screen::DialogueWindow window = dialogue_window(items(row.count), row.selected, row.rows, 40);
    REQUIRE(window.rows.size() == row.shown);
    CHECK(window.rows.front().item == row.first);
    CHECK(window.above == row.above);
    CHECK(window.below == row.below);
  }
}

TEST_CASE("screen dialogue: an item longer than the pane is shown from its start, and marked") {
  std::vector<DialogueItem> dialogue = items(3);
  for (int i = 0; i < 30; ++i) dialogue[1].lines.push_back({{Role::kPlain, "line " + std::to_string(i)}});
  Canvas canvas({40, 6});
  const screen::DialogueDrawn drawn = draw_dialogue(canvas, {0, 0, 6, 40}, dialogue, 1);
  CHECK(canvas.rows()[0] == "▶ 1 C item 1");
  CHECK(canvas.rows()[5] == "      line 4 …");
  CHECK(drawn.selected_row == 0);
  CHECK(drawn.above == 1);
  CHECK(drawn.below == 2);
}

TEST_CASE("screen dialogue: marker, number, speaker and their roles") {
  const Canvas canvas = draw(sample::step(Language::kEnglish), {80, 24}, Language::kEnglish);
  CHECK(cell_of(canvas, "▶   S 553").role == Role::kSelected);
  CHECK(cell_of(canvas, "▶   S 553").reverse);
  CHECK(cell_of(canvas, "C HELO").role == Role::kClient);
  CHECK(cell_of(canvas, "S 250").role == Role::kServer);
  CHECK(cell_of(canvas, "553 auth").role == Role::kPermanent);
  CHECK_FALSE(cell_of(canvas, "553 auth").reverse);
}

TEST_CASE("screen keys bar: a key that cannot be used stays, dim and in parentheses") {
  const Canvas canvas = draw(sample::step(Language::kEnglish), {80, 24}, Language::kEnglish);
  CHECK(cell_of(canvas, "(z back)").role == Role::kDim);
  CHECK(cell_of(canvas, "Enter send").role == Role::kStrong);
  CHECK(cell_of(canvas, "send").role == Role::kPlain);
}

TEST_CASE("screen keys bar: help and quit are shown however narrow it is") {
  for (std::size_t columns = 60; columns < 150; ++columns) {
    CAPTURE(columns);
    const Canvas canvas = draw(sample::step(Language::kEnglish), {columns, 16}, Language::kEnglish);
    CHECK(contains(canvas, "? all keys  q quit"));
  }
}

TEST_CASE("screen keys bar: its height does not depend on which keys can be used") {
  std::vector<screen::KeyHint> keys = sample::step(Language::kEnglish).keys;
  for (std::size_t columns = 60; columns < 150; ++columns) {
    CAPTURE(columns);
    for (screen::KeyHint& key : keys) key.usable = true;
    const std::size_t rows = key_bar_rows(keys, columns, 2);
    for (screen::KeyHint& key : keys) key.usable = false;
    CHECK(key_bar_rows(keys, columns, 2) == rows);
  }
}

TEST_CASE("screen next line: the cursor is always on what is edited") {
  screen::StepScreen model = sample::step(Language::kEnglish);
  model.next.editing = true;
  model.next.text = "MAIL FROM:<" + std::string(60, 'a') + "你好" + std::string(60, 'b') + ">␍␊";
  for (std::size_t cursor = 0; cursor <= 136; ++cursor) {
    CAPTURE(cursor);
    model.next.cursor = cursor;
    const Canvas canvas = draw(model, {80, 24}, Language::kEnglish);
    const std::string& under = canvas.at(canvas.cursor_row(), canvas.cursor_column()).text;
    const char* want = cursor < 11    ? nullptr
                       : cursor < 71  ? "a"
                       : cursor == 71 ? "你"
                       : cursor == 72 ? "好"
                       : cursor < 133 ? "b"
                                      : nullptr;
    if (want != nullptr) CHECK(under == want);
    if (cursor == 134) CHECK(under == "␍");
    if (cursor == 136) CHECK(under == " ");
  }
}

TEST_CASE("screen: the cursor follows the selection when one looks back, and returns to the next line") {
  screen::StepScreen model = sample::step(Language::kEnglish);
  model.selected = 1;
  Canvas canvas = draw(model, {80, 24}, Language::kEnglish);
  CHECK(canvas.at(canvas.cursor_row(), canvas.cursor_column()).text == "▶");
  model.selected = 4;
  canvas = draw(model, {80, 24}, Language::kEnglish);
  CHECK(canvas.at(canvas.cursor_row(), canvas.cursor_column()).text == "A");
  model.overlay = sample::mistakes();
  canvas = draw(model, {80, 24}, Language::kEnglish);
  CHECK(canvas.at(canvas.cursor_row(), canvas.cursor_column()).text == "▶");
}

TEST_CASE("screen overlay: the selected line is always visible, and scrolling stops at the last page") {
  screen::StepScreen model = sample::step(Language::kEnglish);
  model.overlay = screen::Overlay{};
  for (int i = 0; i < 100; ++i) model.overlay->lines.push_back({{Role::kPlain, "[" + std::to_string(i) + "]"}});
  for (std::size_t i = 0; i < 100; ++i) {
    CAPTURE(i);
    model.overlay->selected = i;
    const Canvas canvas = draw(model, {80, 24}, Language::kEnglish);
    CHECK(contains(canvas, "▶ [" + std::to_string(i) + "]"));
    CHECK(cell_of(canvas, "▶ [").reverse);
  }
  model.overlay->selected.reset();
  model.overlay->scroll = 1000;
  const Canvas canvas = draw(model, {80, 24}, Language::kEnglish);
  CHECK(contains(canvas, "[99]"));
  CHECK(contains(canvas, "[80]"));
  CHECK(contains(canvas, "↑80"));
}

TEST_CASE("screen picker: the selected entry is always visible") {
  screen::PickerScreen model = sample::picker(Language::kEnglish);
  for (int i = 0; i < 100; ++i)
    model.entries.push_back({false, false, "entry " + std::to_string(i) + "!", "about " + std::to_string(i) + "!"});
  for (const Size size : {Size{60, 16}, Size{80, 24}, Size{140, 40}}) {
    for (std::size_t i = 8; i < model.entries.size(); ++i) {
      model.selected = i;
      const Canvas canvas = draw(model, size, Language::kEnglish);
      CAPTURE(i);
      CHECK(contains(canvas, "▶   entry " + std::to_string(i - 8) + "!"));
      CHECK(contains(canvas, "about " + std::to_string(i - 8) + "!"));
    }
  }
}

TEST_CASE("screen: a line that ends exactly at the border is not marked as cut") {
  Canvas canvas({10, 3});
  put_line(canvas, 0, 0, {{Role::kPlain, "12345"}, {Role::kDim, "67890"}}, 10);
  put_line(canvas, 1, 0, {{Role::kPlain, "12345"}, {Role::kDim, "678901"}}, 10);
  put_line(canvas, 2, 0, {{Role::kPlain, "1234567890"}, {Role::kDim, "1"}}, 10);
  CHECK(canvas.rows() == std::vector<std::string>{"1234567890", "123456789…", "123456789…"});
}
