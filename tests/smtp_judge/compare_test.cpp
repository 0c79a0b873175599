// What several dialogues of one program show beside each other. In the cases "==" stands between two of them.
#include "smtp_judge/compare.h"

#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue/text_reader.h"
#include "findings/several.h"
#include "tests/findings/cases.h"
#include "tests/findings/several.h"
#include "tests/knowledge/known.h"

namespace {

std::string told_of_several(const std::vector<findings::Dialogue>& dialogues) {
  std::string told;
  for (const findings::Difference& one : findings::compare("smtp", dialogues))
    told += (told.empty() ? "" : ", ") + std::string(one.id) + (one.certain ? "" : " ?");
  return told.empty() ? "-" : told;
}

}  // namespace

TEST_CASE("several dialogues: they show what none of them does, and nothing else") {
  std::map<std::string, int> made;
  std::map<std::string, int> done_right;
  for (const test::Case& one : test::all_cases("smtp_judge/several")) {
    CAPTURE(one.place);
    CAPTURE(one.name);
    std::vector<findings::Dialogue> dialogues = test::dialogues_of(one);
    CHECK(dialogues.size() > 1);
    CHECK(told_of_several(dialogues) == one.tells);
    // Whichever was recorded first.
    CHECK(told_of_several({dialogues.rbegin(), dialogues.rend()}) == one.tells);
    ++(one.is_twin() ? done_right : made)[one.id];
    CHECK(test::known().mistake(one.id) != nullptr);
  }
  for (const char* const id : {"depends-on-reply-text", "checks-stale-reply", "wrong-expected-code", "ignores-error-reply"}) {
    CHECK(made[id] > 0);
    CHECK(done_right[id] > 0);
  }
}

TEST_CASE("several dialogues: events show it, first where it went wrong") {
  for (const test::Case& one : test::all_cases("smtp_judge/several")) {
    const std::vector<findings::Dialogue> dialogues = test::dialogues_of(one);
    for (const findings::Difference& difference : findings::compare("smtp", dialogues)) {
      CHECK_FALSE(difference.shown.empty());
      for (const findings::Shown& shown : difference.shown) {
        REQUIRE(shown.dialogue < dialogues.size());
        CHECK_FALSE(shown.events.empty());
        for (const std::uint64_t event : shown.events) CHECK((event > 0 && event <= dialogues[shown.dialogue].size()));
      }
    }
  }
}

TEST_CASE("several dialogues: one alone, none, and any part of one show nothing") {
  CHECK(findings::compare("smtp", {}).empty());
  CHECK(findings::compare("pop3", std::vector<findings::Dialogue>(2)).empty());
  for (const test::Case& one : test::all_cases("smtp_judge/several")) {
    for (const findings::Dialogue& dialogue : test::dialogues_of(one)) {
      CHECK(findings::compare("smtp", {dialogue}).empty());
      if (one.tells.find('?') == std::string::npos) CHECK(told_of_several({dialogue, dialogue}) == "-");
    }
  }
}
