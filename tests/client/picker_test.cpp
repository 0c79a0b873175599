#include "client/picker.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "client/listing/first_steps.h"
#include "core/ascii.h"
#include "mockserver/scenario/catalogue.h"

using client::Picked;
using client::Picker;
using core::Language;
using screen::Key;
using screen::KeyName;

namespace {

std::vector<scenario::Head> embedded() { return scenario::Catalogue::embedded().list().heads; }

// Each scenario, the first steps once more, and the real server above and below.
std::size_t all_choices() { return embedded().size() + client::kFirstSteps.size() + 2; }

std::size_t lessons_of(std::string_view folder) {
  std::size_t count = 0;
  for (const scenario::Head& lesson : embedded()) count += lesson.id.starts_with(folder) ? 1 : 0;
  return count;
}

// What stands first by code: numbers stand before words ("-ERR").
std::string smallest_code() {
  std::string smallest = "600";
  for (const scenario::Head& head : embedded()) {
    if (!head.code.empty() && core::is_digit(head.code.front())) smallest = std::min(smallest, head.code);
  }
  return smallest;
}

struct PickerPerson {
  explicit PickerPerson(Language language = Language::kEnglish, std::set<std::string> done = {})
      : picker(embedded(), std::move(done), language) {}

  Picked press(KeyName name) { return picker.press({name, {}}); }
  Picked type(std::string_view text) {
    Picked picked;
    for (const char c : text) picked = picker.press({KeyName::kText, std::string(1, c)});
    return picked;
  }
  [[nodiscard]] const screen::PickerEntry& selected() const {
    static screen::PickerScreen model;
    model = picker.model();
    REQUIRE(model.selected < model.entries.size());
    return model.entries[model.selected];
  }
  [[nodiscard]] std::size_t choices() const {
    std::size_t count = 0;
    for (const screen::PickerEntry& entry : picker.model().entries) count += entry.heading ? 0 : 1;
    return count;
  }

  Picker picker;
};

}  // namespace

TEST_CASE("picker: a place to begin stands at the top, with the real server; below it all by provider") {
  const PickerPerson person;
  const auto entries = person.picker.model().entries;
  REQUIRE_FALSE(entries.empty());
  CHECK(entries.front().heading);
  CHECK(entries.front().text == "Begin here");
  CHECK(entries[client::kFirstSteps.size() + 1].text == "a real server…");
  CHECK(person.choices() == all_choices());
  CHECK(entries.back().text == "a real server…");
  std::set<std::string> headings;
  for (const screen::PickerEntry& entry : entries) {
    CAPTURE(entry.text);
    if (entry.heading) CHECK(headings.insert(entry.text).second);
    CHECK(entry.summary.empty() == entry.heading);
  }
}

TEST_CASE("picker: headings are never selected, however one gets there") {
  PickerPerson person;
  CHECK_FALSE(person.selected().heading);
  const std::vector<KeyName> keys{KeyName::kUp,  KeyName::kDown, KeyName::kDown,    KeyName::kPageDown, KeyName::kPageUp,
                                  KeyName::kEnd, KeyName::kUp,   KeyName::kWheelUp, KeyName::kHome,     KeyName::kWheelDown};
  for (int round = 0; round < 3; ++round) {
    for (const KeyName name : keys) {
      person.press(name);
      CHECK_FALSE(person.selected().heading);
    }
  }
  person.press(KeyName::kHome);
  std::set<std::size_t> seen{person.picker.model().selected};
  for (std::size_t i = 0; i < person.choices() + 5; ++i) {
    person.type("j");
    seen.insert(person.picker.model().selected);
  }
  CHECK(seen.size() == person.choices());
  for (std::size_t i = 0; i < person.choices() + 5; ++i) person.type("k");
  CHECK(person.picker.model().selected == 1);
}

TEST_CASE("picker: Enter chooses the selected scenario") {
  PickerPerson person;
  const Picked picked = person.press(KeyName::kEnter);
  REQUIRE(std::holds_alternative<client::PickedScenario>(picked));
  CHECK(std::get<client::PickedScenario>(picked).id == client::kFirstSteps.front());
}

TEST_CASE("picker: the filter looks at id, title, summary, subject and code, in any letter case") {
  struct Row {
    std::string typed;
    std::size_t left;
  };
  for (const Row& row : {Row{"qq/", lessons_of("qq/")}, Row{"NETEASE/", lessons_of("netease/")}, Row{"553", 1},
                         Row{"plain server that takes", 1}, Row{"authentication", 3}, Row{"nothing like it", 0}}) {
    CAPTURE(row.typed);
    PickerPerson person;
    person.type("/" + row.typed);
    CHECK(person.picker.model().filtering);
    CHECK(person.picker.model().filter == row.typed);
    std::size_t found = 0;
    for (const screen::PickerEntry& entry : person.picker.model().entries) found += entry.heading ? 0 : 1;
    if (row.typed == "authentication" || row.typed == "553") {
      CHECK(found >= row.left);
      CHECK(found < embedded().size());
    } else {
      CHECK(found == row.left);
    }
    person.press(KeyName::kEscape);
    CHECK_FALSE(person.picker.model().filtering);
    CHECK(person.choices() == all_choices());
  }
}

