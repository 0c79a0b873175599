// Steps over a protocol in which more than one thing answers a command, and a command can be said in parts.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/loader.h"
#include "tests/stepper/guided.h"

namespace {

using test::Guided;

constexpr std::string_view kLesson = R"(protocol = "imap"
subject = "basics"
title.en = "t"
title.zh = "t"
summary.en = "s"
summary.zh = "s"
[server]
extensions = ["IMAP4rev1", "LITERAL+", "IDLE", "AUTH=PLAIN", "SASL-IR"]
[[account]]
user = "alice"
password = "secret"
[[mail]]
to = "alice"
message = "Subject: one\n\nHi\n"
[[rule]]
on = "EXPUNGE"
reply = "* BYE [OVERQUOTA] Account exceeded command or bandwidth limits."
then = "close"
)";

struct Step {
  std::string send;
  std::string expect;  // empty: no reply comes
  bool is_message = false;
};

scenario::Scenario lesson_of(const std::vector<Step>& steps) {
  std::string text(kLesson);
  for (const Step& step : steps) {
    text += "[[step]]\n";
    text += step.is_message ? "message = '''\n" + step.send + "'''\n" : "send = '" + step.send + "'\n";
    if (!step.expect.empty()) text += "expect = '" + step.expect + "'\n";
    text += "say.en = 's'\nsay.zh = 's'\n";
  }
  auto loaded = scenario::load_scenario("lesson", {"lesson.toml", text}, {}, scenario::Extends::kOptional);
  REQUIRE_MESSAGE(loaded, core::describe(loaded.error(), core::Language::kEnglish));
  return std::move(*loaded);
}

struct PathRow {
  std::string name;
  std::vector<Step> steps;
};

const Step kLogin{"a1 LOGIN {user} {password}", "OK"};
const Step kLogout{"a9 LOGOUT", "OK"};

}  // namespace

TEST_CASE("guide over IMAP: a path leads to its end, each step answered by its tagged line or its +") {
  const std::vector<PathRow> rows{
      {"data on the way to an answer are none", {kLogin, {"a2 SELECT INBOX", "OK"}, {"a3 FETCH 1 BODY[]", "OK"}, kLogout}},
      {"NO and BAD answer", {kLogin, {"a2 SELECT Nowhere", "NO"}, {"a3 FETCH 1 FLAGS", "BAD"}, kLogout}},
      {"a line without a tag", {{"LOGIN {user} {password}", "BAD"}, kLogin, kLogout}},
      {"a message that is announced",
       {kLogin, {"a2 APPEND INBOX {literal}", "+"}, {"Subject: x\n\nGrüße von {user}\n", "", true}, {"", "OK"}, kLogout}},
      {"a message that is refused before it comes", {kLogin, {"a2 APPEND INBOX {{99999999}}", "NO"}, kLogout}},
      {"name and password as literals", {{"a1 LOGIN {{5}}", "+"}, {"alice {{6}}", "+"}, {"secret", "OK"}, kLogout}},
      {"waiting for news", {kLogin, {"a2 SELECT INBOX", "OK"}, {"a3 IDLE", "+"}, {"DONE", "OK"}, kLogout}},
      {"what ends waiting is no other word", {kLogin, {"a3 IDLE", "+"}, {"a4 NOOP", "BAD"}, {"a5 NOOP", "OK"}, kLogout}},
      {"a login in turns", {{"a1 AUTHENTICATE PLAIN", "+"}, {"{plain}", "OK"}, kLogout}},
      {"a login in one line", {{"a1 AUTHENTICATE PLAIN {response}", "OK"}, kLogout}},
      {"the server's last word", {kLogin, {"a2 SELECT INBOX", "OK"}, {"a3 EXPUNGE", "BYE"}}},
      {"a login that is cancelled", {{"a1 AUTHENTICATE PLAIN", "+"}, {"*", "BAD"}, kLogin, kLogout}},
  };
  for (const PathRow& row : rows) {
    CAPTURE(row.name);
    Guided lesson(lesson_of(row.steps));
    for (std::size_t i = 0; i < row.steps.size(); ++i) {
      CAPTURE(i);
      CAPTURE(lesson.next());
      REQUIRE_FALSE(lesson.proposals().empty());
      CHECK(lesson.guide.position() == i);
      CHECK(lesson.proposals().front().guided);
      CHECK(lesson.follow() == row.steps[i].expect);
    }
    CHECK(lesson.guide.is_finished());
  }
}

TEST_CASE("guide over IMAP: {literal} counts the octets that the message will have") {
  Guided lesson(lesson_of({kLogin, {"a2 APPEND INBOX {literal}", "+"}, {"Subject: ü\n\n{user}\n", "", true}, {"", "OK"}}));
  lesson.follow();
  CHECK(lesson.next() == "a2 APPEND INBOX {22}\r\n");  // "Subject: ü" is 11, then CRLF, CRLF, "alice", CRLF
  lesson.follow();
  CHECK(lesson.next() == "Subject: \xC3\xBC\r\n\r\nalice\r\n");
}

TEST_CASE("guide over IMAP: behind a detour the path is found again, and no tag is used twice") {
  Guided lesson(lesson_of({kLogin, {"a2 SELECT INBOX", "OK"}, {"a3 FETCH 1 FLAGS", "OK"}, kLogout}));
  lesson.follow(1);
  CHECK(lesson.send("a2 NOOP\r\n") == "OK");
  CHECK(lesson.next() == "a3 SELECT INBOX\r\n");
  CHECK(lesson.send("mine SELECT INBOX\r\n") == "OK");
  CHECK(lesson.next() == "a3 FETCH 1 FLAGS\r\n");
  CHECK(lesson.send("a4 CLOSE\r\n") == "OK");
  CHECK(lesson.next() == "a5 SELECT INBOX\r\n");
  CHECK(lesson.follow_to_end() == 3);
}

TEST_CASE("guide over IMAP: what may come next is proposed in each state") {
  Guided lesson(lesson_of({kLogin}));
  const auto has_proposal = [&](const std::string& text) {
    const auto all = lesson.proposals();
    return std::any_of(all.begin(), all.end(), [&](const stepper::Proposal& one) { return one.text == text; });
  };
  lesson.follow();
  CHECK(lesson.next() == "a2 LIST \"\" *\r\n");
  CHECK(lesson.send(lesson.next()) == "OK");
  CHECK(lesson.next() == "a3 SELECT INBOX\r\n");
  CHECK(lesson.send(lesson.next()) == "OK");
  CHECK(lesson.next() == "a4 FETCH 1 FLAGS\r\n");
  CHECK(has_proposal("a4 CLOSE"));
  CHECK(has_proposal("a4 IDLE"));
  CHECK(lesson.send("a4 APPEND INBOX {40}\r\n") == "+");
  CHECK(lesson.next().size() == 42);  // the octets, and the end of the line
  CHECK(lesson.send(lesson.next()) == "OK");
  CHECK(lesson.send("a5 IDLE\r\n") == "+");
  CHECK(lesson.next() == "DONE\r\n");
  CHECK(lesson.send("DONE\r\n") == "OK");
  // What was refused comes last, whatever tag it had.
  CHECK(lesson.send("b1 FETCH 9 FLAGS\r\n") == "BAD");
  CHECK(lesson.next() == "a7 FETCH 1 FLAGS\r\n");
  CHECK(lesson.send("b2 SELECT Nowhere\r\n") == "NO");
  CHECK(lesson.next() == "a8 SELECT INBOX\r\n");
}
