#include "mime/header.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"

namespace {

// Every line of a folded field, without its end.
std::vector<std::string> lines_of(const std::string& field) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = field.find("\r\n"); end != std::string::npos; end = field.find("\r\n", begin)) {
    lines.push_back(field.substr(begin, end - begin));
    begin = end + 2;
  }
  REQUIRE(begin == field.size());
  return lines;
}

// Reads the encoded-words as RFC 2047 §6.2 says: the blanks between two of them are not part of the text.
std::string decoded(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    REQUIRE(word.starts_with("=?utf-8?"));
    REQUIRE(word.ends_with("?="));
    const char kind = word[8];
    const std::string payload = word.substr(10, word.size() - 12);
    if (kind == 'B') {
      text += core::base64_decode(payload).value();
      continue;
    }
    REQUIRE(kind == 'Q');
    for (std::size_t i = 0; i < payload.size(); ++i) {
      if (payload[i] == '=') {
        text += static_cast<char>(std::stoi(payload.substr(i + 1, 2), nullptr, 16));
        i += 2;
      } else {
        text += payload[i] == '_' ? ' ' : payload[i];
      }
    }
  }
  return text;
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("mime header: plain ASCII stays as it is, everything else becomes encoded-words") {
  struct Row {
    std::string name;
    std::string text;
    std::string field;
  };
  const std::vector<Row> rows{
      {"plain", "Hello, world", "Subject: Hello, world\r\n"},
      {"empty", "", "Subject:\r\n"},
      {"two blanks stay two", "a  b", "Subject: a  b\r\n"},
      {"Chinese, B", "第一封邮件", "Subject: =?utf-8?B?56ys5LiA5bCB6YKu5Lu2?=\r\n"},
      {"an accent, Q", "Gru\xC3\x9F an alle", "Subject: =?utf-8?Q?Gru=C3=9F_an_alle?=\r\n"},
      {"what looks like an encoded-word is none", "=?utf-8?Q?x?=", "Subject: =?utf-8?B?PT91dGYtOD9RP3g/PQ==?=\r\n"},
      {"a blank at an end would be lost", " a", "Subject: =?utf-8?Q?_a?=\r\n"},
      {"a tabulator", "a\tb", "Subject: =?utf-8?B?YQli?=\r\n"},
      {"a long one is folded at a blank", "twelve words " + repeated("and some more ", 5) + "end",
       "Subject: twelve words and some more and some more and some more and some\r\n more and some more end\r\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(mime::text_field("Subject", row.text) == row.field);
  }
}

TEST_CASE("mime header: encoded-words keep to 76 columns, break no character, and say the same text") {
  struct Row {
    std::string name;
    std::string text;
  };
  const std::vector<Row> rows{
      {"Chinese", repeated("第一次作业：用C++写一个邮件客户端，", 12)},
      {"four octets each", repeated("\xF0\x9F\x98\x80", 100)},
      {"shifted by one", "a" + repeated("\xF0\x9F\x98\x80", 100)},
      {"Q", repeated("G\xC3\xBCnther ist da ", 30)},
      {"a word without end", std::string(400, 'x')},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::vector<std::string> words = mime::encoded_words(row.text);
    CHECK(decoded(words) == row.text);
    for (const std::string& word : words) {
      CHECK(word.size() <= 75);  // RFC 2047 §2
      CHECK(decoded({word}).find("\xEF\xBF\xBD") == std::string::npos);
      const std::string text = decoded({word});
      CHECK((static_cast<unsigned char>(text.front()) & 0xC0U) != 0x80U);  // begins with a whole character
    }
    for (const std::string& line : lines_of(mime::text_field("Subject", row.text))) CHECK(line.size() <= 76);
  }
}

TEST_CASE("mime header: names before an address are quoted or encoded where it takes that") {
  struct Row {
    std::string name;
    std::vector<mime::Address> addresses;
    std::string field;
  };
  const std::vector<Row> rows{
      {"no name", {{"", "a@b.example"}}, "To: a@b.example\r\n"},
      {"atoms", {{"Alice Liddell", "a@b.example"}}, "To: Alice Liddell <a@b.example>\r\n"},
      {"a comma", {{"Liddell, Alice", "a@b.example"}}, "To: \"Liddell, Alice\" <a@b.example>\r\n"},
      {"a quote and a backslash", {{R"(A "B" \)", "a@b.example"}}, "To: \"A \\\"B\\\" \\\\\" <a@b.example>\r\n"},
      {"Chinese", {{"王小明", "a@b.example"}}, "To: =?utf-8?B?546L5bCP5piO?= <a@b.example>\r\n"},
      {"several",
       {{"", "first.of.all@department.example"}, {"", "second.of.all@department.example"}, {"", "c@d.example"}},
       "To: first.of.all@department.example, second.of.all@department.example,\r\n c@d.example\r\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(mime::address_field("To", row.addresses) == row.field);
  }
}
