// What a rule does besides wording a reply, and replies that are none.
#include <string>

#include <doctest/doctest.h>

#include "talk.h"

using namespace std::chrono_literals;
using scenario_test::load_text;
using scenario_test::Talk;

namespace {

scenario::Scenario load_effects(const std::string& rules) {
  auto loaded = load_text("[server]\nname = 'p.example'\nextensions = ['PIPELINING', 'CHUNKING']\n" + rules);
  REQUIRE_MESSAGE(loaded.has_value(), core::describe(loaded.error(), core::Language::kEnglish));
  return std::move(*loaded);
}

void begin_message(Talk& talk) {
  talk.line("EHLO c");
  talk.line("MAIL FROM:<a@b.c>");
  talk.line("RCPT TO:<x@y.z>");
  CHECK(talk.line("DATA").starts_with("354"));
}

}  // namespace

TEST_CASE("effects: raw octets go out as they are, and the first reply in them moves the state") {
  struct Row {
    const char* raw;  // for MAIL
    std::string heard;
    const char* state;
    bool garbled;
  };
  for (const Row& row : {
           Row{R"("250 OK\n")", "250 OK\n", "mail", false},
           Row{R"("250-a\r\n251 b\r\n")", "250-a\r\n251 b\r\n", "mail", true},  // no reply: two codes
           Row{R"("550 no\r\n250 yes\r\n")", "550 no\r\n250 yes\r\n", "ready", false},
           Row{R"("OK\r\n")", "OK\r\n", "mail", true},
           Row{R"("")", "", "mail", true},
           Row{R"("250 {sender} {a*3}{0xff}\r\n")", "250 a@b.c aaa\xff\r\n", "mail", false},
       }) {
    CAPTURE(row.raw);
    const scenario::Scenario scenario = load_effects("[[rule]]\non = 'MAIL'\nraw = " + std::string(row.raw) + "\n");
    Talk talk(scenario);
    talk.line("EHLO c");
    CHECK(talk.line("MAIL FROM:<a@b.c>") == row.heard);
    CHECK(talk.state() == row.state);
    CHECK(talk.last.garbled == row.garbled);
  }
}

TEST_CASE("effects: what the groups of an expression found stands in the reply, and can be its code") {
  const scenario::Scenario scenario = load_effects(R"([[rule]]
on = "RCPT"
when = { recipient = '/^rcpt(?P<code>[245]\d\d)(_(?P<enhanced>[\d.]+))?@/' }
reply = ["{code}-{enhanced} first", "{code} {recipient-domain} last"]
)");
  Talk talk(scenario);
  talk.line("EHLO c");
  talk.line("MAIL FROM:<a@b.c>");
  CHECK(talk.line("RCPT TO:<rcpt550_5.1.1@y.z>") == "550-5.1.1 first\r\n550 y.z last\r\n");
  CHECK(talk.last.reply.code == "550");
  CHECK(talk.session().texts("forward-paths").empty());
  CHECK(talk.line("RCPT TO:<rcpt251@y.z>") == "251- first\r\n251 y.z last\r\n");
  CHECK(talk.session().texts("forward-paths").size() == 1);
  CHECK(talk.line("RCPT TO:<rcpt351@y.z>").starts_with("250"));
}

TEST_CASE("effects: rules without a reply add to what decides, the first before the next") {
  const scenario::Scenario scenario = load_effects(R"([[rule]]
on = "any"
when = { order = "any", syntax = "any" }
delay = 0.5
[[rule]]
on = "NOOP"
delay = 0.25
split_every = 2
because = { en = "slow", zh = "慢" }
fix = { en = "wait", zh = "等" }
[[rule]]
on = "NOOP"
when = { argument = "x" }
reply = "250 x"
split_at = [1]
then = "stall"
)");
  Talk talk(scenario);
  CHECK(talk.line("RSET").starts_with("250"));
  CHECK(talk.last.effects.delay == 500ms);
  CHECK_FALSE(talk.last.effects.split);
  CHECK(talk.line("NOOP") == "250 OK\r\n");
  CHECK(talk.last.effects.delay == 750ms);
  REQUIRE(talk.last.explanation != nullptr);
  CHECK(talk.last.explanation->because.en == "slow");
  CHECK(talk.line("NOOP x") == "250 x\r\n");
  CHECK(talk.last.effects.split == scenario::Split{.at = {}, .every = 2, .pause = 50ms});
  CHECK(talk.last.effects.then == scenario::Then::kStall);
  CHECK(talk.line("MAIL FROM:<a@b.c>").starts_with("503"));
  CHECK(talk.last.effects.delay == 500ms);
}

