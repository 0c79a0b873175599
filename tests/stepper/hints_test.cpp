// What a lesson says of its steps: whole on the smallest usual terminal, before the line without its answer, behind it in
// place.
#include <cctype>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "client/screen/canvas.h"
#include "tests/scenario/beyond.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using test::Person;

namespace {

// Without blanks and borders: what was wrapped is one text again.
std::string squeezed(const std::vector<std::string>& rows) {
  constexpr std::string_view kSide = "│";
  std::string text;
  for (const std::string& row : rows) {
    std::string_view part = row;
    if (part.ends_with(kSide)) part.remove_suffix(kSide.size());
    if (const std::size_t side = part.rfind(kSide); side != std::string_view::npos) part.remove_prefix(side + kSide.size());
    for (const char c : part) {
      if (std::isspace(static_cast<unsigned char>(c)) == 0) text += c;
    }
  }
  return text;
}

std::string squeezed(const std::string& text) { return squeezed(std::vector<std::string>{text}); }

// Whether the text stands there from its first letter to its last.
bool is_whole(const Person& person, const core::Text& text, screen::Size size, Language language) {
  const screen::Canvas canvas = screen::draw(person.model(), size, language);
  return test::has(squeezed(canvas.rows()), squeezed(text.in(language)));
}

}  // namespace

TEST_CASE("hints: every step of every lesson is whole before and behind it, in both languages at 80x24") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const std::string& id : scenario::Catalogue::embedded().ids()) {
      CAPTURE(id);
      Person person(id, language);
      person.wide = false;
      if (scenario_test::is_beyond_a_session(person.dialogue.scenario)) continue;
      for (const scenario::Step& step : person.dialogue.scenario.steps) {
        CAPTURE(step.say.en);
        person.now += step.wait;
        person.dialogue.running += step.wait;
        CHECK(is_whole(person, step.say, {80, 24}, language));
        person.type("\n");
        if (step.expect && !step.then.empty()) CHECK(is_whole(person, step.then, {80, 24}, language));
      }
    }
  }
}

TEST_CASE("hints: the line before the answer does not name its code") {
  for (const std::string& id : scenario::Catalogue::embedded().ids()) {
    CAPTURE(id);
    for (const scenario::Step& step : test::load(id).steps) {
      CAPTURE(step.say.en);
      if (!step.expect) continue;
      for (const std::string& text : {step.say.en, step.say.zh}) CHECK_FALSE(test::has(text, step.expect->text));
    }
  }
}

TEST_CASE("hints: what a lesson said stays with the line and its answer") {
  Person person("netease/auth-required");
  person.step(2);
  const scenario::Step& step = person.dialogue.scenario.steps[1];
  person.step(3);
  person.type("");
  const auto pane_of = [&](std::size_t event) {
    person.press(screen::KeyName::kHome);
    for (std::size_t i = 0; i < event; ++i) person.press(screen::KeyName::kDown);
    return test::text_of(person.model().meaning.lines);
  };
  CHECK(test::has(pane_of(4), step.say.en));  // connected, greeting, HELO, its answer, MAIL
  CHECK_FALSE(test::has(pane_of(4), step.then.en));
  CHECK(test::has(pane_of(5), step.then.en));
}

TEST_CASE("hints: a lesson ends with what it was about and what comes next") {
  Person person("any/accept-all");
  person.stepper.set_next_lesson({"The next one", "下一个"});
  while (!person.stepper.is_finished()) {
    CHECK_FALSE(test::has(test::text_of(person.model().meaning.lines), "The next one"));
    person.type("\n");
  }
  const std::string pane = test::text_of(person.model().meaning.lines);
  CHECK(test::has(pane, person.dialogue.scenario.summary.en));
  CHECK(test::has(pane, "The next one"));
}
