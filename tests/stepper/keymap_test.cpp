#include "client/stepper/keymap.h"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "tests/stepper/in_memory.h"

using stepper::Act;
using stepper::keymap;
using stepper::KeyRow;

namespace {

constexpr std::size_t kActs = static_cast<std::size_t>(Act::kQuit) + 1;  // the last enumerator

}  // namespace

TEST_CASE("keymap: every act has exactly one row") {
  for (std::size_t i = 0; i < kActs; ++i) {
    CAPTURE(i);
    CHECK(std::count_if(keymap().begin(), keymap().end(), [&](const KeyRow& row) { return row.act == static_cast<Act>(i); }) ==
          1);
  }
  CHECK(keymap().size() == kActs);
}

TEST_CASE("keymap: no two rows share a key, and each key does what its row says") {
  std::set<std::pair<int, std::string>> keys;
  for (const KeyRow& row : keymap()) {
    CAPTURE(row.shown);
    CHECK(keys.emplace(static_cast<int>(row.name), row.text).second);
    CHECK(stepper::act_of({row.name, std::string(row.text)}, false) == row.act);
    CHECK((row.name == screen::KeyName::kText) == !row.text.empty());
  }
}

TEST_CASE("keymap: Tab turns the pane, or proposes another step where all panes are shown") {
  const screen::Key tab{screen::KeyName::kTab, {}};
  CHECK(stepper::act_of(tab, false) == Act::kNextPane);
  CHECK(stepper::act_of(tab, true) == Act::kAnotherStep);
  for (const KeyRow& row : keymap()) {
    CAPTURE(row.shown);
    CHECK(stepper::shown_key(row, false) == row.shown);
    const auto wide = stepper::shown_key(row, true);
    if (row.act == Act::kNextPane) {
      CHECK_FALSE(wide);
    } else {
      CHECK(wide == (row.act == Act::kAnotherStep ? "Tab" : row.shown));
    }
  }
}

TEST_CASE("keymap: other keys have no act") {
  CHECK_FALSE(stepper::act_of({screen::KeyName::kText, "H"}, true));
  CHECK_FALSE(stepper::act_of({screen::KeyName::kUp, {}}, true));
  CHECK_FALSE(stepper::act_of({screen::KeyName::kControl, "e"}, true));
}

TEST_CASE("keymap: every row is in the key bar and in the help, with the key that works in this layout") {
  for (const bool wide : {false, true}) {
    CAPTURE(wide);
    test::Person person("any/accept-all");
    person.wide = wide;
    const auto bar = person.model().keys;
    person.type("?");
    REQUIRE(person.model().overlay);
    const std::string help = test::text_of(person.model().overlay->lines);
    for (const KeyRow& row : keymap()) {
      const auto key = stepper::shown_key(row, wide);
      if (!key) continue;
      CAPTURE(*key);
      const std::string label(client::word(row.label, core::Language::kEnglish));
      CHECK(std::any_of(bar.begin(), bar.end(),
                        [&](const screen::KeyHint& hint) { return hint.key == *key && hint.label == label; }));
      CHECK(test::has(help, std::string(*key) + "  " + label + "\n"));
    }
  }
}
