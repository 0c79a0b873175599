// What a mistake comes to is shown: at once, beside what was meant, and with a way on that works.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/stepper/delivered.h"
#include "client/stepper/panes.h"
#include "client/stepper/refused.h"
#include "smtp/door.h"
#include "smtp/remark.h"
#include "smtp/transitions.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using test::has;
using test::Person;
using test::text_of;

namespace {

// Until the message may come.
void go_to_data(Person& person) {
  while (person.dialogue.client().mode() != protocol::Mode::kContent) person.type("\n");
}

std::string refused(const Person& person) {
  std::string text;
  for (const stepper::Refused& one : stepper::refused_now(*person.dialogue.log))
    text += std::string(one.input.verb()) + " " + one.code + ";";
  return text;
}

}  // namespace

TEST_CASE("consequences: dots that were not doubled are shown as they arrived, beside what was meant") {
  Person person("netease/first-mail");
  go_to_data(person);
  person.type("m\n\n");  // the first mistake of a message
  std::string arrived = person.sent.back();
  const std::size_t dot = arrived.find("\r\n.") + 2;
  REQUIRE(dot > 2);
  arrived.erase(dot, 1);  // as the server does (RFC 5321 §4.5.2)
  person.delivered = arrived;
  person.type("\n");
  REQUIRE(person.dialogue.last_code() == "250");
  const std::string pane = text_of(person.model().meaning.lines);
  CHECK(has(pane, "What arrived is not what was meant"));
  CHECK(has(pane, "meant  ." + arrived.substr(dot, 5)));
  CHECK(has(pane, "arrived  " + arrived.substr(dot, 5)));
  person.type("v");
  REQUIRE(person.model().overlay);
  CHECK(has(text_of(person.model().overlay->lines), "! meant: ." + arrived.substr(dot, 5)));
}

TEST_CASE("consequences: a message that arrived as it was meant is no matter") {
  Person person("netease/first-mail");
  go_to_data(person);
  person.type("\n");
  person.delivered = person.sent.back();
  person.type("\n");
  REQUIRE(person.dialogue.last_code() == "250");
  CHECK_FALSE(has(text_of(person.model().meaning.lines), "What arrived"));
}

TEST_CASE("consequences: the first difference between what arrived and what was meant") {
  struct Row {
    const char* name;
    const char* arrived;
    const char* meant;
    std::string want;  // "meant|arrived"; empty: none
  };
  for (const Row& row : {Row{"the same", "a\r\nb\r\n", "a\nb\n", ""}, Row{"a dot less", "a\r\nb\r\n", "a\n.b\n", ".b|b"},
                         Row{"cut off", "a\r\n", "a\n.\nb\n", ".|"}, Row{"a line more", "a\r\nb\r\n", "a\n", "|b"},
                         Row{"controls are shown", "a\x1b\r\n", "a\n", "a|a\\x1b"}}) {
    CAPTURE(row.name);
    const auto difference = stepper::first_difference(row.arrived, row.meant);
    CHECK((difference ? difference->meant + "|" + difference->arrived : std::string()) == row.want);
  }
}

TEST_CASE("consequences: the mailbox is the mock's to show, and only when something is in it") {
  Person person("any/accept-all");
  person.type("v");
  CHECK(person.model().notice == std::string(client::word(client::Word::kWhyNothingReceived, Language::kEnglish)));
  Person real("any/accept-all", Language::kEnglish, false);
  real.type("v");
  CHECK(real.model().notice == std::string(client::word(client::Word::kWhyMailboxHidden, Language::kEnglish)));
}

TEST_CASE("consequences: a final dot with LF alone: what really ends the message is proposed, with the reason") {
  Person person("any/accept-all");
  go_to_data(person);
  person.type("\n");
  person.type("m\n\n");
  CHECK(person.sent.back() == ".\n");
  CHECK(person.model().next.text == "␍␊.␍␊");
  CHECK(has(person.model().next.why, "ended nothing"));
  person.type("\n");
  CHECK(person.dialogue.last_code() == "250");
  CHECK(person.model().next.text == "QUIT␍␊");  // the lesson goes on
}

