// Lessons of POP3 in a program without SMTP.
#include <string>

#include <doctest/doctest.h>

#include "client/conversation/conversation.h"
#include "net/loop.h"
#include "protocol/known.h"
#include "tests/net/peer.h"
#include "tests/scenario/beyond.h"
#include "tests/stepper/in_memory.h"

using test::has;
using test::Person;

TEST_CASE("without smtp: nobody knows it") {
  CHECK(protocol::find("smtp") == nullptr);
  REQUIRE(protocol::find("pop3") != nullptr);
}

TEST_CASE("without smtp: the lessons of POP3 are stepped through to their end") {
  std::size_t walked = 0;
  for (const std::string& id : scenario::Catalogue::embedded().ids_with("extends = \"any-pop3\"")) {
    CAPTURE(id);
    Person person(id);
    CHECK(person.dialogue.scenario.protocol->name() == "pop3");
    if (scenario_test::is_beyond_a_session(person.dialogue.scenario)) continue;
    for (const scenario::Step& step : person.dialogue.scenario.steps) {
      CHECK_FALSE(person.model().next.why.empty());
      person.now += step.wait;
      person.dialogue.running += step.wait;
      person.type("\n");
    }
    CHECK(person.stepper.is_finished());
    ++walked;
  }
  CHECK(walked >= 10);
}

TEST_CASE("without smtp: the panes tell what is known of the answer") {
  Person person("any-pop3/dele-without-quit", core::Language::kChinese);
  person.step(2);
  CHECK(person.dialogue.last_code() == "+OK");
  const screen::StepScreen screen = person.model();
  CHECK(has(test::text_of(screen.meaning.lines), "邮箱归你独占"));
  CHECK(has(test::text_of(screen.where.lines), "[ 处理 ]"));
}

TEST_CASE("without smtp: the mock answers on a port") {
  const scenario::Scenario lesson = test::load("any-pop3/first-fetch");
  net::Loop loop;
  test::Patience patience(loop);
  client::Conversation talk(loop, lesson, [&loop] { loop.stop(); });
  REQUIRE(talk.open());
  REQUIRE(patience.run_until([&] { return talk.is_open() && talk.is_settled(); }));
  talk.send("CAPA\r\n");
  REQUIRE(patience.run_until([&] { return talk.is_settled(); }));
  const dialogue::Event& last = talk.log().events().back();
  REQUIRE(last.reply);
  CHECK(last.reply->code == "+OK");
  CHECK(has(last.bytes, "\r\nUIDL\r\n"));
  CHECK(has(last.bytes, "\r\n.\r\n"));
}