TEST_CASE("effects: what is kept need not be what is said") {
  struct Row {
    const char* rule;
    bool keeps;
  };
  for (const Row& row :
       {Row{"reply = '250 yes'", true}, Row{"reply = '451 no'", false}, Row{"reply = '250 yes'\nkeep = false", false},
        Row{"reply = '451 no'\nkeep = true", true}, Row{"raw = ''\nthen = 'close'", true}, Row{"keep = false", false}}) {
    CAPTURE(row.rule);
    const scenario::Scenario scenario = load_effects("[[rule]]\non = 'message'\n" + std::string(row.rule) + "\n");
    Talk talk(scenario);
    begin_message(talk);
    talk.say("A: b\r\n\r\n.\r\n");
    CHECK(talk.last.keeps() == row.keeps);
  }
}

TEST_CASE("effects: the middle of a message is asked about once, also when the message comes at once") {
  const scenario::Scenario scenario = load_effects(R"([[rule]]
on = "midway"
when = { size_over = 10, recipient = "x@*", times = 1 }
reply = "421 {size}"
then = "close"
)");
  scenario::History history;
  {
    Talk talk(scenario, history, 1);
    begin_message(talk);
    CHECK(talk.say("123\r\n.\r\n").starts_with("250"));  // too short
  }
  {
    Talk talk(scenario, history, 2);
    begin_message(talk);
    CHECK(talk.say("1234567890\r\n.\r\n") == "421 12\r\n");
    CHECK_FALSE(talk.last.keeps());
    CHECK(talk.is_over());
  }
  Talk talk(scenario, history, 3);
  begin_message(talk);
  CHECK(talk.say("1234567890\r\n.\r\n").starts_with("250"));
}

TEST_CASE("effects: conditions on the session hold for what nobody has asked for, too") {
  for (const char* const when : {"user = 'bob@*'", "client = 'd'", "recipient = 'y@*'", "recipients_over = 1"}) {
    CAPTURE(std::string(when));
    const scenario::Scenario scenario =
        load_effects("[[rule]]\non = 'midway'\nwhen = { " + std::string(when) + " }\nreply = '421 no'\nthen = 'close'\n");
    Talk talk(scenario);
    begin_message(talk);
    CHECK(talk.say("1234567890\r\n.\r\n").starts_with("250"));
  }
}

TEST_CASE("effects: how the network cuts a message makes no difference to its middle") {
  struct Row {
    const char* name;
    const char* rules;
    std::string said;  // behind RCPT
    std::string heard;
  };
  const std::string message = "DATA\r\n" + std::string(60, 'x') + "\r\n.\r\n";
  const std::string again = "MAIL FROM:<a@b.c>\r\nRCPT TO:<x@y.z>\r\n" + message;
  const std::string taken = "354 Start mail input; end with <CRLF>.<CRLF>\r\n250 OK: message accepted\r\n250 OK\r\n250 OK\r\n";
  for (const Row& row : {
           Row{"whole chunks", "when = { size_over = 5 }\nreply = '421 a'\nthen = 'close'",
               "BDAT 4\r\nabcdBDAT 4\r\nefghBDAT 1 LAST\r\ni", "250 4 octets received\r\n421 a\r\n"},
           Row{"counted by messages", "when = { nth = 2 }\nreply = '421 a'\nthen = 'close'", message + again + again,
               taken + "354 Start mail input; end with <CRLF>.<CRLF>\r\n421 a\r\n"},
           Row{"the rule for fewer octets first",
               "when = { size_over = 50 }\nreply = '421 a'\nthen = 'close'\n[[rule]]\non = 'midway'\nwhen = { size_over = 20 "
               "}\nreply = '421 b'\nthen = 'close'",
               message, "354 Start mail input; end with <CRLF>.<CRLF>\r\n421 b\r\n"},
       }) {
    CAPTURE(row.name);
    const scenario::Scenario scenario = load_effects("[[rule]]\non = 'midway'\n" + std::string(row.rules) + "\n");
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, row.said.size()}) {
      CAPTURE(piece);
      Talk talk(scenario);
      talk.line("EHLO c");
      talk.line("MAIL FROM:<a@b.c>");
      talk.line("RCPT TO:<x@y.z>");
      CHECK(talk.trickle(row.said, piece) == row.heard);
    }
  }
}
