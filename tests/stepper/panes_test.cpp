#include "client/stepper/panes.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/screen/canvas.h"
#include "core/base64.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using test::Person;
using test::text_of;

namespace {

// The part in brackets: the state where the dialogue is.
std::string here(const std::string& drawing) {
  const std::size_t begin = drawing.find("[ ");
  REQUIRE(begin != std::string::npos);
  CHECK(drawing.find("[ ", begin + 1) == std::string::npos);
  return drawing.substr(begin + 2, drawing.find(" ]", begin) - begin - 2);
}

std::string where(const Person& person) { return text_of(stepper::where_pane(person.view(), Language::kEnglish).lines); }

}  // namespace

TEST_CASE("where you are: every state is drawn, the current one in brackets, with what may be sent") {
  struct Row {
    std::string name;
    std::vector<std::string> sent;
    std::string state;
    std::string may;
  };
  const std::vector<Row> rows{
      {"greeted", {}, "greeted", "HELO · EHLO · RSET · VRFY · EXPN · HELP · NOOP · QUIT"},
      {"behind HELO", {"HELO a.example\r\n"}, "ready", "HELO · EHLO · MAIL · RSET · VRFY · EXPN · HELP · NOOP · QUIT · AUTH"},
      {"behind EHLO",
       {"EHLO a.example\r\n"},
       "ready",
       "HELO · EHLO · MAIL · RSET · VRFY · EXPN · HELP · NOOP · QUIT · AUTH · STARTTLS"},
      {"in a login", {"EHLO a.example\r\n", "AUTH LOGIN\r\n"}, "auth", "base64 · *"},
      {"closed", {"QUIT\r\n"}, "closed", "(none)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Person person("netease/first-mail");
    for (const std::string& bytes : row.sent) {
      person.dialogue.send(bytes);
      person.dialogue.answer();
    }
    const std::string drawing = where(person);
    CAPTURE(drawing);
    CHECK(here(drawing) == row.state);
    CHECK(test::has(drawing, "The RFC allows  " + row.may + "\n"));
    for (const char* const state : {"connected", "greeted", "mail", "rcpt", "data", "auth"}) CHECK(test::has(drawing, state));
  }
}

TEST_CASE("where you are: the states of a transaction") {
  struct Row {
    std::string sent;
    std::string state;
    std::string may;
  };
  Person person("any/accept-all");
  for (const Row& row : {Row{"EHLO a.example\r\n", "ready", "MAIL"}, Row{"MAIL FROM:<a@b.c>\r\n", "mail", "RCPT"},
                         Row{"RCPT TO:<d@e.f>\r\n", "rcpt", "DATA"}, Row{"DATA\r\n", "data", "… CRLF . CRLF"},
                         Row{"x\r\n.\r\n", "ready", "MAIL"}}) {
    person.dialogue.send(row.sent);
    person.dialogue.answer();
    CHECK(here(where(person)) == row.state);
    CHECK(test::has(where(person), row.may));
  }
}

TEST_CASE("where you are: auth hangs below the state it leads from") {
  for (const bool greeted : {false, true}) {
    Person person("netease/first-mail");
    if (greeted) {
      person.dialogue.send("HELO a.example\r\n");
      person.dialogue.answer();
    }
    const auto lines = stepper::where_pane(person.view(), Language::kEnglish).lines;
    const std::string chain = text_of(lines[0]);
    const std::string below = text_of(lines[1]);
    const std::size_t ready = chain.find("ready");
    REQUIRE(ready != std::string::npos);
    const std::size_t column = screen::width(chain.substr(0, ready));
    const std::size_t branch = screen::width(below.substr(0, below.find("└")));
    CHECK(branch >= column - 2);
    CHECK(branch <= column + 1);
    CHECK(screen::width(chain) <= 58);  // the room the screen keeps for it
  }
}

TEST_CASE("where you are: the handshake and the chunks are drawn where the server offers them") {
  Person plain("netease/first-mail");
  plain.step(1);
  CHECK_FALSE(test::has(where(plain), "handshake"));
  CHECK_FALSE(test::has(where(plain), "bdat"));
  Person person("any/submission");
  for (const char* const bytes : {"EHLO a.example\r\n", "MAIL FROM:<a@b.c>\r\n", "RCPT TO:<d@e.f>\r\n"}) {
    person.dialogue.send(bytes);
    person.dialogue.answer();
  }
  const auto lines = stepper::where_pane(person.view(), Language::kEnglish).lines;
  const std::string chain = text_of(lines[0]);
  const std::string below = text_of(lines[1]);
  CHECK(here(where(person)) == "rcpt");
  CHECK(test::has(where(person), "└▶ handshake ─▶ greeted\n"));
  REQUIRE(below.find("bdat") != std::string::npos);
  const std::size_t branch = screen::width(below.substr(0, below.rfind("└")));
  const std::size_t rcpt = screen::width(chain.substr(0, chain.find("rcpt")));
  CHECK(branch + 2 >= rcpt);
  CHECK(branch <= rcpt + 1);
  CHECK(screen::width(below) <= 58);
  person.dialogue.send("BDAT 3\r\nabc");
  person.dialogue.answer();
  CHECK(here(where(person)) == "bdat");
  person.dialogue.send("BDAT 5\r\nab");
  CHECK(test::has(where(person), "The RFC allows  …\n"));
}

TEST_CASE("memory: the values start in one column, in both languages, and say whether they are inferred") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const bool is_mock : {true, false}) {
      Person person("any/accept-all", language, is_mock);
      const screen::Pane pane = stepper::memory_pane(person.view(), language);
      CHECK(test::has(pane.title, std::string(client::word(client::Word::kInferred, language))) == !is_mock);
      REQUIRE(pane.lines.size() == 6);
      for (const screen::Line& line : pane.lines) {
        REQUIRE(line.size() == 2);
        CHECK(screen::width(line[0].text) == screen::width(pane.lines[0][0].text));
        CHECK(line[0].text.ends_with("  "));
      }
    }
  }
}

