// What a rule may ask: each condition once where it holds and once where it does not.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "talk.h"

using scenario_test::load_text;
using scenario_test::Talk;

namespace {

constexpr const char* kConditionServer = R"([server]
name = "p.example"
extensions = ["AUTH LOGIN PLAIN", "SIZE 100000", "8BITMIME", "CHUNKING"]
quirks = ["no-colon"]
[[account]]
user = "alice@p.example"
password = "CODE"
)";

scenario::Scenario with_rule(const std::string& on, const std::string& when) {
  auto loaded = load_text(kConditionServer + ("[[rule]]\non = '" + on + "'\nwhen = { " + when + " }\nreply = '555 hit'\n"));
  REQUIRE_MESSAGE(loaded.has_value(), core::describe(loaded.error(), core::Language::kEnglish));
  return std::move(*loaded);
}

const std::string& login() {
  static const std::string kLine = "AUTH PLAIN " + core::base64_encode(std::string_view("\0alice@p.example\0CODE", 21));
  return kLine;
}

struct ConditionRow {
  const char* on;
  const char* when;
  std::vector<std::string> before;  // lines
  std::string line;
  bool hits;
};

void check(const std::vector<ConditionRow>& rows) {
  for (const ConditionRow& row : rows) {
    CAPTURE(std::string(row.on));
    CAPTURE(std::string(row.when));
    CAPTURE(row.line);
    const scenario::Scenario scenario = with_rule(row.on, row.when);
    Talk talk(scenario);
    for (const std::string& line : row.before) talk.line(line);
    CHECK((talk.line(row.line) == "555 hit\r\n") == row.hits);
  }
}

// The answer to a message is the rule's.
bool hits(const std::string& when, const std::string& message, const std::vector<std::string>& envelope = {}) {
  const scenario::Scenario scenario = with_rule("message", when);
  Talk talk(scenario);
  talk.line("EHLO c");
  for (const std::string& line : envelope) talk.line(line);
  if (envelope.empty()) {
    talk.line("MAIL FROM:<alice@p.example>");
    talk.line("RCPT TO:<bob@q.example>");
  }
  CHECK(talk.line("DATA").starts_with("354"));
  return talk.say(message + "\r\n.\r\n") == "555 hit\r\n";
}

}  // namespace

TEST_CASE("conditions: of the session and the line") {
  const std::string mail = "MAIL FROM:<a@b.c>";
  check({
      {"NOOP", "state = 'mail'", {"EHLO c", mail}, "NOOP", true},
      {"NOOP", "state = 'mail'", {"EHLO c"}, "NOOP", false},
      {"NOOP", "state = 'greeted'", {}, "NOOP", true},
      {"EHLO", "client = '*.local'", {}, "EHLO my.local", true},
      {"EHLO", "client = '*.local'", {}, "EHLO my.example", false},
      {"MAIL", "client = '*.local'", {"EHLO my.local"}, mail, true},
      {"MAIL", "mistake = 'no-colon'", {"EHLO c"}, "MAIL FROM <a@b.c>", true},
      {"MAIL", "mistake = 'no-colon'", {"EHLO c"}, mail, false},
      {"auth", "user = 'alice@*'", {"EHLO c"}, login(), true},
      {"auth", "user = 'bob@*'", {"EHLO c"}, login(), false},
      {"MAIL", "user = '*@p.example'", {"EHLO c", login()}, mail, true},
      {"MAIL", "user = '*@p.example'", {"EHLO c"}, mail, false},
      {"MAIL", "declared_size_over = 1000", {"EHLO c"}, mail + " SIZE=1001", true},
      {"MAIL", "declared_size_over = 1000", {"EHLO c"}, mail + " SIZE=1000", false},
      {"MAIL", "declared_size_over = 0", {"EHLO c"}, mail, false},
      {"RCPT", "declared_size_over = 1000", {"EHLO c", mail + " SIZE=1001"}, "RCPT TO:<x@y.z>", true},
      {"RCPT", "recipients_over = 1", {"EHLO c", mail}, "RCPT TO:<x@y.z>", false},
      {"RCPT", "recipients_over = 1", {"EHLO c", mail, "RCPT TO:<x@y.z>"}, "RCPT TO:<v@y.z>", true},
      {"DATA", "recipients_over = 1", {"EHLO c", mail, "RCPT TO:<x@y.z>"}, "DATA", false},
      {"DATA", "recipients_over = 1", {"EHLO c", mail, "RCPT TO:<x@y.z>", "RCPT TO:<v@y.z>"}, "DATA", true},
      {"RCPT", "recipient = '/^x+@/'", {"EHLO c", mail}, "RCPT TO:<xxx@y.z>", true},
      {"RCPT", "recipient = '/^x+@/'", {"EHLO c", mail}, "RCPT TO:<axx@y.z>", false},
      {"NOOP", "connections_over = 0", {}, "NOOP", true},
      {"NOOP", "connections_over = 1", {}, "NOOP", false},
  });
}

