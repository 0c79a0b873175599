// Small letters are keys, and commands are typed in small letters; several lines are pasted.
#include <cctype>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "client/stepper/typed_verb.h"
#include "smtp/input.h"
#include "tests/stepper/in_memory.h"

using screen::KeyName;
using stepper::Act;
using test::Person;

namespace {

std::string in_small_letters(std::string_view text) {
  std::string small;
  for (const char c : text) small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return small;
}

stepper::Requests paste(Person& person, std::string text) { return person.press({KeyName::kPaste, std::move(text)}); }

}  // namespace

TEST_CASE("typing: a command in small letters is a line, whatever keys its letters are") {
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (row.verb.empty()) continue;
    for (const std::string& typed : {in_small_letters(row.verb) + " a", in_small_letters(row.verb) + " a b"}) {
      CAPTURE(typed);
      Person person("any/accept-all");
      person.step(1);
      for (const screen::Key& key : test::keys_of(typed)) {
        for (const stepper::Request& request : person.press(key))
          CHECK((std::holds_alternative<stepper::ChangeSecrets>(request) && typed.starts_with("starttls")));
      }
      CHECK(person.model().next.text == typed + "␍␊");
      CHECK_FALSE(person.model().overlay);
      person.type("\n");
      CHECK(person.sent.back() == typed + "\r\n");
    }
  }
}

TEST_CASE("typing: what the first letter did as a key is taken back") {
  Person person("any/accept-all");
  const std::string proposed = person.model().next.text;
  person.type("noop");
  person.type("\x1b");
  CHECK(person.model().next.text == proposed);
  CHECK(std::holds_alternative<stepper::ChangeSecrets>(person.type("s").front()));
  CHECK(std::holds_alternative<stepper::ChangeSecrets>(person.type("t").front()));  // and back
  CHECK(person.model().next.text == "st␍␊");
}

TEST_CASE("typing: letters that are no command are keys, each by itself") {
  struct Row {
    const char* name;
    const char* keys;
    const char* title;  // of the overlay that is open then
  };
  for (const Row& row : {Row{"another step, then the help", "n?", "Keys"}, Row{"secrets, then the bench", "sb", "Base64 bench"},
                         Row{"the bench, and a word typed in it", "bdora", "Base64 bench"}}) {
    CAPTURE(row.name);
    Person person("any/accept-all");
    person.type(row.keys);
    REQUIRE(person.model().overlay);
    CHECK(person.model().overlay->title == row.title);
  }
}

TEST_CASE("typing: e edits what is proposed, : begins an empty line, also with letters of a command behind them") {
  struct Row {
    const char* keys;
    const char* line;
  };
  for (const Row& row :
       {Row{"e", "EHLO client.example␍␊"}, Row{"ex", "EHLO client.examplex␍␊"}, Row{"eh", "EHLO client.exampleh␍␊"},
        Row{"ehlo", "ehlo␍␊"}, Row{":", "␍␊"}, Row{":q", "q␍␊"}, Row{":ehlo", "ehlo␍␊"}, Row{":e", "e␍␊"}}) {
    CAPTURE(row.keys);
    Person person("any/accept-all");
    person.type(row.keys);
    CHECK(person.model().next.editing);
    CHECK(person.model().next.text == row.line);
  }
}

TEST_CASE("typing: quit is a line, and q alone asks before it leaves") {
  Person person("any/accept-all");
  CHECK(person.type("quit").empty());
  CHECK(person.model().next.text == "quit␍␊");
  person.type("\n");
  CHECK(person.dialogue.last_code() == "221");
}

TEST_CASE("typing: three pasted lines are three lines, each sent when the one before is answered") {
  Person person("any/accept-all");
  CHECK(paste(person, "EHLO a.example\nMAIL FROM:<a@b.c>\nRCPT TO:<d@e.f>").empty());  // shown before anything goes out
  CHECK(person.model().next.text == "EHLO a.example␍␊MAIL FROM:<a@b.c>␍␊RCPT TO:<d@e.f>␍␊");
  const stepper::Requests requests = person.type("\n");
  REQUIRE(requests.size() == 1);
  REQUIRE(std::holds_alternative<stepper::SendInTurn>(requests.front()));
  CHECK(person.sent == std::vector<std::string>{"EHLO a.example\r\n", "MAIL FROM:<a@b.c>\r\n", "RCPT TO:<d@e.f>\r\n"});
  CHECK(person.dialogue.client().texts("forward-paths").size() == 1);
}

TEST_CASE("typing: a pasted line is one line, also one whose letters are keys") {
  Person person("any/accept-all");
  CHECK(paste(person, "quit").empty());
  CHECK(person.model().next.text == "quit␍␊");
  CHECK(std::holds_alternative<stepper::SendBytes>(person.type("\n").front()));
}

TEST_CASE("typing: in a message a pasted text keeps its lines, in the bench it is one") {
  Person person("any/accept-all");
  while (person.dialogue.client().mode() != protocol::Mode::kContent) person.type("\n");
  person.type("e");
  paste(person, "one\ntwo");
  REQUIRE(person.model().overlay);
  CHECK(person.model().overlay->lines.size() > 2);
  person.type("\x1b");
  person.type("b");
  paste(person, "one\ntwo");
  CHECK(test::text_of(person.model().overlay->lines.front()) == "one two");
}

TEST_CASE("typing: on a real server in clear a pasted password is asked about, and then sent line by line") {
  Person person("any/accept-all", core::Language::kEnglish, false);
  const std::string lines = "EHLO a.example\nAUTH PLAIN AGEAYg==";
  paste(person, lines);
  CHECK(person.type("\n").empty());
  CHECK(person.sent.empty());
  person.type("y");
  CHECK(person.sent == std::vector<std::string>{"EHLO a.example\r\n", "AUTH PLAIN AGEAYg==\r\n"});
}
