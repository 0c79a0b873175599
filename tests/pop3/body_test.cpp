// Bodies of answers: dots, TOP, sources.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "pop3/answer_reader.h"
#include "pop3/dots.h"
#include "pop3/maildrop.h"
#include "pop3/source.h"
#include "pop3/top.h"
#include "tests/pop3/folder.h"
#include "tests/smtp/feed.h"

namespace {

struct BodyRow {
  std::string name;
  std::string text;
  std::string wire;
};

const std::vector<BodyRow> kStuffed{
    {"nothing", "", ".\r\n"},
    {"a line", "a\r\n", "a\r\n.\r\n"},
    {"a dot", ".\r\n", "..\r\n.\r\n"},
    {"dots", "..\r\n.a\r\n", "...\r\n..a\r\n.\r\n"},
    {"a dot inside", "a.b\r\n", "a.b\r\n.\r\n"},
    {"an empty line", "\r\n", "\r\n.\r\n"},
    {"CR before a dot", "a\r.b\r\n", "a\r.b\r\n.\r\n"},
};

std::string stuffed(const test::Pieces& pieces) {
  pop3::DotWriter writer;
  std::string out;
  for (const std::string_view piece : pieces) writer.write(piece, out);
  writer.finish(out);
  return out;
}

std::string unstuffed(const test::Pieces& pieces) {
  pop3::DotReader reader;
  std::string out;
  std::string rest;
  for (const std::string_view piece : pieces) rest += piece.substr(reader.read(piece, out));
  return core::show_bytes(out) + (reader.is_done() ? " done, rest " : " open, rest ") + core::show_bytes(rest);
}

const std::vector<BodyRow> kUnstuffed{
    {"the end alone", "", ".\r\n"},
    {"an end by LF", "a\n", "a\n.\n"},
    {"a dot that was not doubled", "a\r\n", ".a\r\n.\r\n"},
    {"a dot and a CR", "\rx\r\n", ".\rx\r\n.\r\n"},
};

}  // namespace

TEST_CASE("pop3 dots: doubled on the way out, taken away on the way in, however it is cut") {
  for (const BodyRow& row : kStuffed) {
    CAPTURE(row.name);
    CHECK(test::feed_every_way(row.text, stuffed) == row.wire);
    CHECK(test::feed_every_way(row.wire + "+OK", unstuffed) == core::show_bytes(row.text) + " done, rest +OK");
  }
  CHECK(stuffed({"no end of line"}) == "no end of line\r\n.\r\n");
  for (const BodyRow& row : kUnstuffed) {
    CAPTURE(row.name);
    CHECK(test::feed_every_way(row.wire, unstuffed) == core::show_bytes(row.text) + " done, rest ");
  }
  CHECK(unstuffed({"a\r\n.", "\r"}) == "a␍␊ open, rest ");
}

TEST_CASE("pop3 TOP: the header, the blank line, and so many lines") {
  struct Cut {
    std::string text;
    std::uint32_t lines;
    std::string want;
  };
  const std::vector<Cut> cuts{
      {"A: b\r\n\r\n1\r\n2\r\n", 0, "A: b\r\n\r\n"},
      {"A: b\r\n\r\n1\r\n2\r\n", 1, "A: b\r\n\r\n1\r\n"},
      {"A: b\r\n\r\n1\r\n2\r\n", 9, "A: b\r\n\r\n1\r\n2\r\n"},
      {"A: b\r\n", 0, "A: b\r\n"},
      {"\r\n1\r\n", 0, "\r\n"},
      {"A: b\n\n1\n2\n", 1, "A: b\n\n1\n"},
      {"A: b\r\n\r\n\r\n2\r\n", 1, "A: b\r\n\r\n\r\n"},
  };
  for (const Cut& cut : cuts) {
    CAPTURE(core::show_bytes(cut.text));
    CAPTURE(cut.lines);
    CHECK(test::feed_every_way(cut.text, [&](const test::Pieces& pieces) {
            pop3::Top top(cut.lines);
            std::string out;
            for (const std::string_view piece : pieces) out += piece.substr(0, top.take(piece));
            return out;
          }) == cut.want);
  }
}