TEST_CASE("picker: with a filter the keys type, Enter chooses what is left, and nothing left says so") {
  PickerPerson person;
  person.type("/qqjkL");
  CHECK(person.picker.model().filter == "qqjkL");
  CHECK_FALSE(person.picker.model().notice.empty());
  CHECK(std::holds_alternative<std::monostate>(person.press(KeyName::kEnter)));
  person.press(KeyName::kEscape);
  CHECK(person.picker.model().notice.empty());
  person.type("/qq/");
  const Picked picked = person.press(KeyName::kEnter);
  REQUIRE(std::holds_alternative<client::PickedScenario>(picked));
  CHECK(std::get<client::PickedScenario>(picked).id == "qq/authorization-code");
}

TEST_CASE("picker: a language in which the filter fits less leaves the selection inside the list") {
  PickerPerson person;
  person.type("/mail");
  const std::size_t english = person.picker.model().entries.size();
  person.press(KeyName::kEnd);
  person.picker.set_language(Language::kChinese);
  REQUIRE(person.picker.model().entries.size() < english);
  REQUIRE_FALSE(person.picker.model().entries.empty());
  CHECK(person.picker.model().selected < person.picker.model().entries.size());
  person.press(KeyName::kEnter);
}

TEST_CASE("picker: finished scenarios are ticked, now and when they come to be") {
  const std::string first(client::kFirstSteps.front());
  PickerPerson person(Language::kEnglish, {first});
  const auto ticks = [&] {
    std::size_t count = 0;
    for (const screen::PickerEntry& entry : person.picker.model().entries) count += entry.done ? 1 : 0;
    return count;
  };
  CHECK(ticks() == 2);  // where one begins, and under its provider
  CHECK(person.selected().done);
  person.picker.set_done({first, "qq/authorization-code", "unknown/one"});
  CHECK(ticks() == 3);
}

TEST_CASE("picker: the form for a real server gives what was entered, and says when it makes no sense") {
  PickerPerson person;
  person.press(KeyName::kEnd);
  CHECK(std::holds_alternative<std::monostate>(person.press(KeyName::kEnter)));
  REQUIRE(person.picker.model().overlay);
  CHECK(person.picker.model().overlay->title == "a real server…");
  CHECK(person.picker.model().keys.empty());  // letters are the form's
  CHECK(person.picker.model().overlay->selected == 0);
  CHECK(std::holds_alternative<std::monostate>(person.press(KeyName::kEnter)));  // no host
  CHECK(person.picker.model().notice.find("host name") != std::string::npos);
  CHECK(person.picker.model().overlay);
  person.type("mail.example.org");
  CHECK(person.picker.model().notice.empty());
  const Picked picked = person.press(KeyName::kEnter);
  REQUIRE(std::holds_alternative<client::PickedServer>(picked));
  CHECK(std::get<client::PickedServer>(picked).host == "mail.example.org");
  CHECK(std::get<client::PickedServer>(picked).port == 587);
  CHECK_FALSE(person.picker.model().overlay);
  person.press(KeyName::kEnter);
  person.press(KeyName::kEscape);
  CHECK_FALSE(person.picker.model().overlay);
}

TEST_CASE("picker: g puts the list together in another way, and the same scenario stays selected") {
  PickerPerson person;
  person.type("/534 5.7.9");
  person.press(KeyName::kEscape);
  for (int i = 0; i < 20; ++i) person.press(KeyName::kDown);
  const std::string selected = person.selected().text;
  const std::size_t count = embedded().size() + 1;
  struct Row {
    std::string title;
    std::string key;
    std::string first_heading;
  };
  for (const Row& row : {Row{"by provider", "by subject", "Begin here"}, Row{"by subject", "by code", "Basics"},
                         Row{"by code", "by provider", smallest_code()}, Row{"by provider", "by subject", "Begin here"}}) {
    CAPTURE(row.title);
    const screen::PickerScreen model = person.picker.model();
    CHECK(model.title == "Choose a scenario · " + row.title);
    const bool offers = std::any_of(model.keys.begin(), model.keys.end(), [&](const screen::KeyHint& key) {
      return key.key == "g" && key.label == row.key && key.usable;
    });
    CHECK(offers);
    CHECK(model.entries.front().text.starts_with(row.first_heading));
    CHECK(person.choices() == (row.title == "by provider" ? all_choices() : count));
    CHECK(person.selected().text == selected);
    person.type("g");
  }
  person.press(KeyName::kEnd);
  person.type("g");
  CHECK(person.selected().text == "a real server…");
}

