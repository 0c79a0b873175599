#include "client/stepper/stepper.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "client/screen/draw_overlay.h"
#include "core/base64.h"
#include "smtp/door.h"
#include "smtp/input.h"
#include "tests/scenario/beyond.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using screen::KeyName;
using stepper::Act;
using test::has;
using test::Person;
using test::text_of;

namespace {

template <typename Wanted>
bool asks_for(const stepper::Requests& requests) {
  return requests.size() == 1 && std::holds_alternative<Wanted>(requests.front());
}

std::string in_english(client::Word word) { return std::string(client::word(word, Language::kEnglish)); }

bool usable(const Person& person, Act act) {
  const auto keys = person.model().keys;
  const auto hint = std::find_if(keys.begin(), keys.end(),
                                 [&](const auto& one) { return one.label == in_english(stepper::key_row(act).label); });
  REQUIRE(hint != keys.end());
  return hint->usable;
}

}  // namespace

TEST_CASE("stepper: Enter sends the proposed step, through to the end of every lesson") {
  for (const std::string& id : scenario::Catalogue::embedded().ids()) {
    CAPTURE(id);
    Person person(id);
    if (scenario_test::is_beyond_a_session(person.dialogue.scenario)) continue;
    const std::size_t steps = person.dialogue.scenario.steps.size();
    for (std::size_t i = 0; i < steps; ++i) {
      CHECK_FALSE(person.stepper.is_finished());
      const screen::StepScreen before = person.model();
      CHECK_FALSE(before.next.why.empty());
      CHECK(has(before.status, "step " + std::to_string(i + 1) + "/" + std::to_string(steps)));
      person.now += person.dialogue.scenario.steps[i].wait;
      person.dialogue.running += person.dialogue.scenario.steps[i].wait;
      const stepper::Requests asked = person.type("\n");
      CHECK((person.dialogue.scenario.steps[i].connects ? asks_for<stepper::ConnectAgain>(asked)
                                                        : asks_for<stepper::SendBytes>(asked)));
    }
    CHECK(person.stepper.is_finished());
    CHECK(has(person.model().notice, "The lesson ends here."));
    CHECK(person.model().selected + 1 == person.model().dialogue.size());
  }
}

TEST_CASE("stepper: another step goes round the legal ones and back to the first") {
  Person person("any/accept-all");
  const std::string first = person.model().next.text;
  CHECK(first == "EHLO client.example␍␊");
  std::vector<std::string> seen{first};
  for (person.type("n"); person.model().next.text != first && seen.size() < 50; person.type("n")) {
    seen.push_back(person.model().next.text);
    CHECK(person.model().next.why.size() > 20);  // what the command is for
  }
  CHECK(seen.size() == 8);
  CHECK(std::find(seen.begin(), seen.end(), "QUIT␍␊") != seen.end());
  person.type("nn");
  CHECK(asks_for<stepper::SendBytes>(person.type("\n")));
  CHECK(person.sent.back() + "" == seen[2].substr(0, seen[2].size() - 6) + "\r\n");
  CHECK(person.model().next.why == in_english(client::Word::kConnectWhy));  // that was QUIT
}

TEST_CASE("stepper: typing opens the editor with that letter, the line end behind the cursor") {
  Person person("any/accept-all");
  person.type("HELO x");
  CHECK(person.model().next.editing);
  CHECK(person.model().next.text == "HELO x␍␊");
  CHECK(person.model().next.cursor == 6);
  CHECK(person.model().keys.front().key == "Enter");
  CHECK(asks_for<stepper::SendBytes>(person.type("\n")));
  CHECK(person.sent.back() == "HELO x\r\n");
  CHECK_FALSE(person.model().next.editing);
}

TEST_CASE("stepper: letters that are keys do what they are for, everything else types") {
  for (char c = '!'; c <= '~'; ++c) {
    CAPTURE(std::string(1, c));
    Person person("any/accept-all");
    person.type(std::string(1, c));
    const bool is_key = stepper::act_of({KeyName::kText, std::string(1, c)}, true).has_value();
    const screen::StepScreen model = person.model();
    if (is_key) {
      CHECK((!model.next.editing || c == 'e' || c == ':'));
    } else {
      CHECK(model.next.text == std::string(1, c) + "␍␊");
    }
  }
}