TEST_CASE("conditions: of the finished message") {
  struct Case {
    const char* when;
    const char* message;
    bool want;
  };
  for (const Case& one : {
           Case{"header = 'Subject: *lottery*'", "subject: You won the LOTTERY\r\n\r\n", true},
           Case{"header = 'Subject: *lottery*'", "Subject: Hi\r\n\r\nlottery", false},
           Case{"header = 'Subject: *'", "Subject:\r\n\r\n", true},
           Case{"header = 'Subject: *'", "From: a@b.c\r\n\r\n", false},
           Case{"header = 'Subject: 你好'", "Subject: =?utf-8?B?5L2g5aW9?=\r\n\r\n", true},
           Case{"header = ['A: 1', 'B: 2']", "A: 1\r\nB: 2\r\n\r\n", true},
           Case{"header = ['A: 1', 'B: 2']", "A: 1\r\nB: 3\r\n\r\n", false},
           Case{"header_missing = 'Date'", "From: a@b.c\r\n\r\n", true},
           Case{"header_missing = 'Date'", "date: today\r\n\r\n", false},
           Case{"header_missing = ['Date', 'From']", "Date: today\r\n\r\n", true},
           Case{"header_missing = ['Date', 'From']", "Date: today\r\nFrom: a@b.c\r\n\r\n", false},
           Case{"from_is_sender = false", "From: Mallory <m@evil.example>\r\n\r\n", true},
           Case{"from_is_sender = false", "From: Alice <ALICE@p.example>\r\n\r\n", false},
           Case{"from_is_sender = false", "Subject: no From\r\n\r\n", true},
           Case{"from_is_sender = true", "From: alice@p.example, m@evil.example\r\n\r\n", false},
           Case{"from_is_sender = true", "From: alice@p.example\r\nFrom: \r\n\r\n", false},
           Case{"from_is_login = true", "From: alice@p.example\r\n\r\n", false},  // nobody has logged in
           Case{"body = '*发票*'",
                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n6KaB5byA5Y+R56Wo5ZCX\r\n",
                true},
           Case{"body = '*发票*'", "Subject: 发票\r\n\r\nhello", false},
           Case{"header_twice = 'Subject'", "Subject: a\r\nsubject: b\r\n\r\n", true},
           Case{"header_twice = 'Subject'", "Subject: a\r\n\r\nSubject: b\r\n", false},
           Case{"header_twice = ['To', 'From']", "To: a@b.c\r\nFrom: a@b.c\r\nFrom: d@e.f\r\n\r\n", true},
           Case{"has_header = false", "\r\nhello", true},
           Case{"has_header = false", "hello", true},
           Case{"has_header = false", "Subject: x\r\n\r\nhello", false},
           Case{"header_eight_bit = true", "Subject: \xe4\xbd\xa0\r\n\r\n", true},
           Case{"header_eight_bit = true", "Subject: =?utf-8?B?5L2g5aW9?=\r\n\r\n\xe4\xbd\xa0", false},
           // What an encoded-word decodes to is a name, whatever it looks like.
           Case{"from_is_sender = true", "From: =?utf-8?Q?m=40evil.example?= <alice@p.example>\r\n\r\n", true},
           Case{"eight_bit = true", "Subject: x\r\n\r\n\xe4\xbd\xa0", true},
           Case{"eight_bit = true", "Subject: x\r\n\r\nyou", false},
           Case{"eight_bit = false", "Subject: x\r\n\r\nyou", true},
           Case{"line_over = 10", "A: b\r\n\r\n12345678901", true},
           Case{"line_over = 10", "A: b\r\n\r\n1234567890", false},
           Case{"size_over = 9", "A: b\r\n\r\n12", true},
           Case{"size_over = 100", "A: b\r\n\r\n12", false},
           Case{"mistake = 'bare-lf-data'", "A: b\r\n\r\n1\n2", true},
           Case{"mistake = 'bare-lf-data'", "A: b\r\n\r\n1\r\n2", false},
       }) {
    CAPTURE(std::string(one.when));
    CAPTURE(std::string(one.message));
    CHECK(hits(one.when, one.message) == one.want);
  }
  CHECK(hits("from_is_login = true", "From: alice@p.example\r\n\r\n",
             {login(), "MAIL FROM:<alice@p.example>", "RCPT TO:<b@c.d>"}));
  CHECK(hits("from_is_login = false", "From: mallory@p.example\r\n\r\n",
             {login(), "MAIL FROM:<alice@p.example>", "RCPT TO:<b@c.d>"}));
}

