// IMAP as values of the neutral types: the example session of RFC 9051 §8 and what else a third protocol brings. Nothing here
// is parsed: what is proved is that the types can say it, and that the log tells it.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue/json_lines.h"
#include "dialogue/log.h"
#include "dialogue/text_lines.h"
#include "protocol/client_session.h"
#include "protocol/server_session.h"
#include "smtp/door.h"

namespace {

using protocol::Answer;
using protocol::Input;
using protocol::InputRow;
using protocol::Outcome;
using protocol::Role;

constexpr InputRow kConnect{.protocol = "imap", .name = "connect", .role = Role::kConnect};
constexpr InputRow kLogin{.protocol = "imap", .name = "login", .verb = "LOGIN", .role = Role::kPassword};
constexpr InputRow kSelect{.protocol = "imap", .name = "select", .verb = "SELECT"};
constexpr InputRow kFetch{.protocol = "imap", .name = "fetch", .verb = "FETCH"};
constexpr InputRow kStore{.protocol = "imap", .name = "store", .verb = "STORE"};
constexpr InputRow kAppend{.protocol = "imap", .name = "append", .verb = "APPEND", .role = Role::kContent};
constexpr InputRow kIdle{.protocol = "imap", .name = "idle", .verb = "IDLE"};
constexpr InputRow kDone{.protocol = "imap", .name = "done"};
constexpr InputRow kLogout{.protocol = "imap", .name = "logout", .verb = "LOGOUT", .role = Role::kQuit};

// One thing on the wire, by whom, and what it is.
struct Line {
  char who;
  Input input;
  std::string bytes;
  std::string tag = {};
  Outcome outcome = Outcome::kOk;
};

const std::vector<Line> kExample{
    {'S', kConnect, "* OK [CAPABILITY STARTTLS AUTH=SCRAM-SHA-256 LOGINDISABLED IMAP4rev2] IMAP4rev2 Service Ready\r\n"},
    {'C', kLogin, "a001 login mrc secret\r\n", "a001"},
    {'S', kLogin, "a001 OK LOGIN completed\r\n", "a001"},
    {'C', kSelect, "a002 select inbox\r\n", "a002"},
    {'S', kSelect, "* 18 EXISTS\r\n", "", Outcome::kNews},
    {'S', kSelect, "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n", "", Outcome::kNews},
    {'S', kSelect, "* OK [UIDVALIDITY 3857529045] UIDs valid\r\n", "", Outcome::kNews},
    {'S', kSelect, "* LIST () \"/\" INBOX (\"OLDNAME\" (\"inbox\"))\r\n", "", Outcome::kNews},
    {'S', kSelect, "a002 OK [READ-WRITE] SELECT completed\r\n", "a002"},
    {'C', kFetch, "a003 fetch 12 full\r\n", "a003"},
    {'S', kFetch, "* 12 FETCH (FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286)\r\n", "",
     Outcome::kNews},
    {'S', kFetch, "a003 OK FETCH completed\r\n", "a003"},
    {'C', kFetch, "a004 fetch 12 body[header]\r\n", "a004"},
    {'S', kFetch, "* 12 FETCH (BODY[HEADER] {14}\r\nSubject: a\r\n\r\n)\r\n", "", Outcome::kNews},
    {'S', kFetch, "a004 OK FETCH completed\r\n", "a004"},
    {'C', kStore, "a005 store 12 +flags \\deleted\r\n", "a005"},
    {'S', kStore, "* 12 FETCH (FLAGS (\\Seen \\Deleted))\r\n", "", Outcome::kNews},
    {'S', kStore, "a005 OK +FLAGS completed\r\n", "a005"},
    {'C', kLogout, "a006 logout\r\n", "a006"},
    {'S', kLogout, "* BYE IMAP4rev2 server terminating connection\r\n", "", Outcome::kNews},
    {'S', kLogout, "a006 OK LOGOUT completed\r\n", "a006"},
};

Answer answer_of(const Line& line) {
  const std::size_t begin = line.tag.empty() ? 2 : line.tag.size() + 1;
  const std::string rest = line.bytes.substr(begin, line.bytes.size() - begin - 2);
  if (line.outcome == Outcome::kNews) return {line.outcome, "*", {rest}};
  const std::size_t blank = rest.find(' ');
  return {line.outcome, rest.substr(0, blank), {rest.substr(blank + 1)}, line.tag};
}

dialogue::Event event_of(const Line& line) {
  if (line.who == 'S') return dialogue::from_answer(answer_of(line), line.bytes, line.input, std::nullopt);
  protocol::Said said{
      .input = line.input, .bytes = line.bytes, .octets = line.bytes.size(), .tag = line.tag, .is_command = true};
  if (line.input.is(Role::kPassword)) said.secrets.push_back({line.bytes.rfind(' ') + 1, line.bytes.size() - 2});
  return dialogue::from_said(said, core::in_one_piece(line.bytes, {}));
}

}  // namespace

