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
}

TEST_CASE("speaker: where a message was stored is said for each copy, of many only for the first") {
  const mockserver::Speaker english(test::known(), Language::kEnglish, false);
  const mockserver::Speaker chinese(test::known(), Language::kChinese, false);
  mockserver::Kept message{{"a@b.example", "x@y.example", "\x1b@z.example"}, 10, {}};
  message.places = {{"a@b.example", {}, {0}}, {{}, "mail/other/new/1.M2", {1, 2}}};
  CHECK(english.stored(message) ==
        "-- stored for a@b.example: 10 octets, in memory, in the mailbox of a@b.example\n"
        "-- stored for x@y.example, \\x1b@z.example: 10 octets, in mail/other/new/1.M2\n");
  CHECK(chinese.stored(message) ==
        "-- 已收下给 a@b.example 的信：10 字节，保存在内存里 a@b.example 的邮箱\n"
        "-- 已收下给 x@y.example, \\x1b@z.example 的信：10 字节，保存在 mail/other/new/1.M2\n");
  message.places = {{{}, {}, {0}}};
  CHECK(english.stored(message).find("of those who have no account") != std::string::npos);

  mockserver::Kept large{std::vector<std::string>(100, "a@b.example"), 1, {}};
  for (std::size_t i = 0; i < 100; ++i) large.places.push_back({"a" + std::to_string(i), {}, {i}});
  CHECK(lines_in_text(english.stored(large)) == mockserver::Speaker::kMostCopies + 1);
  CHECK(english.stored(large).ends_with("-- … and 92 more copies\n"));
  large.places = {{{}, {}, {}}};
  for (std::size_t i = 0; i < 100; ++i) large.places.front().recipients.push_back(i);
  CHECK(english.stored(large).find(" + 92: 1 octets") != std::string::npos);
}

TEST_CASE("speaker: who may log in is said in both languages, with all that is taken and what is not") {
  scenario::Scenario scenario;
  scenario.accounts.push_back({"alice@mock.example", "secret", "", ""});
  scenario.accounts.push_back({"bob\x1b@mock.example", "code", "web", "token"});
  CHECK(mockserver::Speaker(test::known(), Language::kEnglish, false).accounts(scenario) ==
        "     alice@mock.example logs in with secret\n"
        "     bob\\x1b@mock.example logs in with code; the password of the web page, web, is not taken; OAuth token token\n");
  CHECK(mockserver::Speaker(test::known(), Language::kChinese, false).accounts(scenario) ==
        "     alice@mock.example 用 secret 登录\n"
        "     bob\\x1b@mock.example 用 code 登录；网页密码 web 不能用；OAuth 令牌 token\n");
}