TEST_CASE("stepper: the line can be edited before it goes, its ends too") {
  struct Row {
    std::string name;
    std::string keys;
    std::string sent;
  };
  for (const Row& row :
       {Row{"as it is", "e\n", "EHLO client.example\r\n"}, Row{"longer", "ex\n", "EHLO client.examplex\r\n"},
        Row{"Ctrl-U clears", "e\x15NOOP\n", "NOOP\r\n"}, Row{"Ctrl-R inserts CR", "e\x12\n", "EHLO client.example\r\r\n"},
        Row{"Ctrl-L inserts LF", "e\x0c\n", "EHLO client.example\n\r\n"}}) {
    CAPTURE(row.name);
    Person person("any/accept-all");
    person.type(row.keys);
    REQUIRE_FALSE(person.sent.empty());
    CHECK(person.sent.back() == row.sent);
  }
}

TEST_CASE("stepper: Escape leaves the line as it was proposed") {
  Person person("any/accept-all");
  person.type("exyz\x1b");
  CHECK_FALSE(person.model().next.editing);
  CHECK(person.model().next.text == "EHLO client.example␍␊");
  CHECK(person.sent.empty());
}

TEST_CASE("stepper: a line without CR LF is sent so, and said to be waiting; Enter then sends the end") {
  Person person("any/accept-all");
  person.type("e");
  person.press(KeyName::kDelete);
  person.press(KeyName::kDelete);
  CHECK(person.model().next.text == "EHLO client.example");
  person.type("\n");
  CHECK(person.sent.back() == "EHLO client.example");
  CHECK(person.model().notice == in_english(client::Word::kUnfinishedLine));
  CHECK(person.model().next.text == "␍␊");
  person.type("\n");
  CHECK(person.sent.back() == "\r\n");
  CHECK(person.dialogue.last_code() == "250");
  CHECK(person.model().notice.empty());
  CHECK(person.model().next.text == "MAIL FROM:<alice@client.example>␍␊");
}

TEST_CASE("stepper: a line sent before the reply is not called unfinished") {
  Person person("netease/first-mail");
  person.step(1);
  person.held = true;
  person.type("\n");  // AUTH LOGIN
  person.type("eXYZ\n");
  CHECK(person.sent.size() == 3);
  CHECK_FALSE(has(person.model().notice, "no end"));
}

TEST_CASE("stepper: the list of mistakes shows each line with its mistake, and the chosen one is sent after a look at it") {
  Person person("any/accept-all");
  person.step(1);
  person.type("m");
  REQUIRE(person.model().overlay);
  CHECK(person.model().overlay->title == "Make a mistake on purpose");
  CHECK(person.model().overlay->selected == 0);
  CHECK(has(text_of(person.model().overlay->lines), "no colon  MAIL FROM <alice@client.example>␍␊\n"));
  person.press(KeyName::kUp);
  CHECK(person.model().overlay->selected == 0);
  for (int i = 0; i < 20; ++i) person.press(KeyName::kDown);
  CHECK(person.model().overlay->selected == person.model().overlay->lines.size() - 1);
  person.press(KeyName::kUp);
  person.press(KeyName::kUp);
  CHECK(person.type("\n").empty());
  CHECK_FALSE(person.model().overlay);
  CHECK(person.model().next.text == "MAIL FROM <alice@client.example>␍␊");
  person.type("\n");
  CHECK(person.sent.back() == "MAIL FROM <alice@client.example>\r\n");
  person.type("m\x1b");
  CHECK_FALSE(person.model().overlay);
  person.type("mq");
  CHECK_FALSE(person.model().overlay);
}