TEST_CASE("picker: a filter holds in every grouping, and a group that it leaves empty has no heading") {
  PickerPerson person;
  person.type("/authentication");
  person.press(KeyName::kEnter);  // a lesson is chosen, the filter stays
  const std::size_t found = person.choices();
  person.type("g");
  const screen::PickerScreen by_subject = person.picker.model();
  CHECK(person.choices() == found);
  CHECK(by_subject.entries.front().text == "Authentication");
  person.type("/nothing like it");
  person.press(KeyName::kEnter);
  person.type("ggg");
  CHECK(person.picker.model().entries.empty());
  person.press(KeyName::kEscape);
  CHECK_FALSE(person.selected().heading);
  person.picker.set_language(Language::kChinese);
  person.type("/认证");
  CHECK(person.choices() >= found / 2);
}

TEST_CASE("picker: L, ?, q and Ctrl-C") {
  PickerPerson person;
  CHECK(std::holds_alternative<client::PickLanguage>(person.type("L")));
  CHECK(std::holds_alternative<std::monostate>(person.type("?")));
  REQUIRE(person.picker.model().overlay);
  CHECK(person.picker.model().overlay->lines.size() == person.picker.model().keys.size() + 1);
  CHECK(std::holds_alternative<std::monostate>(person.type("q")));  // closes the help
  CHECK_FALSE(person.picker.model().overlay);
  CHECK(std::holds_alternative<client::PickQuit>(person.type("q")));
  CHECK(std::holds_alternative<client::PickQuit>(person.picker.press({KeyName::kControl, "c"})));
  CHECK(std::holds_alternative<std::monostate>(person.press(KeyName::kResize)));
}

TEST_CASE("picker: in Chinese everything but the filter is Chinese") {
  PickerPerson person;
  person.picker.set_language(Language::kChinese);
  const screen::PickerScreen model = person.picker.model();
  CHECK(model.title == "选择一个场景 · 按服务商");
  CHECK(model.entries.back().text == "连接真实服务器…");
  for (const scenario::Head& scenario : embedded()) {
    for (const screen::PickerEntry& entry : model.entries) {
      CHECK(entry.text != scenario.title.en);
      CHECK(entry.summary != scenario.summary.en);
    }
  }
}

TEST_CASE("picker: the scenarios may come later") {
  Picker picker({}, {"qq/authorization-code"}, Language::kEnglish);
  CHECK(picker.model().entries.size() == 1);  // the real server
  picker.set_scenarios(embedded());
  const screen::PickerScreen model = picker.model();
  CHECK(model.entries.size() > embedded().size());
  CHECK_FALSE(model.entries[model.selected].heading);
  CHECK(std::count_if(model.entries.begin(), model.entries.end(), [](const auto& entry) { return entry.done; }) == 1);
}

TEST_CASE("picker: a notice lasts until the next key") {
  PickerPerson person;
  person.picker.say("cannot open x");
  CHECK(person.picker.model().notice == "cannot open x");
  person.press(KeyName::kDown);
  CHECK(person.picker.model().notice.empty());
}

TEST_CASE("picker: first steps are lessons that exist, and each leads to the next one") {
  const std::vector<scenario::Head> heads = embedded();
  CHECK(client::first_steps(heads).size() == client::kFirstSteps.size());
  for (std::size_t i = 0; i + 1 < client::kFirstSteps.size(); ++i) {
    const auto next = client::lesson_behind(heads, client::kFirstSteps[i]);
    REQUIRE(next);
    CHECK(heads[*next].id == client::kFirstSteps[i + 1]);
  }
  struct Row {
    std::string name;
    std::string id;
    std::optional<std::string> next;
  };
  for (const Row& row : {Row{"in the list", heads[0].id, heads[1].id}, Row{"the last one", heads.back().id, std::nullopt},
                         Row{"a file of one's own", "mine", std::nullopt}}) {
    CAPTURE(row.name);
    const auto next = client::lesson_behind(heads, row.id);
    CHECK((next ? std::optional(heads[*next].id) : std::nullopt) == row.next);
  }
}

TEST_CASE("picker: a lesson that was left, or the one behind it, is selected") {
  PickerPerson person;
  person.picker.select("qq/authorization-code");
  const Picked picked = person.press(KeyName::kEnter);
  REQUIRE(std::holds_alternative<client::PickedScenario>(picked));
  CHECK(std::get<client::PickedScenario>(picked).id == "qq/authorization-code");
  person.picker.select("unknown/one");  // stays where it is
  CHECK_FALSE(person.selected().heading);
  REQUIRE(person.picker.behind("any/accept-all") != nullptr);
  CHECK(person.picker.behind("any/accept-all")->id == client::kFirstSteps[1]);
  CHECK(person.picker.behind("unknown/one") == nullptr);
}
