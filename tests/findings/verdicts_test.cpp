// Findings of a log in which connections follow one another, and which of them are about lines that somebody proposed.
#include "findings/verdicts.h"

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue/text_reader.h"

namespace {

using findings::Verdict;
using findings::Verdicts;

// "id@event", with "*" where only proposed lines show it and "<" where it follows from another one.
std::string told(const Verdicts& verdicts) {
  std::string text;
  for (const Verdict& one : verdicts.all()) {
    text += (text.empty() ? "" : " ") + one.finding.id + "@" + std::to_string(one.at) + (one.is_proposed ? "*" : "");
    if (verdicts.cause_of(one) != nullptr) text += "<" + verdicts.cause_of(one)->finding.id;
  }
  return text;
}

Verdicts followed(const std::string& dialogue, const std::set<std::uint64_t>& proposed = {}) {
  const auto events = dialogue::events_from_text(dialogue);
  REQUIRE(events);
  findings::Server server;
  server.is_stepped = true;
  Verdicts verdicts("smtp", server);
  for (const dialogue::Event& event : *events) verdicts.take(event, proposed.contains(event.number));
  return verdicts;
}

// 1 connected, 2 greeting, 3 HELO, 4 250, 5 MAIL, 6 553, 7 RCPT, 8 503, 9 QUIT, 10 221, 11 closed
const std::string kRefused =
    "-- connected\nS: 220 a\nC: HELO client.example\nS: 250 OK\nC: MAIL FROM:<alice@example.com>\nS: 530 log in\n"
    "C: RCPT TO:<bob@example.com>\nS: 503 MAIL first\nC: QUIT\nS: 221 bye\n-- closed by the server\n";

}  // namespace

TEST_CASE("verdicts: each at the event that made it sure, what follows from it with its cause") {
  CHECK(told(followed(kRefused)) == "mail-before-auth@6 ignores-error-reply@7<mail-before-auth");
}

TEST_CASE("verdicts: what only proposed lines show is marked, and what one's own line shows is not") {
  CHECK(told(followed(kRefused, {3, 5, 7, 9})) == "mail-before-auth@6* ignores-error-reply@7*<mail-before-auth");
  CHECK(told(followed(kRefused, {3, 5})) == "mail-before-auth@6* ignores-error-reply@7<mail-before-auth");
  CHECK(told(followed(kRefused, {3, 7})) == "mail-before-auth@6 ignores-error-reply@7*<mail-before-auth");
}

TEST_CASE("verdicts: the end of a connection is of whoever spoke last, or proposed it") {
  const std::string left = "-- connected\nS: 220 a\nC: HELO client.example\nS: 250 OK\n-- closed by the client\n";
  CHECK(told(followed(left)) == "no-quit@5");
  CHECK(told(followed(left, {3})) == "no-quit@5*");
  CHECK(told(followed(left, {5})) == "no-quit@5*");
}

TEST_CASE("verdicts: numbers count anew on another connection, and causes do not reach over") {
  const std::string twice = kRefused + kRefused;
  CHECK(told(followed(twice)) ==
        "mail-before-auth@6 ignores-error-reply@7<mail-before-auth "
        "mail-before-auth@17 ignores-error-reply@18<mail-before-auth");
  const Verdicts verdicts = followed(twice);
  CHECK(verdicts.all()[2].finding.number == 1);
  CHECK(verdicts.cause_of(verdicts.all()[3]) == &verdicts.all()[2]);
}

TEST_CASE("verdicts: a line without its end is told when nothing comes behind it") {
  Verdicts verdicts = followed("-- connected\nS: 220 a\nC: HELO client.example(no line end)\n");
  CHECK(told(verdicts).empty());
  CHECK_FALSE(verdicts.quiet(std::chrono::seconds(1)));
  CHECK(verdicts.quiet(std::chrono::seconds(5)));
  CHECK(told(verdicts) == "missing-crlf@3");
  CHECK_FALSE(verdicts.quiet(std::chrono::seconds(60)));
}

TEST_CASE("verdicts: how long a person takes is no mistake, nor a message that is still being typed") {
  const std::string slow =
      "-- connected\nS: 220 a\nC: EHLO client.example\nS: 250-a\nS: 250 HELP\n-- 9 s later\nC: NOOP\nS: 250 OK\n"
      "-- 9 s later\nC: NOOP\nS: 250 OK\n-- 9 s later\nC: NOOP\nS: 250 OK\n-- 9 s later\nC: NOOP\nS: 250 OK\n"
      "-- 9 s later\nC: NOOP\nS: 250 OK\n";
  Verdicts verdicts = followed(slow);
  (void)verdicts.quiet(std::chrono::minutes(10));
  CHECK(told(verdicts).empty());

  Verdicts typed = followed(
      "-- connected\nS: 220 a\nC: HELO client.example\nS: 250 OK\nC: MAIL FROM:<a@b.example>\nS: 250 OK\n"
      "C: RCPT TO:<c@d.example>\nS: 250 OK\nC: DATA\nS: 354 go on\nC: Subject: x\n");
  CHECK_FALSE(typed.quiet(std::chrono::minutes(10)));
}

TEST_CASE("verdicts: of a protocol that nobody judges there are none") {
  Verdicts verdicts("finger", {});
  dialogue::Event event;
  event.kind = dialogue::Kind::kConnected;
  event.number = 1;
  verdicts.take(event);
  CHECK_FALSE(verdicts.quiet(std::chrono::minutes(10)));
  CHECK(verdicts.all().empty());
  CHECK_FALSE(verdicts.is_own(1));
}