TEST_CASE("pop3 maildrop: a snapshot under a lock") {
  auto folder = std::make_shared<pop3_test::Folder>(std::vector<std::string>{"A: b\n\n.x\n", "c\r\n"});
  auto maildrop = pop3::Maildrop::open(folder);
  REQUIRE(maildrop);
  CHECK(maildrop->count() == 2);
  CHECK(maildrop->octets(1) == 12);  // with CRLF for each LF
  CHECK_FALSE(maildrop->has(0));
  CHECK_FALSE(maildrop->has(3));
  CHECK(maildrop->count_without({1, 9}) == 1);
  CHECK(maildrop->octets_without({1, 9}) == 3);

  const std::string id = maildrop->unique_id(1);
  CHECK(id.size() >= 1);
  CHECK(id.size() <= 70);
  CHECK(id.find_first_not_of(
            "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") ==
        std::string::npos);
  CHECK(id != maildrop->unique_id(2));

  const auto second = pop3::Maildrop::open(folder);
  REQUIRE_FALSE(second);
  CHECK(second.error().id == "in-use");
  *maildrop = pop3::Maildrop();
  CHECK(pop3::Maildrop::open(folder));
}

TEST_CASE("pop3 maildrop: the lock does not outlive the folder, in whatever order they go") {
  auto maildrop = pop3::Maildrop::open(std::make_shared<pop3_test::Folder>(std::vector<std::string>{"a\r\n"}));
  REQUIRE(maildrop);
  pop3::Maildrop other = std::move(*maildrop);
  other = pop3::Maildrop();  // the last one that knew the folder
  CHECK(other.count() == 0);
}

TEST_CASE("pop3 answer: its first line, written and read") {
  using pop3::Answer;
  using pop3::Outcome;
  CHECK(first_line(Answer{}) == "+OK\r\n");
  CHECK(first_line(Answer{Outcome::kOk, {}, "2 320"}) == "+OK 2 320\r\n");
  CHECK(first_line(Answer{Outcome::kRefused, "AUTH", "no"}) == "-ERR [AUTH] no\r\n");
  CHECK(first_line(Answer{Outcome::kMore, {}, ""}) == "+ \r\n");
  CHECK(first_line(Answer{Outcome::kOk, {}, "a\r\n+OK b"}) == "+OK a␍␊+OK b\r\n");
  const std::string longest = first_line(Answer{Outcome::kOk, {}, std::string(400, 'x') + std::string(200, '\xc3')});
  CHECK(longest.size() <= pop3::kMaxAnswerLine);
  CHECK(core::is_utf8(longest));

  const auto read = pop3::read_first_line("-ERR [SYS/TEMP] later");
  REQUIRE(read);
  CHECK(read->outcome == Outcome::kRefused);
  CHECK(read->code == "SYS/TEMP");
  CHECK(read->text == "later");
  for (const std::string line : {"", "OK", "+OKAY", "-ERROR", "220 x", "* OK", "+ok"}) {
    CAPTURE(line);
    CHECK_FALSE(pop3::read_first_line(line));
  }
}

TEST_CASE("pop3 answer reader: lines without end, and what is no answer") {
  pop3::AnswerReader reader;
  reader.receive(std::string(pop3::AnswerReader::kMaxLine + 1, 'x'));
  CHECK_FALSE(reader.next_line());
  pop3::AnswerReader other;
  other.receive("220 mail.example ESMTP\r\n+OK\r\n");
  CHECK_FALSE(other.next_line());
  CHECK(other.rejected().rfind("220", 0) == 0);
  const auto quiet = other.next_line();  // said once of what has come
  REQUIRE(quiet);
  CHECK_FALSE(quiet->has_value());
  other.receive("+OK\r\n");
  CHECK_FALSE(other.next_line());  // and nothing more is read
}
