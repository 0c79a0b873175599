// The step screen on a dialogue in IMAP, drawn: panes, the server's memory, data that are folded, a mail taken apart.
#include <string>

#include <doctest/doctest.h>

#include "client/screen/canvas.h"
#include "client/screen/screen_model.h"
#include "tests/screen/golden.h"
#include "tests/stepper/in_memory.h"

namespace {

using core::Language;
using test::Person;

void draw(const std::string& name, const Person& person, screen::Size size, Language language) {
  test::check_golden(name + (language == Language::kEnglish ? "-en" : "-zh"), size,
                     screen::draw(person.model(), size, language));
}

template <typename Check>
void in_both(const char* id, Check check) {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const screen::Size size : {screen::Size{80, 24}, screen::Size{140, 40}}) {
      Person person(id, language);
      person.wide = size.columns > 100;
      person.stepper.set_size(size);
      check(person, size, language);
    }
  }
}

}  // namespace

TEST_CASE("imap on the screen: one path through two protocols, its mailbox open") {
  in_both("netease/read-at-qq", [](Person& person, screen::Size size, Language language) {
    person.step(10);
    draw("imap-before-connecting", person, size, language);
    person.step(3);
    draw("imap-select", person, size, language);
    if (!person.wide) person.type("\t");
    if (!person.wide) draw("imap-where", person, size, language);
    if (!person.wide) person.type("\t");
    if (!person.wide) draw("imap-memory", person, size, language);
  });
}

TEST_CASE("imap on the screen: a fetched message, and what it is when it is taken apart") {
  in_both("netease/read-at-qq", [](Person& person, screen::Size size, Language language) {
    person.step(14);
    person.press(screen::KeyName::kUp);
    draw("imap-fetched", person, size, language);
    person.type("v");
    draw("imap-letter", person, size, language);
  });
}

TEST_CASE("imap on the screen: of long data the middle is left out") {
  in_both("any-imap/structure", [](Person& person, screen::Size size, Language language) {
    person.step(2);
    person.type(":z9 FETCH 1 (BODY.PEEK[])\n");
    person.press(screen::KeyName::kUp);
    draw("imap-folded", person, size, language);
  });
}

TEST_CASE("imap on the screen: looking back into the other protocol, each line is explained in its own") {
  Person person("any/read-over-pop3");
  person.step(13);
  for (const char* const verb : {"EHLO", "MAIL", "STAT"}) {
    CAPTURE(verb);
    person.press(screen::KeyName::kHome);
    const auto& events = person.dialogue.log->events();
    for (std::size_t i = 0; i < events.size() && !events[i].bytes.starts_with(verb); ++i) person.press(screen::KeyName::kDown);
    const std::string meaning = test::text_of(person.model().meaning.lines);
    CAPTURE(meaning);
    CHECK(test::has(meaning, verb));
    CHECK_FALSE(test::has(meaning, "no command"));
  }
}
