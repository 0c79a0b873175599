#include "mockserver/speaker.h"

#include <string>

#include <doctest/doctest.h>

#include "dialogue/log.h"
#include "smtp/door.h"
#include "smtp/neutral.h"
#include "tests/dialogue/sample.h"
#include "tests/knowledge/known.h"

namespace {

using core::Language;

dialogue::Event refusal() {
  dialogue::Event event = test::server_reply(553, {"authentication is required"});
  dialogue::Explanation why;
  why.because = {"163 takes mail only from whoever has logged in.", "163 只收登录者的信。"};
  why.fix = {"Send AUTH LOGIN before MAIL.", "在 MAIL 之前先 AUTH LOGIN。"};
  event.explanation = std::make_shared<const dialogue::Explanation>(why);
  return event;
}

dialogue::Event message(std::size_t lines) {
  std::string bytes;
  for (std::size_t i = 0; i < lines; ++i) bytes += "line " + std::to_string(i) + "\r\n";
  return dialogue::client_octets(core::in_one_piece(bytes, {}), smtp::Input::kMessage);
}

std::size_t lines_in_text(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("speaker: what is said, what it is for, and why it is refused") {
  mockserver::Speaker speaker(test::known(), Language::kEnglish, false);
  const std::string first = speaker.event(3, test::client_line("MAIL FROM:<a@b.example>\r\n"));
  CHECK(first.starts_with("#3 C: MAIL FROM:<a@b.example>\n#3      "));
  CHECK(first.find(test::known().command(smtp::Input::kMail)->purpose.en) != std::string::npos);
  CHECK(speaker.event(3, test::client_line("MAIL FROM:<a@b.example>\r\n")) == "#3 C: MAIL FROM:<a@b.example>\n");
  CHECK(speaker.event(3, refusal()) ==
        "#3 S: 553 authentication is required\n#3      Why: 163 takes mail only from whoever has logged in.\n"
        "#3      Do: Send AUTH LOGIN before MAIL.\n");
  CHECK(speaker.event(3, test::server_reply(250, {"OK"})) == "#3 S: 250 OK\n");
  const std::string generic = speaker.event(3, test::server_reply(550, {"no"}));
  CHECK(generic.find(test::known().code("550")->meaning.en) != std::string::npos);
}

TEST_CASE("speaker: a password is hidden, and nothing reaches the terminal raw") {
  mockserver::Speaker speaker(test::known(), Language::kEnglish, false);
  CHECK(speaker.event(1, test::response_line("c2VjcmV0\r\n", true)).find("c2VjcmV0") == std::string::npos);
  const std::string hostile = speaker.event(1, test::client_line("NOOP \x1b[2J\r\n"));
  CHECK(hostile.find('\x1b') == std::string::npos);
  mockserver::Speaker open(test::known(), Language::kEnglish, true);
  CHECK(open.event(1, test::response_line("c2VjcmV0\r\n", true)).find("c2VjcmV0") != std::string::npos);
}

TEST_CASE("speaker: of a long message the rest is counted, however it comes") {
  mockserver::Speaker speaker(test::known(), Language::kEnglish, false);
  const std::string whole = speaker.event(1, message(40));
  CHECK(lines_in_text(whole) == mockserver::Speaker::kMostLines + 1);
  CHECK(whole.ends_with("#1 C: … (24 more lines)\n"));
  CHECK(speaker.event(1, message(3)) == "#1 C: … (3 more lines)\n");
  CHECK(lines_in_text(speaker.event(2, message(3))) == 3);  // another connection
  (void)speaker.event(1, test::server_reply(250, {"OK"}));
  (void)speaker.event(1, test::client_line("NOOP\r\n"));
  CHECK(lines_in_text(speaker.event(1, message(3))) == 3);
}

TEST_CASE("speaker: a mistake is told with its remedy, and what follows from it is no news") {
  mockserver::Speaker speaker(test::known(), Language::kChinese, false);
  findings::Finding finding;
  finding.number = 1;
  finding.id = "mail-before-auth";
  const auto* const entry = test::known().mistake(finding.id);
  CHECK(speaker.finding(7, finding) == "#7 !! " + entry->title.zh + " [mail-before-auth]\n#7      " + entry->explain.zh +
                                           "\n#7      做法：" + entry->fix.zh + "\n");
  finding.certain = false;
  CHECK(speaker.finding(7, finding).find("（推测）") != std::string::npos);
  finding.follows = 1;
  CHECK(speaker.finding(7, finding).empty());
}

TEST_CASE("speaker: advice is a line, and nothing is told twice") {
  mockserver::Speaker speaker(test::known(), Language::kEnglish, false);
  findings::Finding advice;
  advice.id = "helo-not-fqdn";
  CHECK(lines_in_text(speaker.finding(1, advice)) == 1);
  // The reply has said what to do; the lines behind it are refused for the same reason.
  (void)speaker.event(1, refusal());
  findings::Finding cause;
  cause.id = "mail-before-auth";
  CHECK(lines_in_text(speaker.finding(1, cause)) == 1);
  CHECK(speaker.event(1, test::server_reply(503, {"bad sequence"})) == "#1 S: 503 bad sequence\n");
  CHECK(lines_in_text(speaker.event(2, test::server_reply(503, {"bad sequence"}))) > 1);  // somebody else
  (void)speaker.event(1, test::server_reply(250, {"OK"}));
  CHECK(lines_in_text(speaker.event(1, test::server_reply(503, {"bad sequence"}))) > 1);
}

TEST_CASE("speaker: the beginning and the end of a connection, and what was stored") {
  mockserver::Speaker speaker(test::known(), Language::kEnglish, false);
  CHECK(speaker.event(1, test::note(dialogue::Kind::kConnected, "127.0.0.1:4000")) == "#1 -- 127.0.0.1:4000 has connected\n");
  CHECK(speaker.event(1, test::note(dialogue::Kind::kSecured, "TLSv1.3")) == "#1 -- TLS from here on: TLSv1.3\n");
  dialogue::Event closed = test::note(dialogue::Kind::kClosed, "");
  closed.closed_by = dialogue::ClosedBy::kClient;
  CHECK(speaker.event(1, closed) == "#1 -- closed by the client\n");
  const mockserver::Kept message{{"a@b.example", "c@d.example"}, 10};
  CHECK(speaker.stored(message, "") == "-- stored for a@b.example, c@d.example: 10 octets, in memory\n");
  CHECK(speaker.stored(message, "mail") == "-- stored for a@b.example, c@d.example: 10 octets, in mail\n");
}
