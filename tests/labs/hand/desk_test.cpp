#include "client/labs/hand/desk.h"

#include <string>

#include <doctest/doctest.h>

#include "client/labs/hand/gathering.h"
#include "client/labs/hand/told.h"
#include "mockserver/scenario/catalogue.h"

namespace {

using core::Language;

void check(lab::Lab& lab, std::string name, std::vector<lab::Condition> conditions, std::size_t hints = 0) {
  lab::Check one;
  one.name = std::move(name);
  one.title = core::same("does " + one.name);
  one.trials = {"normal"};
  one.conditions = std::move(conditions);
  for (std::size_t i = 0; i < hints; ++i) one.hints.push_back(core::same("hint " + std::to_string(i + 1)));
  lab.checks.push_back(std::move(one));
}

lab::Lab sample() {
  lab::Lab lab;
  lab.id = "sample";
  lab.kind = lab::Kind::kHand;
  lab.title = {"Sample", "样例"};
  lab.trials.push_back({});
  lab.trials.front().name = "normal";
  lab.trials.front().server = "any/course";
  check(lab, "unknown", {{"codes", {"500"}}}, 2);
  check(lab, "order", {{"codes", {"503"}}, {"never", {"bare-lf-command"}}});
  check(lab, "twice", {{"connections", {"2.."}}});
  lab.checks.push_back(lab.checks.front());
  lab.checks.back().name = "note";
  lab.checks.back().kind = lab::CheckKind::kNote;
  return lab;
}

// A desk, and somebody who works at it.
struct Work {
  lab::Lab lab = sample();
  scenario::Scenario scenario = *scenario::Catalogue::embedded().load("any/course");
  hand::Gathering gathering{lab, scenario};
  hand::Desk desk{lab, *knowledge::Knowledge::embedded()};

  std::vector<std::size_t> reply(std::uint64_t connection, const char* code) {
    dialogue::Event event;
    event.kind = dialogue::Kind::kServer;
    event.reply = protocol::Answer{};
    event.reply->code = code;
    gathering.take(connection, event);
    return desk.look(gathering, connection, std::chrono::microseconds(7));
  }

  std::vector<std::size_t> wrong(std::uint64_t connection, const char* id) {
    findings::Finding finding;
    finding.number = 1;
    finding.id = id;
    gathering.take(connection, finding);
    return desk.look(gathering, connection, std::chrono::microseconds(8));
  }
};

using Places = std::vector<std::size_t>;

}  // namespace

TEST_CASE("desk: musts are the tasks, and what is fulfilled is ticked once, when it happens") {
  Work work;
  REQUIRE(work.desk.tasks().size() == 3);
  CHECK(work.reply(1, "220") == Places{});
  CHECK(work.desk.current() == 0);
  CHECK(work.reply(1, "500") == Places{0});
  CHECK(work.desk.tasks()[0].done == std::chrono::microseconds(7));
  CHECK(work.desk.current() == 1);
  CHECK(work.reply(1, "500") == Places{});
  CHECK(work.reply(1, "503") == Places{1});
  CHECK_FALSE(work.desk.is_finished());
  CHECK(work.reply(2, "220") == Places{2});
  CHECK(work.desk.is_finished());
}

TEST_CASE("desk: a mistake counts on its connection alone, and what was fulfilled before it stays so") {
  Work work;
  CHECK(work.reply(1, "500") == Places{0});
  CHECK(work.wrong(1, "bare-lf-command") == Places{});
  CHECK(work.reply(1, "503") == Places{});
  CHECK(work.desk.is_hindered());
  CHECK(work.desk.tasks()[0].done.has_value());
  CHECK(work.reply(2, "220") == Places{2});
  CHECK_FALSE(work.desk.is_hindered());
  CHECK(work.reply(2, "503") == Places{1});
}

TEST_CASE("desk: the next task goes round, past what is fulfilled") {
  Work work;
  work.desk.turn();
  CHECK(work.desk.current() == 1);
  work.reply(1, "503");
  CHECK(work.desk.current() == 2);
  work.desk.turn();
  CHECK(work.desk.current() == 0);
}

TEST_CASE("desk: a question is fulfilled by its answer, and by no other one") {
  lab::Lab lab = sample();
  lab.kind = lab::Kind::kAnswer;
  lab.checks.clear();
  check(lab, "line", {{"answer", {"4", "four"}}});
  check(lab, "cause", {{"answer", {"no-*"}}});
  hand::Desk desk(lab, *knowledge::Knowledge::embedded());
  const auto at = std::chrono::microseconds(5);
  CHECK_FALSE(desk.answer("5", at));
  CHECK(desk.answer(" Four ", at));
  CHECK(desk.tasks()[0].done == at);
  CHECK_FALSE(desk.choose("line"));
  CHECK_FALSE(desk.choose("unknown"));
  CHECK(desk.choose("cause"));
  CHECK_FALSE(desk.answer("4", at));
  CHECK(desk.answer("no-colon", at));
  CHECK(desk.is_finished());
}

TEST_CASE("desk: the assignment has a line for each paragraph, and what is indented stands as it is") {
  lab::Lab lab = sample();
  lab.task = {"One\ntwo.\n\n    1  S: 220\n    2  C: \x1b\n\nThree\n", "一\n二，\nHELO\n三"};
  CHECK(hand::assignment(lab, Language::kEnglish) ==
        std::vector<std::string>{"Sample", "", "One two.", "", "    1  S: 220", "    2  C: \\x1b", "", "Three"});
  CHECK(hand::assignment(lab, Language::kChinese) == std::vector<std::string>{"样例", "", "一二，HELO三"});
}

TEST_CASE("desk: hints come one by one, of the task that is worked at") {
  Work work;
  REQUIRE(work.desk.hint() != nullptr);
  CHECK(hand::current_told(work.desk, Language::kEnglish) ==
        std::vector<std::string>{"Task 1 of 3: does unknown", "Hint 1: hint 1"});
  CHECK(*work.desk.hint() == core::same("hint 2"));
  CHECK(work.desk.hint() == nullptr);
  work.desk.turn();
  CHECK(work.desk.hint() == nullptr);
  CHECK(hand::current_told(work.desk, Language::kChinese) == std::vector<std::string>{"任务 2/3：does order"});
}

TEST_CASE("desk: the tasks are told with what is fulfilled") {
  Work work;
  work.reply(1, "503");
  CHECK(hand::tasks_told(work.desk, Language::kEnglish) ==
        std::vector<std::string>{"▶ 1 does unknown", "✓ 2 does order", "· 3 does twice"});
  work.reply(1, "500");
  work.reply(2, "220");
  CHECK(hand::current_told(work.desk, Language::kEnglish) == std::vector<std::string>{"All tasks are fulfilled."});
}