TEST_CASE("stepper: passwords are hidden where they are proposed, edited, listed and looked at, until asked for") {
  Person person("netease/first-mail");
  person.step(3);
  REQUIRE(person.dialogue.client().next_is_secret());
  const std::string& password = person.dialogue.scenario.accounts.front().password;
  const std::vector<std::string> secrets{password, core::base64_encode(password)};
  const auto check = [&](const char* what, bool hidden) {
    CAPTURE(what);
    const screen::StepScreen model = person.model();
    std::string shown = model.next.text + text_of(model.meaning.lines);
    for (const screen::DialogueItem& item : model.dialogue) shown += text_of(item.lines);
    if (model.overlay) shown += text_of(model.overlay->lines);
    CAPTURE(shown);
    CHECK((!has(shown, secrets[0]) && !has(shown, secrets[1])) == hidden);
  };
  check("proposed", true);
  person.type("e");
  CHECK(has(person.model().next.text, "•␍␊"));
  check("edited", true);
  person.type("\x1bm");
  CHECK(has(text_of(person.model().overlay->lines), "␊"));  // the mistake itself stays visible
  check("listed", true);
  person.type("\x1b");
  CHECK(asks_for<stepper::ChangeSecrets>(person.type("s")));
  person.stepper.set_show_secrets(true);
  check("asked for", false);
  person.type("m");
  check("asked for in the list", false);
  person.type("\x1b");
  person.stepper.set_show_secrets(false);
  person.type("\n");
  check("sent", true);
  while (person.dialogue.log->events()[person.model().selected].kind != dialogue::Kind::kClient) person.press(KeyName::kUp);
  check("looked at", true);
  person.type("w");
  check("on the wire", true);
  CHECK(has(text_of(person.model().overlay->lines), "2a 2a 2a"));
}

TEST_CASE("stepper: a message is written in an editor of several lines, and goes with CRLFs and doubled dots") {
  Person person("any/accept-all");
  person.step(5);
  person.type("e");
  REQUIRE(person.model().overlay);
  CHECK(has(person.model().overlay->footer, "^D send the text"));
  CHECK(text_of(person.model().overlay->lines[0]) == "From: Alice <alice@client.example>");
  CHECK(asks_for<stepper::OpenEditor>(person.type("\x05")));
  person.stepper.edited("Subject: x\n\n.dot");
  CHECK(person.model().overlay->selected == 2);
  CHECK(person.model().overlay->cursor == 4);
  person.type("\nend");
  CHECK(person.model().overlay->selected == 3);
  CHECK(asks_for<stepper::SendBytes>(person.type("\x04")));
  CHECK(person.sent.back() == "Subject: x\r\n\r\n..dot\r\nend\r\n");
  CHECK(person.model().next.text == ".␍␊");
  person.type("\n");
  CHECK(person.dialogue.last_code() == "250");
}

TEST_CASE("stepper: what $EDITOR writes with CRLF goes out with CRLF once") {
  Person person("any/accept-all");
  person.step(5);
  person.type("e\x05");
  person.stepper.edited("Subject: x\r\n\r\nHi\r\n");
  person.type("\x04");
  CHECK(person.sent.back() == "Subject: x\r\n\r\nHi\r\n");
}

TEST_CASE("stepper: q asks as long as something can be said, in other words within a message, and Ctrl-C never") {
  Person person("any/accept-all");
  CHECK(person.type("q").empty());  // it could be the first letter of QUIT
  CHECK(person.model().notice == in_english(client::Word::kQuitAsked));
  CHECK(asks_for<stepper::Quit>(person.type("q")));
  person.step(5);
  CHECK(person.type("q").empty());
  CHECK(person.model().notice == in_english(client::Word::kHalfSent));
  person.press(KeyName::kUp);  // any other key goes on
  CHECK(person.type("q").empty());
  CHECK(asks_for<stepper::Quit>(person.type("q")));
  CHECK(asks_for<stepper::Quit>(person.type("\x03")));
  person.type("\n");
  person.type("\n");
  person.type("\n");
  CHECK(asks_for<stepper::Quit>(person.type("q")));  // the lesson is over, and the connection
}

TEST_CASE("stepper: o asks while the lesson goes on and something was said") {
  Person person("any/accept-all");
  CHECK(asks_for<stepper::ChooseScenario>(person.type("o")));
  person.step(1);
  CHECK(person.type("o").empty());
  CHECK(person.model().notice == in_english(client::Word::kLeaveAsked));
  CHECK(person.type("q").empty());  // another question
  CHECK(person.type("o").empty());
  CHECK(asks_for<stepper::ChooseScenario>(person.type("o")));
  while (!person.stepper.is_finished()) person.type("\n");
  CHECK(asks_for<stepper::ChooseScenario>(person.type("o")));
}

TEST_CASE("stepper: keys ask the world around for what only it can do") {
  Person person("any/accept-all");
  CHECK(asks_for<stepper::Export>(person.type("x")));
  CHECK(asks_for<stepper::ChangeLanguage>(person.type("L")));
  CHECK(asks_for<stepper::ChangeSecrets>(person.type("s")));
  CHECK(asks_for<stepper::ChooseScenario>(person.type("o")));
  CHECK(person.press(KeyName::kResize).empty());
  person.step(1);
  CHECK(asks_for<stepper::GoBack>(person.type("z")));
}

