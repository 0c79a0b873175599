// Each mistake by itself: a dialogue that makes it is told it, and what its row lists, and nothing else; done right, nothing.
#include "tests/findings/cases.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "pop3_judge/judge.h"
#include "tests/findings/fetching.h"
#include "tests/knowledge/known.h"

namespace {

// What no single dialogue shows, and who could tell it.
struct Beyond {
  std::string_view id;
  std::string_view needs;
};
constexpr std::array kBeyond{
    Beyond{"pop3-number-as-identity", "two runs: everything is fetched again"},
    Beyond{"pop3-not-unstuffed", "the mail that was stored"},
    Beyond{"pop3-end-line-kept", "the mail that was stored"},
    // Of the remarks, and no mistake of a program.
    Beyond{"auth-cancelled", "nothing: a client may give a login up"},
};

template <typename Ids>
bool has(const Ids& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool is_beyond(std::string_view id) {
  return std::any_of(kBeyond.begin(), kBeyond.end(), [&](const Beyond& one) { return one.id == id; });
}

std::vector<dialogue::Event> events_of(const test::Case& one) {
  auto events = dialogue::events_from_text(one.dialogue);
  REQUIRE(events.has_value());
  return std::move(*events);
}

std::vector<std::string> told(findings::Judge& judge) {
  std::vector<std::string> ids;
  for (const findings::Finding& one : judge.take_findings()) ids.push_back(one.id);
  return ids;
}

}  // namespace

TEST_CASE("findings of POP3: each dialogue is told what it does wrong, and nothing else") {
  for (const test::Case& one : test::all_cases("pop3_judge")) {
    CAPTURE(one.place);
    CAPTURE(one.id);
    CAPTURE(one.name);
    CHECK(test::told_of(one, *pop3_judge::make(one.server)) == one.tells);
    const bool tells_it = has(test::ids_of(one.tells), one.id);
    CHECK((one.is_twin() ? !tells_it : tells_it));
  }
}

TEST_CASE("findings of POP3: every mistake has a dialogue that makes it, and one that does it right") {
  std::map<std::string, int> made;
  std::map<std::string, int> done_right;
  for (const test::Case& one : test::all_cases("pop3_judge")) ++(one.is_twin() ? done_right : made)[one.id];
  for (const auto& mistake : test::known().mistakes()) {
    const std::string& id = mistake.first;
    CAPTURE(id);
    if (!test::is_of_pop3(id) || test::has_id(test::kOfImapAlone, id)) continue;
    if (is_beyond(id)) {
      CHECK(made[id] == 0);
      continue;
    }
    CHECK(made[id] > 0);
    CHECK(done_right[id] > 0);
  }
}

TEST_CASE("findings of POP3: whatever is told is described in both languages") {
  for (const test::Case& one : test::all_cases("pop3_judge")) {
    CAPTURE(one.place);
    for (const std::string& id : test::ids_of(one.tells)) {
      CAPTURE(id);
      CHECK((id == "-" || test::known().mistake(id) != nullptr));
    }
  }
}

TEST_CASE("findings of POP3: events that are asked about twice, and connections one after the other, change nothing") {
  const auto judge = pop3_judge::make();
  for (const test::Case& one : test::all_cases("pop3_judge")) {
    if (!one.server.accounts.empty() || one.server.begins_in_tls || one.server.is_not_to_be_trusted) continue;
    CAPTURE(one.place);
    std::vector<dialogue::Event> events = events_of(one);
    if (events.front().kind != dialogue::Kind::kConnected) events.insert(events.begin(), dialogue::Event{});
    events.front().kind = dialogue::Kind::kConnected;
    for (const dialogue::Event& event : events) {
      judge->take(event);
      judge->quiet(event.at, {});
    }
    std::string ids;
    for (const std::string& id : told(*judge)) ids += id + " ";
    std::string wanted;
    for (const std::string& id : test::ids_of(one.tells)) wanted += id == "-" ? "" : id + " ";
    CHECK(ids == wanted);
  }
}

TEST_CASE("findings of POP3: a command that has no end is told in the silence, once") {
  const auto judge = pop3_judge::make();
  for (const dialogue::Event& event : events_of({{}, {}, {}, {}, {}, "S: +OK ready\nC: USER alice\nS: +OK\n"}))
    judge->take(event);
  judge->quiet(std::chrono::seconds(1), "PASS sec");
  CHECK(told(*judge).empty());
  judge->quiet(std::chrono::seconds(4), "PASS secret");
  CHECK(told(*judge) == std::vector<std::string>{"mailbox-no-line-end"});
  judge->quiet(std::chrono::seconds(9), "PASS secret");
  CHECK(told(*judge).empty());
}

TEST_CASE("findings of POP3: they say which octets of which event, and what should have stood there") {
  const auto judge = pop3_judge::make();
  const std::string dialogue = "S: +OK ready\nC: USER alice\nS: +OK\nC: PASS secret\nS: +OK\nC: RETR 0\nS: -ERR no\n";
  for (const dialogue::Event& event : events_of({{}, {}, {}, {}, {}, dialogue})) judge->take(event);
  const std::vector<findings::Finding> found = judge->take_findings();
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == "pop3-number-zero");
  CHECK(found[0].octets == std::vector<findings::Octets>{{7, 5, 6}});
  CHECK(found[0].events == std::vector<std::uint64_t>{7});
  CHECK(found[0].expected.en == "1 … …");
}
