#include "client/screen/canvas.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/screen/glyph.h"

namespace {

using screen::Canvas;
using screen::Role;
using screen::width;

}  // namespace

TEST_CASE("screen width: columns of a text on a terminal") {
  struct Row {
    std::string name;
    std::string text;
    std::size_t columns;
  };
  const std::vector<Row> rows{
      {"nothing", "", 0},
      {"ASCII", "MAIL FROM", 9},
      {"Chinese", "你好", 4},
      {"full-width punctuation", "：。", 4},
      {"emoji", "📬", 2},
      {"a letter with a combining mark", "e\u0301", 1},
      {"several marks", "e\u0301\u0302\u0303\u0304\u0305\u0306", 1},
      {"a mark alone", "\u0301", 0},
      {"an accented letter", "é", 1},
      {"signs for line ends", "␍␊", 2},
      {"box drawing and arrows", "─▶│…·", 5},
      {"a joined emoji is two", "👩\u200D💻", 4},
      {"a heart as a picture", "❤\uFE0F", 1},
      {"an octet that is not UTF-8", "a\xFFz", 3},
      {"half a character", "\xE4\xBD", 2},
      {"controls", std::string("\x01\x7F\0\n", 4), 4},
      {"a C1 control", "\u0085", 1},
      {"Korean and Japanese", "한글かな", 8},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(width(row.text) == row.columns);
  }
}

TEST_CASE("screen width: columns in front of a character") {
  CHECK(screen::columns_before("你a好", 0) == 0);
  CHECK(screen::columns_before("你a好", 1) == 2);
  CHECK(screen::columns_before("你a好", 2) == 3);
  CHECK(screen::columns_before("你a好", 3) == 5);
  CHECK(screen::columns_before("你a好", 99) == 5);
}

TEST_CASE("screen canvas: put writes what fits and says how much that is") {
  struct Row {
    std::string name;
    std::size_t column;
    std::string text;
    std::size_t columns;
    bool ellipsis;
    std::string want;  // of a canvas of eight columns
    std::size_t used;
  };
  const std::vector<Row> rows{
      {"fits", 1, "abc", 5, true, " abc", 3},
      {"fits exactly", 0, "abcde", 5, true, "abcde", 5},
      {"cut", 0, "abcdef", 5, false, "abcde", 5},
      {"cut with a mark", 0, "abcdef", 5, true, "abcd…", 5},
      {"cut by the canvas", 6, "abc", 99, false, "      ab", 2},
      {"cut by the canvas with a mark", 6, "abc", 99, true, "      a…", 2},
      {"outside", 8, "abc", 3, false, "", 0},
      {"no room", 0, "abc", 0, true, "", 0},
      {"one column", 0, "abc", 1, true, "…", 1},
      {"wide characters", 0, "你好", 4, true, "你好", 4},
      {"half a wide character is not written", 0, "你好", 3, false, "你", 2},
      {"a wide character makes room for the mark", 0, "你好吗", 5, true, "你好…", 5},
      {"a wide character makes room and leaves a gap", 0, "你好吗", 4, true, "你…", 3},
      {"a wide character at the edge of the canvas", 7, "你", 2, false, "", 0},
      {"marks stay with their letter", 0, "e\u0301f", 2, true, "e\u0301f", 2},
      {"a mark without a letter is dropped", 0, "\u0301ab", 2, true, "ab", 2},
      {"no more than four marks", 0, "e\u0301\u0302\u0303\u0304\u0305\u0306", 1, true, "e\u0301\u0302\u0303\u0304", 1},
      {"joiners and selectors are dropped", 0, "👩\u200D💻❤\uFE0F", 8, true, "👩💻❤", 5},
      {"what is not UTF-8", 0, "a\xFF\x01z", 8, true, "a\uFFFD\uFFFDz", 4},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Canvas canvas({8, 1});
    CHECK(canvas.put(0, row.column, row.text, Role::kPlain, row.columns, row.ellipsis) == row.used);
    CHECK(canvas.rows()[0] == row.want);
  }
}

TEST_CASE("screen canvas: writing over half a wide character leaves no other half") {
  struct Row {
    std::string name;
    std::size_t column;
    std::string text;
    std::string want;
  };
  const std::vector<Row> rows{{"over the first half", 0, "a", "a 好吗"},
                              {"over the second half", 1, "a", " a好吗"},
                              {"over two second halves", 1, "们", " 们 吗"},
                              {"over both halves", 2, "们", "你们吗"},
                              {"over several", 1, "abcd", " abcd"}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Canvas canvas({6, 1});
    canvas.put(0, 0, "你好吗", Role::kPlain, 6);
    canvas.put(0, row.column, row.text, Role::kPlain, 6);
    CHECK(canvas.rows()[0] == (row.text == "abcd" ? " abcd" : row.want));
    CHECK(width(canvas.rows()[0]) <= 6);
  }
}

TEST_CASE("screen canvas: cells remember role and reverse, and the cursor stays inside") {
  Canvas canvas({4, 2});
  canvas.put(1, 0, "你a", Role::kClient, 4);
  canvas.reverse(1, 2, 99);
  canvas.reverse(9, 0, 4);
  CHECK(canvas.at(1, 0) == screen::Cell{"你", Role::kClient, false});
  CHECK(canvas.at(1, 1) == screen::Cell{"", Role::kClient, false});
  CHECK(canvas.at(1, 2) == screen::Cell{"a", Role::kClient, true});
  CHECK(canvas.at(1, 3) == screen::Cell{" ", Role::kPlain, true});
  canvas.set_cursor(7, 9);
  CHECK(canvas.cursor_row() == 1);
  CHECK(canvas.cursor_column() == 3);
}
