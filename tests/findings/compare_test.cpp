// What several dialogues of one program show beside each other. In the cases "==" stands between two of them.
#include <array>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue/text_reader.h"
#include "findings/several.h"
#include "tests/findings/cases.h"
#include "tests/findings/several.h"

namespace {

constexpr std::array kProtocols{"smtp", "pop3", "imap"};

std::vector<test::Case> several_of(const std::string& protocol) { return test::all_cases(protocol + "_judge/several"); }

std::string told_of_several(const std::string& protocol, const std::vector<findings::Dialogue>& dialogues) {
  std::string told;
  for (const findings::Difference& one : findings::compare(protocol, dialogues))
    told += (told.empty() ? "" : ", ") + std::string(one.id) + (one.certain ? "" : " ?");
  return told.empty() ? "-" : told;
}

}  // namespace

TEST_CASE("several dialogues: they show what none of them does, and nothing else") {
  for (const std::string protocol : kProtocols) {
    CAPTURE(protocol);
    std::map<std::string, int> made;
    std::map<std::string, int> done_right;
    for (const test::Case& one : several_of(protocol)) {
      CAPTURE(one.place);
      CAPTURE(one.name);
      std::vector<findings::Dialogue> dialogues = test::dialogues_of(one);
      CHECK(dialogues.size() > 1);
      CHECK(told_of_several(protocol, dialogues) == one.tells);
      // Whichever was recorded first.
      CHECK(told_of_several(protocol, {dialogues.rbegin(), dialogues.rend()}) == one.tells);
      ++(one.is_twin() ? done_right : made)[one.id];
    }
    for (const char* const id : {"depends-on-reply-text", "checks-stale-reply", "wrong-expected-code", "ignores-error-reply"}) {
      CAPTURE(id);
      CHECK(made[id] > 0);
      CHECK(done_right[id] > 0);
    }
  }
}

TEST_CASE("several dialogues: events show it, first where it went wrong") {
  for (const std::string protocol : kProtocols) {
    for (const test::Case& one : several_of(protocol)) {
      const std::vector<findings::Dialogue> dialogues = test::dialogues_of(one);
      for (const findings::Difference& difference : findings::compare(protocol, dialogues)) {
        CHECK_FALSE(difference.shown.empty());
        for (const findings::Shown& shown : difference.shown) {
          REQUIRE(shown.dialogue < dialogues.size());
          CHECK_FALSE(shown.events.empty());
          for (const std::uint64_t event : shown.events) CHECK((event > 0 && event <= dialogues[shown.dialogue].size()));
        }
      }
    }
  }
}

TEST_CASE("several dialogues: one alone, none, and any part of one show nothing") {
  for (const std::string protocol : kProtocols) {
    CHECK(findings::compare(protocol, {}).empty());
    CHECK(findings::compare(protocol, std::vector<findings::Dialogue>(2)).empty());
    for (const test::Case& one : several_of(protocol)) {
      for (const findings::Dialogue& dialogue : test::dialogues_of(one)) {
        CHECK(findings::compare(protocol, {dialogue}).empty());
        if (one.tells.find('?') == std::string::npos) CHECK(told_of_several(protocol, {dialogue, dialogue}) == "-");
      }
    }
  }
}