TEST_CASE("consequences: a line end typed as four characters is that mistake at once") {
  Person person("any/accept-all");
  person.type(":NOOP\\r\\n");
  person.press(screen::KeyName::kDelete);
  person.press(screen::KeyName::kDelete);
  person.type("\n");
  CHECK(person.sent.back() == "NOOP\\r\\n");
  const auto remarks = person.dialogue.client().unfinished_remarks();
  REQUIRE(remarks.size() == 1);
  CHECK(remarks.front().kind == smtp::RemarkKind::kLiteralBackslashCrlf);
}

TEST_CASE("consequences: a refusal that says no more than its code is told by the mistake it answers") {
  struct Row {
    std::string line;
    std::string code;
    std::string mistake;
  };
  for (const Row& row : {Row{"NOOP\\r\\n", "500", "literal-backslash-crlf"}, Row{"MAIL FROM <a@b.example>", "501", "no-colon"},
                         Row{"HELLO there", "500", "unknown-command"}, Row{"RCPT TO:<a@b.example>", "503", "bad-sequence"}}) {
    CAPTURE(row.line);
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      Person person("any/accept-all", language);
      person.step(1);
      person.type(":" + row.line + "\n");
      REQUIRE(person.dialogue.last_code() == row.code);
      const auto* const entry = test::known().mistake(row.mistake);
      REQUIRE(entry != nullptr);
      const std::string pane = text_of(person.model().meaning.lines);
      CHECK_MESSAGE(pane.starts_with("!  " + entry->title.in(language)), pane);
      CHECK(has(pane, entry->fix.in(language)));
    }
  }
}

TEST_CASE("consequences: going back leaves nothing stale") {
  Person person("any/accept-all");
  person.type("e");
  person.press(screen::KeyName::kDelete);
  person.press(screen::KeyName::kDelete);
  person.type("\n");
  CHECK(has(person.model().notice, "has no end"));
  person.stepper.restarted();
  person.dialogue.start();
  person.dialogue.answer();
  person.stepper.follow(person.view());
  CHECK(person.model().notice.empty());
}

TEST_CASE("consequences: what the RFC allows and what this server has just refused are two things") {
  Person person("netease/auth-required");
  person.step(2);
  const std::string where = text_of(stepper::where_pane(person.view(), Language::kEnglish).lines);
  CHECK(has(where, "The RFC allows  "));
  CHECK(has(where, "· MAIL ·"));
  CHECK(has(where, "Just refused  MAIL 553"));
  while (!person.model().next.text.starts_with("MAIL")) person.type("n");
  CHECK(has(person.model().next.why, "553: this server has just refused it"));
}

TEST_CASE("consequences: a refusal is remembered until something is accepted that could change it") {
  struct Row {
    const char* line;
    const char* refused;
  };
  Person person("netease/auth-required");
  for (const Row& row : {Row{"HELO a.example\r\n", ""}, Row{"MAIL FROM:<alice@163.com>\r\n", "MAIL 553;"},
                         Row{"NOOP\r\n", "MAIL 553;"}, Row{"AUTH NOTHING\r\n", "MAIL 553;AUTH 504;"}, Row{"RSET\r\n", ""}}) {
    CAPTURE(row.line);
    person.say(row.line);
    CHECK(refused(person) == row.refused);
  }
}

TEST_CASE("consequences: a state has one name, in the drawing and beside a reply") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    Person person("netease/auth-required", language);
    person.step(5);
    const std::string ready(smtp::row(smtp::State::kReady).name.in(language));
    CHECK(has(text_of(person.model().meaning.lines), "→ " + ready));
    CHECK(has(text_of(person.model().where.lines), "[ " + ready + " ]"));
    for (const protocol::StateRow& row : smtp::door().states()) CHECK_FALSE(row.name.in(language).empty());
  }
}
