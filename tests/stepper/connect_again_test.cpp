// A new connection in the same dialogue: on the path, beside it, and where there is none.
#include <chrono>
#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "client/base/spoken.h"
#include "smtp/door.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using test::has;
using test::Person;

namespace {

constexpr const char* kConnect = "(connect again)";

std::string key_label(const Person& person) { return person.model().keys.front().label; }

// As far as the connection that the path wants, whose time has come.
void hang_up(Person& person) {
  person.step(2);
  REQUIRE(person.dialogue.is_closed);
  person.now += std::chrono::seconds(1);
}

bool connects(const stepper::Requests& requests) {
  return requests.size() == 1 && std::holds_alternative<stepper::ConnectAgain>(requests.front());
}

}  // namespace

TEST_CASE("connect again: the path shows that the next step is a connection, and goes on behind its greeting") {
  Person person("any/hung-up");
  hang_up(person);
  CHECK(person.model().next.text == kConnect);
  CHECK(has(person.model().next.why, "Connect again, after a pause."));
  CHECK(has(person.model().status, "closed · step 3/6"));
  CHECK(key_label(person) == "connect");
  CHECK(connects(person.type("\n")));
  CHECK(person.dialogue.last_code() == "220");
  CHECK(person.model().next.text == "EHLO client.example␍␊");
  CHECK(has(person.model().status, "step 4/6"));
  CHECK(key_label(person) == "send");
  CHECK(person.dialogue.client().text("client").empty());
  person.step(3);
  CHECK(person.stepper.is_finished());
  CHECK(has(person.model().notice, "The lesson ends here. Enter connects again"));
}

TEST_CASE("connect again: Enter before the time has passed sends nothing and says so; the screen counts down") {
  Person person("any/hung-up");
  person.step(2);
  CHECK(has(person.model().next.why, "Not yet, seconds that have to pass first: 1. Connect again"));
  CHECK_FALSE(person.model().keys.front().usable);
  CHECK(person.type("\n").empty());
  CHECK(person.model().notice.empty());  // it would hide the time that counts down
  CHECK(person.stepper.pause(person.view()) == std::chrono::seconds(1));
  person.now = std::chrono::milliseconds(400);
  CHECK(person.stepper.pause(person.view()) == std::chrono::milliseconds(600));
  CHECK(person.type("\n").empty());
  person.now = std::chrono::seconds(1);
  CHECK(person.model().keys.front().usable);
  CHECK(has(person.model().next.why, "Connect again"));
  CHECK_FALSE(has(person.model().next.why, "Not yet"));
  const stepper::Requests requests = person.type("\n");
  REQUIRE(connects(requests));
  CHECK(std::get<stepper::ConnectAgain>(requests.front()).wait == std::chrono::seconds(1));
}

TEST_CASE("connect again: who hangs up in the middle begins that part of the path again") {
  Person person("any/hung-up");
  person.type("QUIT\n");  // nothing was reached yet
  CHECK(person.model().next.text == kConnect);
  CHECK(has(person.model().next.why, "The connection is gone."));
  CHECK(connects(person.type("\n")));
  CHECK(has(person.model().status, "step 1/6"));
  hang_up(person);
  person.step(2);
  person.type("QUIT\n");  // in the second part
  CHECK(has(person.model().next.why, "Connect again"));
  person.now += std::chrono::seconds(1);
  CHECK(connects(person.type("\n")));
  CHECK(has(person.model().status, "step 4/6"));
}

TEST_CASE("connect again: the goodbye before it may be left out, and said by another line") {
  for (const char* const goodbye : {"", "QUIT\n"}) {
    CAPTURE(goodbye);
    Person person("any/hung-up");
    person.step(2);
    person.type(goodbye);  // refused: closed already
    CHECK(person.model().next.text == kConnect);
    CHECK(has(person.model().status, "step 3/6"));
  }
}