TEST_CASE("stepper: what cannot be done now says why, and its key is dim") {
  struct Row {
    std::string name;
    bool is_mock;
    std::vector<std::string> sent;
    bool held;
    std::string key;
    Act act;
    client::Word why;
  };
  const std::vector<Row> rows{
      {"back with nothing sent", true, {}, false, "z", Act::kBack, client::Word::kWhyFirst},
      {"back on a real server", false, {"NOOP\r\n"}, false, "z", Act::kBack, client::Word::kWhyRealServer},
      {"send while a reply is awaited", true, {"NOOP\r\n"}, true, "\n", Act::kSend, client::Word::kWhyWaiting},
      {"edit on a closed connection", true, {"QUIT\r\n"}, false, "e", Act::kEdit, client::Word::kWhyClosed},
      {"a mistake on a closed connection", true, {"QUIT\r\n"}, false, "m", Act::kMistake, client::Word::kWhyClosed},
      {"another step on a closed connection", true, {"QUIT\r\n"}, false, "n", Act::kAnotherStep, client::Word::kWhyClosed},
      {"another step when there is none",
       true,
       {"EHLO a\r\n", "MAIL FROM:<a@b.c>\r\n", "RCPT TO:<a@b.c>\r\n", "DATA\r\n", "x\r\n"},
       false,
       "n",
       Act::kAnotherStep,
       client::Word::kWhyOnlyStep},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Person person("any/accept-all", Language::kEnglish, row.is_mock);
    for (const std::string& bytes : row.sent) {
      person.dialogue.send(bytes);
      if (!row.held) person.dialogue.answer();
      person.stepper.follow(person.view());
    }
    CHECK_FALSE(usable(person, row.act));
    CHECK(person.type(row.key).empty());
    CHECK(person.model().notice == in_english(row.why));
    CHECK_FALSE(person.model().overlay);
    person.press(KeyName::kUp);
    CHECK(person.model().notice != in_english(row.why));
  }
}

TEST_CASE("stepper: a wire view of what was not on the wire is refused with that reason") {
  Person person("any/accept-all");
  person.press(KeyName::kHome);
  CHECK(person.type("w").empty());
  CHECK_FALSE(person.model().overlay);
  CHECK(person.model().notice == in_english(client::Word::kWhyNothingSelected));
  person.press(KeyName::kEnd);
  person.type("w");
  CHECK(person.model().overlay);
}

TEST_CASE("stepper: typing on a closed connection is refused with a reason") {
  Person person("any/accept-all");
  person.type("QUIT\n");
  person.type("H");
  CHECK_FALSE(person.model().next.editing);
  CHECK(person.model().notice == in_english(client::Word::kWhyClosed));
}

TEST_CASE("stepper: a line whose connection closed while it was edited is not sent") {
  Person person("any/accept-all");
  person.type("HELO x");
  person.dialogue.send("QUIT\r\n");
  person.dialogue.answer();
  person.stepper.follow(person.view());
  CHECK(person.type("\n").empty());
  CHECK(person.model().notice == in_english(client::Word::kWhyClosed));
}

TEST_CASE("stepper: Tab turns the pane on a small screen and proposes another step on a large one") {
  Person person("any/accept-all");
  person.wide = false;
  for (const std::size_t pane : {1U, 2U, 0U}) {
    person.type("\t");
    CHECK(person.model().small_pane == pane);
  }
  person.wide = true;
  const std::string before = person.model().next.text;
  person.type("\t");
  CHECK(person.model().small_pane == 0);
  CHECK(person.model().next.text != before);
}

TEST_CASE("stepper: r reads the pane that is shown") {
  Person person("any/accept-all");
  person.wide = false;
  for (const client::Word title : {client::Word::kMeaning, client::Word::kWhereYouAre, client::Word::kServerRemembers}) {
    person.type("r");
    REQUIRE(person.model().overlay);
    CHECK(person.model().overlay->title == in_english(title));
    person.type("\x1b\t");
  }
}

