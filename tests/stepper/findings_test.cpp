// What the step screen tells of mistakes: one's own, before anything general, and not those of lines that it proposed itself.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/stepper/findings_told.h"
#include "tests/screen/golden.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using test::Person;
using test::text_of;

namespace {

std::string meaning_of(const Person& person) { return text_of(person.model().meaning.lines); }

// The marks behind the lines of the dialogue.
std::size_t marks_in(const Person& person) {
  std::size_t marks = 0;
  for (const screen::DialogueItem& item : person.model().dialogue) {
    for (const screen::Line& line : item.lines) marks += text_of(line).ends_with("  !") ? 1 : 0;
  }
  return marks;
}

std::size_t at(const std::string& text, const std::string& part) {
  CAPTURE(text);
  const std::size_t found = text.find(part);
  REQUIRE(found != std::string::npos);
  return found;
}

// HELO as it is proposed, then MAIL without its colon, typed, and RCPT all the same.
void make_mistakes(Person& person) {
  person.step(1);
  person.type(":MAIL FROM <alice@163.com>\n");
  person.type(":RCPT TO:<bob@163.com>\n");
}

}  // namespace

TEST_CASE("findings on the screen: at the line and at its reply, above what is generally so") {
  Person person("netease/first-mail");
  person.step(1);
  person.type(":MAIL FROM <alice@163.com>\n");
  // The reply is selected: what the server says itself stands below.
  const std::string reply = meaning_of(person);
  CHECK(at(reply, "!  The colon is missing") < at(reply, "553"));
  CHECK(at(reply, "!  MAIL FROM before the login") < at(reply, "Why"));
  CHECK(test::has(reply, "Do  MAIL FROM:<alice@example.com>"));
  CHECK(test::has(reply, "Rule  RFC 5321 §4.1.1.2"));
  person.press(screen::KeyName::kUp);
  const std::string line = meaning_of(person);
  CHECK(line.starts_with("!  The colon is missing\n"));
  CHECK(test::has(line, "Do  MAIL FROM:<alice@example.com>"));
  CHECK(line.find("The colon is missing", line.find("The colon is missing") + 1) == std::string::npos);  // once
  CHECK(marks_in(person) == 1);
}

TEST_CASE("findings on the screen: what follows from a mistake stands with it, and is no news") {
  Person person("netease/first-mail");
  make_mistakes(person);
  const std::string last = meaning_of(person);
  CHECK(test::has(last, "!  The error was not noticed\n→ From  MAIL FROM before the login"));
  CHECK_FALSE(test::has(last, "!  Too early for this command"));
  person.press(screen::KeyName::kUp);
  person.press(screen::KeyName::kUp);
  CHECK(test::has(meaning_of(person), "→ Then  The error was not noticed"));
}

TEST_CASE("findings on the screen: of the lines that it proposes there are none") {
  Person person("netease/auth-required");
  for (int i = 0; i < 11; ++i) {
    person.step(1);
    CHECK_FALSE(test::has(meaning_of(person), "Rule  "));
    CHECK_FALSE(test::has(meaning_of(person), "Advice  "));
  }
}

TEST_CASE("findings on the screen: a mistake made on purpose is one") {
  Person person("netease/first-mail");
  person.step(2);  // HELO, AUTH LOGIN
  const std::size_t before = marks_in(person);
  person.type("m\x1b");  // looked at, and left
  CHECK(marks_in(person) == before);
  person.type("m");
  REQUIRE(person.model().overlay);
  std::size_t row = 0;
  while (!test::has(text_of(person.model().overlay->lines[row]), "newline")) ++row;
  for (std::size_t i = 0; i < row; ++i) person.press(screen::KeyName::kDown);
  person.type("\n\n");
  CHECK(test::has(meaning_of(person), "!  A line end inside the base64"));
  CHECK(marks_in(person) == before + 1);
}

TEST_CASE("findings on the screen: advice is a line, a guess is called one, and the same again is said in short") {
  Person person("any/accept-all");
  person.type(":HELO a\n");
  CHECK(test::has(meaning_of(person), "Advice  HELO with a short name: EHLO client.example, or EHLO [192.0.2.10]\n"));
  person.type(":MAIL FROM alice@mock.example\n");
  CHECK(test::has(meaning_of(person), "Rule  "));
  person.type(":RSET\n");
  person.type(":MAIL FROM alice@mock.example\n");
  CHECK(test::has(meaning_of(person), " (again)\n"));
  CHECK_FALSE(test::has(meaning_of(person), "Rule  "));
}

TEST_CASE("findings on the screen: going back takes them back") {
  Person person("netease/first-mail");
  make_mistakes(person);
  CHECK(person.dialogue.verdicts().all().size() == 3);
  person.dialogue.start();
  person.dialogue.answer();
  person.stepper.restarted();
  person.stepper.follow(person.view());
  person.say("HELO client.example\r\n", true);
  CHECK(person.dialogue.verdicts().all().empty());
  CHECK(marks_in(person) == 0);
}

TEST_CASE("findings on the screen: drawn in both sizes and languages") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const std::string code = language == Language::kEnglish ? "en" : "zh";
    for (const screen::Size size : {screen::Size{80, 24}, screen::Size{140, 40}}) {
      Person person("netease/first-mail", language);
      person.wide = size.columns > 100;
      make_mistakes(person);
      test::check_golden("findings-follows-" + code, size, screen::draw(person.model(), size, language));
      person.press(screen::KeyName::kUp);
      person.press(screen::KeyName::kUp);
      test::check_golden("findings-cause-" + code, size, screen::draw(person.model(), size, language));
    }
  }
}