TEST_CASE("protocol: the example session of RFC 9051 §8 is told as it was said") {
  dialogue::Log log(smtp::door());  // whose secrets it looks for is of no matter here
  std::string wire;
  for (const Line& line : kExample) {
    log.append(event_of(line));
    wire += std::string(1, line.who) + ": " + line.bytes;
  }
  std::string told;
  std::size_t octets = 0;
  for (const dialogue::Event& event : log.events()) {
    octets += event.bytes.size();
    for (const std::string& text : dialogue::text_lines(event)) told += text + "\n";
  }
  CHECK(octets + 3 * kExample.size() == wire.size());
  CHECK(told.find("C: a001 login mrc ********\n") != std::string::npos);
  CHECK(told.find("S: * 12 FETCH (BODY[HEADER] {14}\nS: Subject: a\nS: \nS: )\n") != std::string::npos);
  CHECK(dialogue::json_line(log.events()[2]).find("\"input\":\"login\"") != std::string::npos);
  CHECK(dialogue::json_line(log.events()[2]).find("\"code\":\"OK\"") != std::string::npos);
  CHECK(log.events()[8].reply->detail() == "READ-WRITE");
}

TEST_CASE("protocol: what IMAP needs beside it has a place in the types") {
  SUBCASE("an APPEND with a literal is asked to go on, and is a message") {
    protocol::Turn part(protocol::Said{.input = kAppend, .bytes = "a7 APPEND INBOX {5}\r\n", .octets = 21, .tag = "a7"});
    part.proposed = {Outcome::kMore, "+", {"Ready for literal data"}};
    protocol::Turn whole(protocol::Said{.input = kAppend,
                                        .bytes = "a7 APPEND INBOX {5}\r\nHello\r\n",
                                        .octets = 28,
                                        .tag = "a7",
                                        .is_command = true,
                                        .message = "Hello"});
    whole.brings_message = true;
    whole.proposed = {Outcome::kOk, "OK", {"[APPENDUID 38505 3955] APPEND completed"}, "a7"};
    CHECK(part.proposed.is_more());
    CHECK(whole.said.line() == "a7 APPEND INBOX {5}\r\nHello");
    CHECK(whole.proposed.detail() == "APPENDUID 38505 3955");
  }
  SUBCASE("an EXISTS that nobody asked for") {
    const protocol::Announcement news{{Outcome::kNews, "*", {"23 EXISTS"}}, "* 23 EXISTS\r\n"};
    protocol::Received heard;
    heard.answer = news.meaning;
    heard.bytes = news.bytes;
    heard.unasked = true;
    CHECK_FALSE(heard.answer.is_negative());
    CHECK_FALSE(heard.answer.is_positive());
  }
  SUBCASE("IDLE goes on until DONE, which has the answer of IDLE") {
    protocol::Turn idle(protocol::Said{.input = kIdle, .bytes = "a8 IDLE\r\n", .octets = 9, .tag = "a8", .is_command = true});
    idle.proposed = {Outcome::kMore, "+", {"idling"}};
    protocol::Turn done(protocol::Said{.input = kDone, .bytes = "DONE\r\n", .octets = 6, .tag = "a8", .is_command = true});
    done.proposed = {Outcome::kOk, "OK", {"IDLE terminated"}, done.said.tag};
    CHECK(done.proposed.tag == idle.said.tag);
  }
  SUBCASE("two pipelined commands are answered in the other order") {
    protocol::Received first{.answer = {Outcome::kOk, "OK", {"STORE completed"}, "a10"}, .bytes = {}, .answers = Input(kStore)};
    protocol::Received second{
        .answer = {Outcome::kRefused, "NO", {"no such message"}, "a9"}, .bytes = {}, .answers = Input(kFetch)};
    CHECK(first.answer.tag > std::string("a1"));
    CHECK(second.answer.is_negative());
    CHECK(*first.answers != *second.answers);
  }
}