TEST_CASE("stepper: the selection walks through the dialogue and stops at its ends") {
  Person person("any/accept-all");
  person.step(8);
  const std::size_t last = person.model().dialogue.size() - 1;
  CHECK(person.model().selected == last);
  const auto at = [&](KeyName name) {
    person.press(name);
    return person.model().selected;
  };
  CHECK(at(KeyName::kDown) == last);
  CHECK(at(KeyName::kUp) == last - 1);
  CHECK(at(KeyName::kWheelUp) == last - 2);
  CHECK(at(KeyName::kWheelDown) == last - 1);
  CHECK(at(KeyName::kPageUp) == last - 11);
  CHECK(at(KeyName::kHome) == 0);
  CHECK(at(KeyName::kUp) == 0);
  CHECK(has(text_of(person.model().meaning.lines), test::known().command(smtp::Input::kConnect)->purpose.en));
  CHECK(at(KeyName::kPageDown) == 10);
  CHECK(at(KeyName::kEnd) == last);
}

TEST_CASE("stepper: help and wire scroll within their lines, any other key closes them") {
  for (const char* const key : {"?", "w"}) {
    CAPTURE(key);
    Person person("any/accept-all");
    person.step(1);
    person.type(key);
    const auto scroll = [&](KeyName name, int times) {
      for (int i = 0; i < times; ++i) person.press(name);
      REQUIRE(person.model().overlay);
      return person.model().overlay->scroll;
    };
    const screen::Size size{80, 8};
    person.stepper.set_size(size);
    const std::size_t last = screen::last_scroll(*person.model().overlay, size);
    REQUIRE(last < person.model().overlay->lines.size());
    CHECK(scroll(KeyName::kUp, 1) == 0);
    CHECK(scroll(KeyName::kDown, 1) == std::min<std::size_t>(1, last));
    CHECK(scroll(KeyName::kUp, 1) == 0);
    CHECK(scroll(KeyName::kEnd, 1) == last);
    CHECK(scroll(KeyName::kDown, 3) == last);
    CHECK(scroll(KeyName::kPageDown, 3) == last);
    CHECK(scroll(KeyName::kUp, 1) == last - std::min<std::size_t>(1, last));  // what is read moves at once
    CHECK(scroll(KeyName::kPageUp, 9) == 0);
    CHECK(scroll(KeyName::kWheelDown, 2) == std::min<std::size_t>(2, last));
    CHECK(scroll(KeyName::kWheelUp, 5) == 0);
    CHECK(scroll(KeyName::kHome, 1) == 0);
    CHECK(person.type("q").empty());
    CHECK_FALSE(person.model().overlay);
  }
}

TEST_CASE("stepper: a larger window shows the end of what is read at once") {
  Person person("any/accept-all");
  person.stepper.set_size({80, 8});
  person.type("?");
  person.press(KeyName::kEnd);
  REQUIRE(person.model().overlay->scroll > 0);
  person.stepper.set_size({80, 60});
  person.press(KeyName::kDown);
  CHECK(person.model().overlay->scroll == 0);
}

TEST_CASE("stepper: STARTTLS changes the status, the memory, the dialogue and the TLS view") {
  Person person("any/submission");
  CHECK(has(person.model().status, "plain text"));
  CHECK(has(text_of(person.model().memory.lines), "encrypted      no\n"));
  person.type("t");
  REQUIRE(person.model().overlay);
  CHECK(has(text_of(person.model().overlay->lines), "This connection is plain text"));
  person.type("\x1bSTARTTLS\n");  // before EHLO: out of order
  CHECK(has(person.model().status, "plain text"));
  person.type("EHLO a.example\nSTARTTLS\n");
  CHECK(has(person.model().status, "TLS 1.2"));
  CHECK_FALSE(has(person.model().status, "plain text"));
  CHECK(has(text_of(person.model().memory.lines), "encrypted      yes\n"));
  CHECK(text_of(person.model().dialogue.back().lines) == "TLS 1.2, CIPHER · encrypted from here on\n");
  CHECK(has(text_of(person.model().meaning.lines), "begin again with EHLO"));
  person.type("w");
  CHECK(person.model().notice == in_english(client::Word::kWhyNothingSelected));
  person.press(KeyName::kUp);
  person.type("w");
  CHECK_FALSE(has(text_of(person.model().overlay->lines), "TLS records"));  // the 220 was in clear
  person.type(
      "\x1b"
      "EHLO a.example\nw");
  CHECK(has(text_of(person.model().overlay->lines), "TLS records"));
  person.type("\x1bt");
  CHECK(has(text_of(person.model().overlay->lines), "CIPHER"));
}