TEST_CASE("connect again: where the server has closed Enter connects, also without a path and to a real server") {
  for (const bool is_mock : {true, false}) {
    CAPTURE(is_mock);
    Person person("any/accept-all", Language::kEnglish, is_mock);
    person.type("QUIT\n");
    REQUIRE(person.dialogue.is_closed);
    CHECK(person.model().next.text == kConnect);
    CHECK(key_label(person) == "connect");
    CHECK(connects(person.type("\n")));
    CHECK(has(person.model().next.text, "EHLO "));
    CHECK(person.dialogue.last_code() == "220");
  }
}

TEST_CASE("connect again: where there was no dialogue, it is said what another connection would do") {
  struct Row {
    std::string failure;
    client::Word why;
  };
  for (const Row& row :
       {Row{"tls-not-tls", client::Word::kConnectInClear}, Row{"tls-port-in-clear", client::Word::kConnectWithTls},
        Row{"tls-unknown-authority", client::Word::kConnectInVain}, Row{"refused", client::Word::kConnectInVain},
        Row{"silent-greeting", client::Word::kConnectInVain}}) {
    CAPTURE(row.failure);
    for (const bool was_greeted : {false, true}) {
      CAPTURE(was_greeted);
      test::InMemory dialogue("any/submission");
      if (was_greeted) dialogue.answer();
      dialogue::Event event;
      event.kind = dialogue::Kind::kClosed;
      event.closed_by = dialogue::ClosedBy::kFailure;
      event.failure = row.failure;
      dialogue.log->append(std::move(event));
      dialogue.is_closed = true;
      stepper::Stepper stepper(smtp::door(), test::known(), nullptr, Language::kEnglish, false, stepper::Identity());
      const auto closed = [&dialogue] {
        return stepper::View{
            *dialogue.log, smtp::door(), dialogue.client(), dialogue.client(), nullptr, false, false, true, true, ""};
      };
      stepper.follow(closed());
      const client::Word wanted = was_greeted ? client::Word::kConnectWhy : row.why;
      CHECK(stepper.model(closed(), true).next.why == client::word(wanted, smtp::door(), Language::kEnglish));
      // Behind another greeting this does not hold any more.
      dialogue.connect();
      dialogue.answer();
      dialogue.send("QUIT\r\n");
      dialogue.answer();
      stepper.follow(closed());
      CHECK(stepper.model(closed(), true).next.why == client::word(client::Word::kConnectWhy, Language::kEnglish));
    }
  }
}

TEST_CASE("connect again: everything of it is said in Chinese") {
  Person person("any/hung-up", Language::kChinese);
  person.step(2);
  CHECK(person.model().next.text == "（重新连接）");
  CHECK(has(person.model().next.why, "还不行，先要等待的秒数： 1. "));
  CHECK(key_label(person) == "连接");
}

TEST_CASE("connect again: z has something to take back as soon as there is a second connection") {
  Person person("any/accept-all");
  person.dialogue.close(dialogue::ClosedBy::kServer);
  person.stepper.follow(person.view());
  CHECK(person.type("z").empty());
  person.type("\n");
  const stepper::Requests back = person.type("z");
  REQUIRE(back.size() == 1);
  CHECK(std::holds_alternative<stepper::GoBack>(back.front()));
}

TEST_CASE("connect again: a line of one's own goes out at any time, and keeps how long it was waited for") {
  scenario::Scenario scenario = test::load("any/accept-all");
  for (scenario::Step& step : scenario.steps) step.wait = std::chrono::seconds(3);
  test::InMemory dialogue("any/accept-all");
  dialogue.answer();
  stepper::Stepper stepper(test::known(), scenario, Language::kEnglish, false);
  stepper::View view{*dialogue.log, smtp::door(), dialogue.client(), dialogue.client(), &scenario, true, true, false, true, ""};
  view.now = std::chrono::seconds(1);
  stepper.follow(view);
  CHECK(stepper.press({screen::KeyName::kEnter, {}}, view, true).empty());
  stepper::Requests requests;
  for (const screen::Key& key : test::keys_of("NOOP\n")) requests = stepper.press(key, view, true);
  REQUIRE(requests.size() == 1);
  CHECK(std::get<stepper::SendBytes>(requests.front()).bytes == "NOOP\r\n");
  CHECK(std::get<stepper::SendBytes>(requests.front()).wait == std::chrono::seconds(1));
}