TEST_CASE("memory: what the commands gave is there, hostile octets made safe, many recipients counted") {
  Person person("netease/first-mail");
  const auto memory = [&] { return text_of(stepper::memory_pane(person.view(), Language::kEnglish).lines); };
  const auto say = [&](const std::string& bytes) {
    person.dialogue.send(bytes);
    person.dialogue.answer();
  };
  CHECK(test::has(memory(), "client name    (none)\n"));
  CHECK(test::has(memory(), "reverse-path   (empty)\n"));
  CHECK(test::has(memory(), "forward-paths  (none)\n"));
  CHECK(test::has(memory(), "authenticated  no\n"));
  person.step(4);
  CHECK(test::has(memory(), "authenticated  alice@163.com\n"));
  say("MAIL FROM:<>\r\n");
  say("RSET\r\n");
  say("MAIL FROM:<alice@163.com>\r\n");
  CHECK(test::has(memory(), "reverse-path   <alice@163.com>\n"));
  for (const char* const name : {"a", "b", "c", "d", "e", "f"}) say("RCPT TO:<" + std::string(name) + "@example.org>\r\n");
  CAPTURE(memory());
  CHECK(test::has(memory(), "<d@example.org> +2\n"));
  say("DATA\r\n");
  say("12345\r\n");
  CHECK(test::has(memory(), "message        7 octets\n"));
}

TEST_CASE("dialogue: one item an event, passwords hidden, base64 decoded beside it") {
  Person person("netease/wrong-password");
  person.step(7);
  const auto items = stepper::dialogue_items(*person.dialogue.log, Language::kEnglish, false);
  REQUIRE(items.size() == person.dialogue.log->events().size());
  std::string all;
  for (const screen::DialogueItem& item : items) all += item.number + item.speaker + " " + text_of(item.lines);
  CAPTURE(all);
  const scenario::Account& account = person.dialogue.scenario.accounts.front();
  CHECK(test::has(all, "· connected to 192.0.2.2:25\n"));
  CHECK(test::has(all, "1C HELO client.example\n"));
  CHECK(test::has(all, "⟨" + account.user + "⟩"));
  CHECK(test::has(all, "⟨username:⟩"));
  CHECK(test::has(all, "C ********  ⟨********⟩"));
  CHECK(test::has(all, "C ********  ⟨********␊⟩  !"));  // the newline is the mistake: it stays visible
  for (const std::string& secret : {account.password, account.web_password}) {
    CHECK_FALSE(test::has(all, secret));
    CHECK_FALSE(test::has(all, core::base64_encode(secret)));
  }
  std::string shown;
  for (const screen::DialogueItem& item : stepper::dialogue_items(*person.dialogue.log, Language::kEnglish, true))
    shown += text_of(item.lines);
  CHECK(test::has(shown, "⟨" + account.password + "␊⟩"));
}

TEST_CASE("dialogue: a reply's role is the class of its code, and a reply of several lines is one item") {
  Person person("any/accept-all");
  person.step(5);
  person.dialogue.send("\r\n.\r\n");
  person.dialogue.answer();
  person.dialogue.send("FOO\r\n");
  person.dialogue.answer();
  const auto items = stepper::dialogue_items(*person.dialogue.log, Language::kEnglish, false);
  const auto role_of = [&](std::string_view beginning) {
    const auto hit = std::find_if(items.begin(), items.end(),
                                  [&](const auto& item) { return text_of(item.lines.front()).starts_with(beginning); });
    REQUIRE(hit != items.end());
    return hit->lines.front().front().role;
  };
  CHECK(role_of("220") == screen::Role::kPositive);
  CHECK(role_of("354") == screen::Role::kMore);
  CHECK(role_of("500") == screen::Role::kPermanent);
  CHECK(role_of("FOO") == screen::Role::kClient);
  const auto ehlo = std::find_if(items.begin(), items.end(),
                                 [](const auto& item) { return text_of(item.lines.front()).starts_with("250-"); });
  REQUIRE(ehlo != items.end());
  CHECK(ehlo->lines.size() > 2);
}