TEST_CASE("stepper: nothing is sent while the handshake is under way") {
  Person person("any/submission");
  stepper::View view = person.view();
  view.is_securing = true;
  CHECK(person.stepper.press({KeyName::kEnter, {}}, view, true).empty());
  CHECK(person.stepper.model(view, true).notice == in_english(client::Word::kWhySecuring));
  person.type("NOOP");
  CHECK(person.stepper.press({KeyName::kEnter, {}}, view, true).empty());
  CHECK(person.stepper.model(view, true).notice == in_english(client::Word::kWhySecuring));
}

TEST_CASE("stepper: a password in clear to a real server is asked about once; y sends it") {
  struct Row {
    std::string name;
    std::string line;  // that gives it away
    std::size_t before;
  };
  stepper::Identity identity;
  identity.credentials.emplace();
  identity.credentials->user = "alice@mock.example";
  identity.credentials->password = core::Secret("secret");
  Person person("any/submission", Language::kEnglish, false, identity);
  person.type("EHLO a.example\n");
  const std::size_t sent = person.sent.size();
  const std::string line = "AUTH PLAIN " + core::base64_encode(std::string("\0a\0b", 4));
  CHECK(person.type(line + "\n").empty());
  REQUIRE(person.model().overlay);
  CHECK(person.model().overlay->title == in_english(client::Word::kAskClear));
  CHECK(person.model().overlay->footer == in_english(client::Word::kAskClearKeys));
  CHECK(person.model().keys.front().key == "y");
  CHECK(person.type("n").empty());  // any other key leaves it
  CHECK_FALSE(person.model().overlay);
  CHECK(person.sent.size() == sent);
  person.type(line + "\n");
  CHECK(asks_for<stepper::SendBytes>(person.type("y")));
  CHECK(person.sent.back() == line + "\r\n");
  person.type(line + "\n");  // asked once
  CHECK_FALSE(person.model().overlay);
  CHECK(person.sent.size() == sent + 2);
}

TEST_CASE("stepper: no question about a password on the mock, inside TLS, of a proof, or with --insecure") {
  const std::string line = "AUTH PLAIN " + core::base64_encode(std::string("\0a\0b", 4)) + "\n";
  Person mock("any/submission");
  mock.type("EHLO a.example\n" + line);
  CHECK_FALSE(mock.model().overlay);
  Person insecure("any/submission", Language::kEnglish, false);
  insecure.insecure = true;
  insecure.type("EHLO a.example\n" + line);
  CHECK_FALSE(insecure.model().overlay);
  Person encrypted("any/submission", Language::kEnglish, false);
  encrypted.type("EHLO a.example\nSTARTTLS\nEHLO a.example\n" + line);
  CHECK_FALSE(encrypted.model().overlay);
  Person proof("any/submission", Language::kEnglish, false);
  proof.type("EHLO a.example\nAUTH CRAM-MD5\n");
  CHECK_FALSE(proof.model().overlay);
}

TEST_CASE("stepper: a chunk is shown with its line, edited as a message, and sent with its length") {
  Person person("any/submission");
  for (const char* const line : {"EHLO a.example\n", "MAIL FROM:<a@b.c>\n", "RCPT TO:<d@e.f>\n"}) person.type(line);
  for (int i = 0; i < 20 && !person.model().next.text.starts_with("BDAT"); ++i) person.type("n");
  REQUIRE(person.model().next.text.starts_with("BDAT "));
  CHECK(has(person.model().next.text, " LAST␍␊From: "));
  CHECK(has(person.model().next.why, "the whole message in one piece"));
  person.type("e");
  REQUIRE(person.model().overlay);
  CHECK(asks_for<stepper::OpenEditor>(person.type("\x05")));
  person.stepper.edited("Subject: x\n\n.dot\n");
  CHECK(asks_for<stepper::SendBytes>(person.type("\x04")));
  CHECK(person.sent.back() == "BDAT 20 LAST\r\nSubject: x\r\n\r\n.dot\r\n");
  CHECK(person.dialogue.last_code() == "250");
}

