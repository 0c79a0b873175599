// Conditions on messages as they really come: all of the text is seen, and none that is not there.
#include <string>

#include <doctest/doctest.h>

#include "smtp/data_reader.h"
#include "tests/scenario/talk.h"

namespace {

// What a server with this one rule for messages answers to a message.
std::string answer_to(const std::string& when, const std::string& message, const std::string& sender = "alice@x.example") {
  const auto scenario = scenario_test::load_text(
      "[server]\nextensions = [\"8BITMIME\"]\n[[rule]]\non = \"message\"\nwhen = { " + when + " }\nreply = \"550 met\"\n");
  REQUIRE_MESSAGE(scenario, core::describe(scenario.error(), core::Language::kEnglish));
  scenario_test::Talk talk(*scenario);
  for (const char* const line : {"EHLO a.example", "MAIL FROM:<>", "RCPT TO:<b@x.example>", "DATA"}) {
    talk.line(line == std::string("MAIL FROM:<>") ? "MAIL FROM:<" + sender + ">" : line);
  }
  return talk.say(smtp::dot_stuff(message) + "\r\n.\r\n").substr(0, 3);
}

}  // namespace

TEST_CASE("message text: what a condition sees is all of it, and nothing else") {
  using namespace std::string_literals;
  struct Row {
    const char* name;
    const char* when;
    std::string message;
    bool is_met;
  };
  const std::string ascii = "Content-Type: text/plain; charset=us-ascii\r\n\r\n";
  for (const Row& row : {
           Row{"behind NUL", R"(body = "*secret*")", "Subject: x\r\n\r\na\0secret"s, true},
           Row{"an octet in the middle", R"(body = "*secret*")", ascii + "sec\xe9ret", false},
           Row{"Chinese labelled as ASCII", R"(body = "*你好*")", ascii + "你好", true},
           Row{"parts are not glued", R"(body = "*secret*")",
               "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsec\r\n--b\r\n\r\nret\r\n--b--", false},
           Row{"the second part", R"(body = "ret")",
               "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsec\r\n--b\r\n\r\nret\r\n--b--", true},
           Row{"without an empty line", R"(body = "Dear*")", "Subject: x\r\nDear Bob", true},
           Row{"without its boundary", R"(body = "*words*")", "Content-Type: multipart/mixed; boundary=b\r\n\r\nwords", true},
           Row{"fields behind a mailbox line", R"(header = "Subject: x")",
               "From x Mon Jan  1 00:00:00 2024\r\nSubject: x\r\n\r\n", true},
           Row{"a word that was cut", R"(header = "Subject: 你好")",
               "Subject: =?utf-8?Q?=E4=BD=A0=E5=A5?=\r\n =?utf-8?Q?=BD?=\r\n\r\nx", true},
           Row{"an address with a comment", "from_is_sender = true", "From: Pete(A nice \\) chap) <alice@x.example>\r\n\r\nx",
               true},
           Row{"a quoted local part", "from_is_sender = true", "From: \"alice\"@x.example\r\n\r\nx", true},
           Row{"an address in an encoded-word", "from_has_address = false",
               "From: =?utf-8?B?5byg5LiJPGFsaWNlQHFxLmNvbT4=?=\r\n\r\nx", true},
           Row{"an address beside one", "from_has_address = false", "From: =?utf-8?B?5byg5LiJ?= <alice@qq.com>\r\n\r\nx",
               false},
           Row{"the mistake is named", R"(mistake = "address-in-encoded-word")",
               "From: =?utf-8?B?5byg5LiJPGFsaWNlQHFxLmNvbT4=?=\r\n\r\nx", true},
           Row{"NUL is named", R"(mistake = "nul-in-text")", "Subject: x\r\n\r\na\0b"s, true},
           Row{"no NUL is not", R"(mistake = "nul-in-text")", "Subject: x\r\n\r\nab", false},
           Row{"charset is named", R"(mistake = "charset-mismatch")", ascii + "你好", true},
           Row{"boundary is named", R"(mistake = "multipart-boundary")", "Content-Type: multipart/mixed\r\n\r\nx", true},
           Row{"empty line is named", R"(mistake = "no-blank-line")", "Subject: x\r\nDear Bob", true},
           Row{"mailbox line is named", R"(mistake = "mbox-from-line")", "From x Mon\r\nSubject: x\r\n\r\n", true},
           Row{"cut is named", R"(mistake = "encoded-word-cut")", "Subject: =?utf-8?Q?=E4?=\r\n\r\nx", true},
       }) {
    CAPTURE(row.name);
    CHECK(answer_to(row.when, row.message) == (row.is_met ? "550" : "250"));
  }
  CHECK(answer_to("sender = \"alice@x.example\"", "Subject: x\r\n\r\nx", "\"alice\"@x.example") == "550");
}
