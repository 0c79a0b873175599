// Each mistake by itself: a dialogue that makes it is told it, and what its row lists, and nothing else; done right, nothing.

#include "tests/findings/cases.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "smtp_judge/judge.h"
#include "tests/findings/fetching.h"
#include "tests/knowledge/known.h"

namespace {

// What no single dialogue shows, and who could tell it.
struct Beyond {
  std::string_view id;
  std::string_view needs;
};
constexpr std::array kBeyond{
    Beyond{"never-connects", "the process: nothing ever comes"},
    Beyond{"port-25-blocked", "the client's side, and a second port"},
    Beyond{"udp-socket", "a listener for datagrams"},
    Beyond{"server-calls-in-client", "the process"},
    Beyond{"checks-stale-reply", "several runs, one refused at each stage: tests/findings/compare_test.cpp"},
    Beyond{"depends-on-reply-text", "two runs, with other words: tests/findings/compare_test.cpp"},
    Beyond{"str-instead-of-bytes", "what the program prints"},
    Beyond{"bytes-compared-with-str", "what the program prints"},
    Beyond{"password-in-source", "the source"},
    Beyond{"dot-stuffed-wrongly", "the text that was meant"},
    // Of the old remarks, and no mistake of a program.
    Beyond{"auth-cancelled", "nothing: a client may give a login up"},
    Beyond{"waits-inside-chunk", "the octets of a chunk that never come"},
};

bool is_beyond(std::string_view id) {
  return std::any_of(kBeyond.begin(), kBeyond.end(), [&](const Beyond& one) { return one.id == id; });
}

bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

TEST_CASE("findings: each dialogue is told what it does wrong, and nothing else") {
  for (const test::Case& one : test::all_cases("smtp_judge")) {
    CAPTURE(one.place);
    CAPTURE(one.id);
    CAPTURE(one.name);
    CHECK(test::told_of(one, *smtp_judge::make(one.server)) == one.tells);
    const bool tells_it = has(test::ids_of(one.tells), one.id);
    CHECK((one.is_twin() ? !tells_it : tells_it));
  }
}

TEST_CASE("findings: every mistake has a dialogue that makes it, and one that does it right") {
  std::map<std::string, int> made;
  std::map<std::string, int> done_right;
  for (const test::Case& one : test::all_cases("smtp_judge")) ++(one.is_twin() ? done_right : made)[one.id];
  for (const auto& mistake : test::known().mistakes()) {
    const std::string& id = mistake.first;
    CAPTURE(id);
    if (test::is_of_fetching(id)) continue;
    if (is_beyond(id)) {
      CHECK(made[id] == 0);
      continue;
    }
    CHECK(made[id] > 0);
    CHECK(done_right[id] > 0);
  }
}

TEST_CASE("findings: whatever is told is described in both languages") {
  for (const test::Case& one : test::all_cases("smtp_judge")) {
    CAPTURE(one.place);
    for (const std::string& id : test::ids_of(one.tells)) {
      CAPTURE(id);
      CHECK((id == "-" || test::known().mistake(id) != nullptr));
    }
  }
}