TEST_CASE("stepper: in the middle of a chunk it is said what the server waits for") {
  Person person("any/submission");
  for (const char* const line : {"EHLO a.example\n", "MAIL FROM:<a@b.c>\n", "RCPT TO:<d@e.f>\n"}) person.type(line);
  person.type("BDAT 5\n");
  CHECK(person.type("\n").empty());
  CHECK(person.model().notice == in_english(client::Word::kWhyInChunk));
  person.type("abc\n");
  CHECK(person.dialogue.last_code() == "250");
}

TEST_CASE("stepper: the password inside a proposed AUTH line is hidden, the rest of it is not") {
  Person person("netease/first-mail");
  person.type("EHLO a.example\n");
  for (int i = 0; i < 20 && !person.model().next.text.starts_with("AUTH PLAIN"); ++i) person.type("n");
  CHECK(person.model().next.text == "AUTH PLAIN ********␍␊");
  person.stepper.set_show_secrets(true);
  CHECK(person.model().next.text.starts_with("AUTH PLAIN AGFs"));
}

TEST_CASE("stepper: the wire view shows the octets and the pieces in which they came") {
  Person person("any/accept-all");
  person.step(1);
  person.press(KeyName::kUp);
  person.type("w");
  const std::string lines = text_of(person.model().overlay->lines);
  CHECK(has(lines, "45 48 4c 4f 20"));
  CHECK(has(lines, "0d 0a"));
  CHECK(has(lines, "arrived in pieces of 21 octets"));
}

TEST_CASE("stepper: the base64 bench takes text and gives both directions") {
  Person person("any/accept-all");
  person.type("balice");
  REQUIRE(person.model().overlay);
  CHECK(text_of(person.model().overlay->lines[0]) == "alice");
  CHECK(person.model().overlay->cursor == 5);
  CHECK(has(text_of(person.model().overlay->lines), "YWxpY2U="));
  person.type("\n");
  CHECK_FALSE(person.model().overlay);
  CHECK(person.sent.empty());
}

TEST_CASE("stepper: after going back the guide walks along the replayed log") {
  Person person("any/accept-all");
  person.step(3);
  CHECK(person.model().next.text == "RCPT TO:<carol@example.org>␍␊");
  const std::vector<std::string> sent = person.sent;
  person.stepper.restarted();
  person.dialogue.start();
  CHECK(person.model().dialogue.size() == 1);
  CHECK_FALSE(person.model().overlay);
  person.dialogue.answer();
  person.stepper.follow(person.view());
  for (std::size_t i = 0; i + 1 < sent.size(); ++i) {
    person.dialogue.send(sent[i]);
    person.dialogue.answer();
    person.stepper.follow(person.view());
  }
  CHECK(person.model().next.text == "RCPT TO:<bob@example.org>␍␊");
}

TEST_CASE("stepper: an empty log and a connection that is not up yet can be shown") {
  Person person("any/accept-all");
  const dialogue::Log empty(smtp::door());
  const auto session = smtp::door().client(nullptr);
  const stepper::View view{empty, smtp::door(), *session, *session, &person.dialogue.scenario,
                           true,  false,        false,    false,    "127.0.0.1:1"};
  const stepper::Stepper fresh(test::known(), person.dialogue.scenario, Language::kEnglish, false);
  const screen::StepScreen model = fresh.model(view, true);
  CHECK(has(model.status, "connecting…"));
  CHECK(model.dialogue.empty());
  CHECK(model.next.text.empty());
  stepper::Stepper pressed(test::known(), person.dialogue.scenario, Language::kEnglish, false);
  CHECK(pressed.press({KeyName::kEnter, {}}, view, true).empty());
  CHECK(pressed.model(view, true).notice == "connecting…");
  CHECK(pressed.press({KeyName::kUp, {}}, view, true).empty());
  CHECK(pressed.press({KeyName::kText, "w"}, view, true).empty());
}

TEST_CASE("stepper: without a scenario the address is the title, and what the server remembers is inferred") {
  const Person person("any/accept-all", Language::kEnglish, false);
  CHECK(person.model().title == "192.0.2.2:25");
  CHECK_FALSE(has(person.model().status, "mock"));
  CHECK(has(person.model().memory.title, "inferred"));
  CHECK(person.model().next.text == "EHLO client.example␍␊");
  CHECK(person.model().next.why == test::known().command(smtp::Input::kEhlo)->purpose.en);
}
