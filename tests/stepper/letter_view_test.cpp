#include "client/stepper/letter_view.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/imap/letters.h"
#include "tests/knowledge/known.h"
#include "tests/stepper/in_memory.h"

namespace {

std::string told(std::string_view message, core::Language language = core::Language::kEnglish) {
  return test::text_of(stepper::letter_lines(message, test::known(), language));
}

constexpr std::string_view kNested =
    "From: =?utf-8?B?5byg5LiJ?= <a@b.example>\r\nSubject: =?utf-8?Q?caf=C3=A9?=\r\n folded\r\nDate: Mon, 2 Nov 2026 09:15:00 "
    "+0800\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
    "Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n\r\nplain\r\n--y\r\nContent-Type: text/html; "
    "charset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\nxOO6ww==\r\n--y--\r\n--x\r\nContent-Type: "
    "message/rfc822\r\n\r\nSubject: inner\r\n\r\nhello\r\n--x\r\nContent-Type: image/png; name=\"=?utf-8?B?5Zu+LnBuZw==?=\"\r\n"
    "\r\n.\r\n--x--\r\n";

}  // namespace

TEST_CASE("letter: the parts are a tree, by the places that IMAP gives them") {
  test::check_parts(told(kNested),
                    {"  multipart/mixed · ", "\n  ├ 1  multipart/alternative · ", "\n  │ ├ 1.1  text/plain · 5 octets",
                     "\n  │ └ 1.2  text/html; charset=gbk · base64 · 8 octets", "\n  ├ 2  message/rfc822 · ",
                     "\n  │ └ 2.1  text/plain · 5 octets", "\n  └ 3  image/png · \"图.png\" · 1 octets"});
  test::check_parts(told("Subject: a\r\n\r\nb"), {"\n  1  text/plain · 1 octets\n"});
}

TEST_CASE("letter: a header says what it means, and below it what stands there where that differs") {
  test::check_parts(
      told(kNested),
      {"  From  张三 <a@b.example>\n    as it stands  =?utf-8?B?5byg5LiJ?= <a@b.example>\n",
       "  Subject  café folded\n    as it stands  =?utf-8?Q?caf=C3=A9?=␍␊ folded\n", "  Message-ID  <1@b.example>\n"},
      {"as it stands  <1@b.example>"});
  test::check_parts(told(kNested, core::Language::kChinese), {"组成部分\n", "    原文  =?utf-8?B?5byg5LiJ?="},
                    {"as it stands"});
}

TEST_CASE("letter: what is wrong with it is told with the mistake's id, its reason and what to do") {
  struct Row {
    std::string message;
    std::string id;  // empty: nothing
  };
  const std::string head =
      "From: a@b.example\r\nTo: b@b.example\r\nDate: Mon, 2 Nov 2026 09:15:00 +0800\r\nMessage-ID: <1@b.example>\r\n";
  for (const Row& row :
       {Row{head + "Subject: a\r\n\r\nb\r\n", ""}, Row{head + "Subject: =?utf-8?B?5L2g5aU=?=\r\n\r\nb\r\n", "encoded-word-cut"},
        Row{head + "Subject: a\r\n\r\nb" + std::string(1, '\0') + "\r\n", "nul-in-text"},
        Row{"From alice Mon Nov  2\r\n" + head + "Subject: a\r\n\r\nb\r\n", "mbox-from-line"},
        Row{head + "Subject: a\r\n\r\n" + std::string(1200, 'x') + "\r\n", "line-too-long"}}) {
    CAPTURE(row.id);
    const std::string all = told(row.message);
    CAPTURE(all);
    if (row.id.empty()) {
      CHECK(test::has(all, "Nothing that smtplab knows of."));
    } else {
      CHECK(test::has(all, "[" + row.id + "]\n"));
      CHECK(test::has(all, test::known().mistake(row.id)->fix.en));
      CHECK(test::has(told(row.message, core::Language::kChinese), test::known().mistake(row.id)->fix.zh));
    }
  }
}

// Nothing of it may reach a terminal as it is, and nothing grows without bounds.
TEST_CASE("letter: odd and hostile messages are shown safely, in both languages") {
  std::vector<std::string> messages{"", "\n", "Subject: \x1b[2J\xe2\x80\xae\x07\r\n\r\n",
                                    "Content-Type: multipart/mixed; boundary=\"\x1b[1m\"\r\n\r\n--\x1b[1m\r\n\x1b[0m: \x1b\r\n",
                                    "Content-Type: text/\x1b]0;x\x07; name=\x1b[31m\r\n\r\n"};
  for (const test::Letter& letter : test::letters()) messages.push_back(letter.message);
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += "Content-Type: message/rfc822\r\n\r\n";
  std::string wide = "Content-Type: multipart/mixed; boundary=x\r\n\r\n";
  for (int i = 0; i < 5000; ++i) wide += "--x\r\n\r\na\r\n";
  std::string tall;
  for (int i = 0; i < 5000; ++i) tall += "X-A: " + std::string(50, 'b') + "\r\n";
  messages.insert(messages.end(), {deep, wide, tall, "Subject: " + std::string(100'000, 'x') + "\r\n\r\n"});
  for (const std::string& message : messages) {
    for (const core::Language language : {core::Language::kEnglish, core::Language::kChinese}) {
      const std::vector<screen::Line> lines = stepper::letter_lines(message, test::known(), language);
      CHECK(lines.size() < 600);
      for (const screen::Line& line : lines) {
        const std::string text = test::text_of(line);
        CAPTURE(text);
        CHECK(core::show_bytes(text) == text);
        CHECK(text.size() < 2500);
      }
    }
  }
}

TEST_CASE("letter: the message in what a server says") {
  const auto event = [](std::string bytes, protocol::Outcome outcome) {
    dialogue::Event one;
    one.kind = dialogue::Kind::kServer;
    one.bytes = std::move(bytes);
    one.reply = protocol::Answer{outcome, "x", {""}};
    return one;
  };
  using protocol::Outcome;
  struct Row {
    std::string bytes;
    Outcome outcome;
    std::string message;  // empty: none
  };
  for (const Row& row : {Row{"* 1 FETCH (BODY[] {8}\r\nA: b\r\n\r\n)\r\n", Outcome::kNews, "A: b\r\n\r\n"},
                         Row{"* 1 FETCH (BODY[] {8}\r\nA: b\r\n", Outcome::kNews, "A: b\r\n"},
                         Row{"* 1 FETCH (BODY[TEXT] {5}\r\nhello)\r\n", Outcome::kNews, ""},
                         Row{"* 1 FETCH (BODY[] {99999999999999999999999}\r\nA: b)\r\n", Outcome::kNews, ""},
                         Row{"* 1 FETCH (FLAGS ())\r\n", Outcome::kNews, ""},
                         Row{"+OK follows\r\nA: b\r\n\r\n..c\r\n.\r\n", Outcome::kOk, "A: b\r\n\r\n.c\r\n"},
                         Row{"+OK 2 messages\r\n1 120\r\n.\r\n", Outcome::kOk, ""},
                         Row{"-ERR no\r\nA: b\r\n.\r\n", Outcome::kRefused, ""}, Row{"250-a\r\n250 b\r\n", Outcome::kOk, ""}}) {
    CAPTURE(row.bytes);
    CHECK(stepper::message_in(event(row.bytes, row.outcome)).value_or("") == row.message);
  }
}
