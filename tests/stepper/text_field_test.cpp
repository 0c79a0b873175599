#include "client/stepper/text_field.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using screen::Key;
using screen::KeyName;
using stepper::TextField;

namespace {

Key text(std::string character) { return {KeyName::kText, std::move(character)}; }
Key named(KeyName name) { return {name, {}}; }

// The text with "|" where the cursor stands.
std::string marked(const TextField& field) {
  std::string out = field.text();
  out.insert(field.cursor(), "|");
  return out;
}

}  // namespace

TEST_CASE("text field: keys type, delete and move") {
  struct Row {
    std::string name;
    std::string begin;
    std::vector<Key> keys;
    std::string want;
  };
  const std::vector<Row> rows{
      {"starts before the line end", "NOOP\r\n", {}, "NOOP|\r\n"},
      {"starts at the end without one", "NOOP", {}, "NOOP|"},
      {"starts at once when there is only a line end", "\r\n", {text("x")}, "x|\r\n"},
      {"types", "", {text("a"), text("b")}, "ab|"},
      {"types in the middle", "ac", {named(KeyName::kLeft), text("b")}, "ab|c"},
      {"backspace", "abc", {named(KeyName::kBackspace)}, "ab|"},
      {"backspace at the start", "", {named(KeyName::kBackspace)}, "|"},
      {"delete takes the CR, then the LF", "a\r\n", {named(KeyName::kDelete), named(KeyName::kDelete)}, "a|"},
      {"delete at the end", "a", {named(KeyName::kDelete)}, "a|"},
      {"a Chinese character is one step to the left", "你好", {named(KeyName::kLeft)}, "你|好"},
      {"and one to the right", "你好", {named(KeyName::kHome), named(KeyName::kRight)}, "你|好"},
      {"and goes as one", "你好", {named(KeyName::kBackspace)}, "你|"},
      {"and is deleted as one", "你好", {named(KeyName::kHome), named(KeyName::kDelete)}, "|好"},
      {"four octets go as one", "a😀", {named(KeyName::kBackspace)}, "a|"},
      {"what is no UTF-8 goes octet by octet", "a\xFF", {named(KeyName::kBackspace)}, "a|"},
      {"left at the start", "a", {named(KeyName::kLeft), named(KeyName::kLeft)}, "|a"},
      {"right at the end", "a", {named(KeyName::kRight)}, "a|"},
      {"home", "abc\r\n", {named(KeyName::kHome)}, "|abc\r\n"},
      {"end stays before the line end", "abc\r\n", {named(KeyName::kHome), named(KeyName::kEnd)}, "abc|\r\n"},
      {"end before a bare LF", "abc\n", {named(KeyName::kHome), named(KeyName::kEnd)}, "abc|\n"},
      {"end between CR and LF stays there", "a\r\n", {named(KeyName::kRight), named(KeyName::kEnd)}, "a\r|\n"},
      {"home of the second line", "ab\ncd", {named(KeyName::kHome)}, "ab\n|cd"},
      {"up keeps the column", "abc\nde", {named(KeyName::kUp)}, "ab|c\nde"},
      {"up into a shorter line", "a\nbcd", {named(KeyName::kUp)}, "a|\nbcd"},
      {"up from the first line", "abc", {named(KeyName::kUp)}, "abc|"},
      {"up into an empty first line", "\nab", {named(KeyName::kUp)}, "|\nab"},
      {"down keeps the column", "abc\ndef", {named(KeyName::kUp), named(KeyName::kLeft), named(KeyName::kDown)}, "abc\nde|f"},
      {"down into a shorter line", "abc\nd\n", {named(KeyName::kUp), named(KeyName::kEnd), named(KeyName::kDown)}, "abc\nd|\n"},
      {"down into a shorter line that ends in CRLF",
       "abc\r\nd\r\n",
       {named(KeyName::kUp), named(KeyName::kEnd), named(KeyName::kDown)},
       "abc\r\nd|\r\n"},
      {"down from the last line", "abc", {named(KeyName::kDown)}, "abc|"},
      {"the column counts characters, not octets", "你好\nab", {named(KeyName::kUp)}, "你好|\nab"},
      {"Ctrl-U clears what is before the cursor", "abc\r\n", {Key{KeyName::kControl, "u"}}, "|\r\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    TextField field(row.begin);
    for (const Key& key : row.keys) CHECK(field.press(key));
    CHECK(marked(field) == row.want);
  }
}

TEST_CASE("text field: keys that are not its own are left to others") {
  for (const KeyName name : {KeyName::kEnter, KeyName::kTab, KeyName::kBackTab, KeyName::kEscape, KeyName::kPageUp,
                             KeyName::kPageDown, KeyName::kResize, KeyName::kWheelUp, KeyName::kWheelDown, KeyName::kControl}) {
    CAPTURE(static_cast<int>(name));
    TextField field("abc");
    CHECK_FALSE(field.press({name, "x"}));
    CHECK(marked(field) == "abc|");
  }
}

TEST_CASE("text field: CR and LF are inserted like any other character, and visible") {
  TextField field("NOOP");
  field.insert("\r");
  field.insert("\n");
  CHECK(field.text() == "NOOP\r\n");
  CHECK(field.shown() == "NOOP␍␊");
  CHECK(field.shown_cursor() == 6);
}

TEST_CASE("text field: the shown cursor counts what is shown") {
  struct Row {
    std::string name;
    std::string text;
    std::string shown;
    std::size_t cursor;
  };
  for (const Row& row :
       {Row{"Chinese", "你好\r\n", "你好␍␊", 2}, Row{"a control octet takes four characters", "a\x01", "a\\x01", 5},
        Row{"an octet that is no UTF-8 too", "\xFF", "\\xff", 4}}) {
    CAPTURE(row.name);
    const TextField field(row.text);
    CHECK(field.shown() == row.shown);
    CHECK(field.shown_cursor() == row.cursor);
  }
}

TEST_CASE("text field: a paste that is too long is not taken") {
  TextField field("ab");
  field.insert(std::string(std::size_t{65} * 1024, 'x'));
  CHECK(field.text() == "ab");
}