TEST_CASE("conditions: a message that comes in chunks is read whole") {
  const scenario::Scenario scenario = with_rule("message", "header = 'Subject: *lottery*'");
  Talk talk(scenario);
  talk.line("EHLO c");
  talk.line("MAIL FROM:<alice@p.example>");
  talk.line("RCPT TO:<bob@q.example>");
  CHECK(talk.say("BDAT 12\r\nSubject: lot").starts_with("250"));
  CHECK(talk.say("BDAT 8 LAST\r\ntery\r\n\r\n") == "555 hit\r\n");
}

TEST_CASE("conditions: counted for whom it shall be, over all connections of the server") {
  struct Case {
    const char* per;
    std::string sender;     // of the second connection
    std::string recipient;  // likewise
    bool again;             // it is the first time once more
  };
  for (const Case& one : {
           Case{"all", "other@b.c", "y@y.z", false},
           Case{"connection", "a@b.c", "x@y.z", true},
           Case{"client-ip", "other@b.c", "y@y.z", false},
           Case{"sender", "A@b.c", "y@y.z", false},
           Case{"sender", "other@b.c", "x@y.z", true},
           Case{"recipient", "other@b.c", "X@y.z", false},
           Case{"recipient", "a@b.c", "y@y.z", true},
           Case{"triplet", "a@b.c", "x@y.z", false},
           Case{"triplet", "a@b.c", "y@y.z", true},
       }) {
    CAPTURE(std::string(one.per));
    const scenario::Scenario scenario = with_rule("RCPT", "times = 1, per = '" + std::string(one.per) + "'");
    scenario::History history;
    Talk first(scenario, history, 1);
    first.line("EHLO c");
    first.line("MAIL FROM:<a@b.c>");
    CHECK(first.line("RCPT TO:<x@y.z>") == "555 hit\r\n");
    CHECK(first.line("RCPT TO:<x@y.z>").starts_with("250"));
    Talk second(scenario, history, 2);
    second.line("EHLO c");
    second.line("MAIL FROM:<" + one.sender + ">");
    CHECK((second.line("RCPT TO:<" + one.recipient + ">") == "555 hit\r\n") == one.again);
  }
}

TEST_CASE("conditions: greylisting lets in whoever comes back after a while") {
  const scenario::Scenario scenario = with_rule("RCPT", "since_first_under = 300, per = 'triplet'");
  Talk talk(scenario);
  talk.line("EHLO c");
  talk.line("MAIL FROM:<a@b.c>");
  CHECK(talk.line("RCPT TO:<x@y.z>") == "555 hit\r\n");
  talk.running = std::chrono::seconds(299);
  CHECK(talk.line("RCPT TO:<x@y.z>") == "555 hit\r\n");
  talk.running = std::chrono::seconds(300);
  CHECK(talk.line("RCPT TO:<x@y.z>").starts_with("250"));
  CHECK(talk.line("RCPT TO:<new@y.z>") == "555 hit\r\n");
}

TEST_CASE("conditions: what an earlier rule decides is not counted by a later one") {
  const auto loaded = load_text(std::string(kConditionServer) +
                                "[[rule]]\non = 'NOOP'\nwhen = { argument = 'a' }\nreply = '250 a'\n"
                                "[[rule]]\non = 'NOOP'\nwhen = { nth = 2 }\nreply = '555 second {count}'\n");
  REQUIRE(loaded.has_value());
  Talk talk(*loaded);
  CHECK(talk.line("NOOP a") == "250 a\r\n");
  CHECK(talk.line("NOOP b").starts_with("250"));
  CHECK(talk.line("NOOP a") == "250 a\r\n");
  CHECK(talk.line("NOOP b") == "555 second 2\r\n");
  CHECK(talk.line("NOOP b").starts_with("250"));
}

TEST_CASE("conditions: chance falls the same way for one seed, and otherwise for another") {
  const scenario::Scenario scenario = with_rule("NOOP", "chance = 0.5");
  const auto falls = [&](std::uint64_t seed) {
    scenario::History history;
    history.seed = seed;
    Talk talk(scenario, history, 1);
    std::string seen;
    for (int i = 0; i < 64; ++i) seen += talk.line("NOOP") == "555 hit\r\n" ? 'x' : '.';
    return seen;
  };
  CHECK(falls(7) == falls(7));
  CHECK(falls(7) != falls(8));
  CHECK(falls(7).find('x') != std::string::npos);
  CHECK(falls(7).find('.') != std::string::npos);
}
