#include "client/screen/wrap.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/screen/glyph.h"

namespace {

using screen::Line;
using screen::Role;
using screen::Run;

std::vector<std::string> texts(const std::vector<Line>& rows) {
  std::vector<std::string> out;
  for (const Line& row : rows) {
    std::string& text = out.emplace_back();
    for (const Run& run : row) text += run.text;
  }
  return out;
}

Line plain_line(const std::string& text) { return {{Role::kPlain, text}}; }

}  // namespace

TEST_CASE("screen wrap: where rows end") {
  struct Row {
    std::string name;
    std::string text;
    std::size_t columns;
    std::size_t indent;
    std::vector<std::string> want;
  };
  const std::vector<Row> rows{
      {"nothing", "", 5, 0, {""}},
      {"fits", "one two", 7, 0, {"one two"}},
      {"at a space", "one two", 6, 0, {"one", "two"}},
      {"a space at the border", "one two", 3, 0, {"one", "two"}},
      {"several spaces at the border are dropped", "one    two", 5, 0, {"one", "two"}},
      {"spaces inside a row stay", "a    b ccc", 7, 0, {"a    b", "ccc"}},
      {"spaces at the end stay when they fit", "one  ", 5, 0, {"one  "}},
      {"a word longer than a row", "abcdefgh", 3, 0, {"abc", "def", "gh"}},
      {"a long word begins in the row", "a bcdefghij", 4, 0, {"a bc", "defg", "hij"}},
      {"the line's own indentation is no place to break", "   abcd", 4, 0, {"   a", "bcd"}},
      {"rows behind the first are indented", "one two three", 7, 2, {"one two", "  three"}},
      {"an indent as wide as the row is left out", "one two", 3, 3, {"one", "two"}},
      {"Chinese breaks anywhere", "你好世界", 4, 0, {"你好", "世界"}},
      {"a wide character is never halved", "你好世界", 5, 0, {"你好", "世界"}},
      {"Chinese beside a word", "发送MAIL命令", 6, 0, {"发送", "MAIL命", "令"}},
      {"no row begins with closing punctuation", "你好。世界", 4, 0, {"你", "好。", "世界"}},
      {"no row begins with a comma behind Chinese", "你好,世界", 4, 0, {"你", "好,", "世界"}},
      {"no row ends with opening punctuation", "你我（好）", 6, 0, {"你我", "（好）"}},
      {"quotation marks", "说“好”吧", 5, 0, {"说", "“好”", "吧"}},
      {"emoji break too", "📬📬📬", 4, 0, {"📬📬", "📬"}},
      {"a mark stays with its letter", "cafe\u0301 e\u0301", 4, 0, {"cafe\u0301", "e\u0301"}},
      {"a wide character in a row of one column", "你a", 1, 0, {"你", "a"}},
      {"what is not UTF-8 counts as one column", "\xFF\xFF\xFF", 2, 0, {"\xFF\xFF", "\xFF"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(texts(wrap(plain_line(row.text), row.columns, row.indent)) == row.want);
  }
}

TEST_CASE("screen wrap: no row is wider than asked, and no word is lost") {
  const std::string text =
      "Why 163 只收已经证明身份的人的邮件，而你还没有发过 AUTH。📬 cafe\u0301 https://mail.163.com/help (a，b)";
  const auto without_spaces = [](std::string all) {
    std::erase(all, ' ');
    return all;
  };
  for (std::size_t columns = 2; columns < 100; ++columns) {
    for (const std::size_t indent : {0U, 2U, 6U}) {
      CAPTURE(columns);
      CAPTURE(indent);
      std::string joined;
      for (const Line& row : wrap(plain_line(text), columns, indent)) {
        CHECK(screen::width(row) <= columns);
        joined += texts({row})[0];
      }
      CHECK(without_spaces(joined) == without_spaces(text));
    }
  }
}

TEST_CASE("screen wrap: runs keep their roles across rows") {
  const Line line{{Role::kPermanent, "553"}, {Role::kPlain, " authentication is"}, {Role::kDim, " required"}};
  const std::vector<Line> rows = wrap(line, 18, 4);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == Line{{Role::kPermanent, "553"}, {Role::kPlain, " authentication"}});
  CHECK(rows[1] == Line{{Role::kPlain, "    "}, {Role::kPlain, "is"}, {Role::kDim, " required"}});
}

TEST_CASE("screen wrap: a word made of two runs is not torn apart") {
  CHECK(texts(screen::wrap({{Role::kPlain, "one tw"}, {Role::kStrong, "o"}}, 6)) == std::vector<std::string>{"one", "two"});
}

TEST_CASE("screen wrap: the rows of a line hang under the text behind its label") {
  struct Row {
    std::string name;
    Line line;
    std::size_t columns;
    std::size_t want;
  };
  const std::vector<Row> rows{{"a label", {{Role::kStrong, "Why"}, {Role::kPlain, "   163 takes"}}, 60, 6},
                              {"a Chinese label", plain_line("原因  163"), 60, 6},
                              {"no label", plain_line("163 takes mail"), 60, 0},
                              {"one space is no label", plain_line("Why 163"), 60, 0},
                              {"indented", plain_line("   163 takes"), 60, 3},
                              {"an indented label", plain_line("  Why   163"), 60, 8},
                              {"a label too wide for the pane", plain_line("You may send  AUTH"), 30, 0},
                              {"a gap far inside is not one", plain_line("a sentence that goes on and on  and on"), 200, 0},
                              {"nothing", {}, 60, 0},
                              {"only a label", plain_line("Why   "), 60, 0}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(screen::hanging_indent(row.line, row.columns) == row.want);
  }
}
