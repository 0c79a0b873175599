// Each mistake by itself: a dialogue that makes it is told it, and what its row lists, and nothing else; done right, nothing.
#include "tests/findings/cases.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "imap_judge/judge.h"
#include "tests/findings/fetching.h"
#include "tests/knowledge/known.h"

namespace {

// What no single dialogue shows, and who could tell it.
struct Beyond {
  std::string_view id;
  std::string_view needs;
};
constexpr std::array kBeyond{
    Beyond{"imaplib-data-shape", "the traceback"},
    Beyond{"decode-utf8-always", "what was made of the mail"},
    Beyond{"encoded-words-left", "what was made of the mail"},
    Beyond{"payload-not-decoded", "what was made of the mail"},
};

bool is_beyond(std::string_view id) {
  return std::any_of(kBeyond.begin(), kBeyond.end(), [&](const Beyond& one) { return one.id == id; });
}

std::vector<dialogue::Event> events_of(const test::Case& one) {
  auto events = dialogue::events_from_text(one.dialogue);
  REQUIRE(events.has_value());
  return std::move(*events);
}

std::vector<dialogue::Event> events_of(const std::string& dialogue) { return events_of({{}, {}, {}, {}, {}, dialogue}); }

std::vector<std::string> told(findings::Judge& judge) {
  std::vector<std::string> ids;
  for (const findings::Finding& one : judge.take_findings()) ids.push_back(one.id);
  return ids;
}

}  // namespace

TEST_CASE("findings of IMAP: each dialogue is told what it does wrong, and nothing else") {
  for (const test::Case& one : test::all_cases("imap_judge")) {
    CAPTURE(one.place);
    CAPTURE(one.id);
    CAPTURE(one.name);
    CHECK(test::told_of(one, *imap_judge::make(one.server)) == one.tells);
    const bool tells_it = test::has_id(test::ids_of(one.tells), one.id);
    CHECK((one.is_twin() ? !tells_it : tells_it));
  }
}

TEST_CASE("findings of IMAP: every mistake has a dialogue that makes it, and one that does it right") {
  std::map<std::string, int> made;
  std::map<std::string, int> done_right;
  for (const test::Case& one : test::all_cases("imap_judge")) {
    CAPTURE(one.id);
    CHECK(test::is_of_imap(one.id));
    ++(one.is_twin() ? done_right : made)[one.id];
  }
  for (const auto& mistake : test::known().mistakes()) {
    const std::string& id = mistake.first;
    CAPTURE(id);
    if (!test::is_of_imap(id)) continue;
    if (is_beyond(id)) {
      CHECK(made[id] == 0);
      continue;
    }
    CHECK(made[id] > 0);
    CHECK(done_right[id] > 0);
  }
}

TEST_CASE("findings of IMAP: whatever is told is described in both languages") {
  for (const test::Case& one : test::all_cases("imap_judge")) {
    CAPTURE(one.place);
    for (const std::string& id : test::ids_of(one.tells)) {
      CAPTURE(id);
      CHECK((id == "-" || (test::known().mistake(id) != nullptr && test::is_of_imap(id))));
    }
  }
}

TEST_CASE("findings of IMAP: events that are asked about twice, and connections one after the other, change nothing") {
  const auto judge = imap_judge::make();
  for (const test::Case& one : test::all_cases("imap_judge")) {
    if (!one.server.accounts.empty() || one.server.begins_in_tls || one.server.is_not_to_be_trusted) continue;
    CAPTURE(one.place);
    std::vector<dialogue::Event> events = events_of(one);
    if (events.front().kind != dialogue::Kind::kConnected) events.insert(events.begin(), dialogue::Event{});
    events.front().kind = dialogue::Kind::kConnected;
    for (const dialogue::Event& event : events) {
      judge->take(event);
      judge->quiet(event.at, {});
    }
    std::string ids;
    for (const std::string& id : told(*judge)) ids += id + " ";
    std::string wanted;
    for (const std::string& id : test::ids_of(one.tells)) wanted += id == "-" ? "" : id + " ";
    CHECK(ids == wanted);
  }
}

TEST_CASE("findings of IMAP: a command in two pieces is the same as in one, and so is every other cut") {
  for (const test::Case& one : test::all_cases("imap_judge")) {
    CAPTURE(one.place);
    const auto judge = imap_judge::make(one.server);
    for (dialogue::Event event : events_of(one)) {
      std::vector<core::Piece> cut;
      for (const core::Piece& piece : event.pieces) {
        for (std::size_t i = 0; i < piece.octets; ++i) cut.push_back({1, piece.at});
      }
      event.pieces = std::move(cut);
      judge->take(event);
    }
    std::string ids;
    for (const std::string& id : told(*judge)) ids += id + " ";
    std::string wanted;
    for (const std::string& id : test::ids_of(one.tells)) wanted += id == "-" ? "" : id + " ";
    CHECK(ids == wanted);
  }
}

TEST_CASE("findings of IMAP: a command that has no end is told in the silence, once") {
  const auto judge = imap_judge::make();
  for (const dialogue::Event& event : events_of("S: * OK ready\n")) judge->take(event);
  judge->quiet(std::chrono::seconds(1), "a1 LOG");
  CHECK(told(*judge).empty());
  judge->quiet(std::chrono::seconds(4), "a1 LOGIN alice secret");
  CHECK(told(*judge) == std::vector<std::string>{"mailbox-no-line-end"});
  judge->quiet(std::chrono::seconds(9), "a1 LOGIN alice secret");
  CHECK(told(*judge).empty());
}

TEST_CASE("findings of IMAP: they say which octets of which event, and what should have stood there") {
  const auto judge = imap_judge::make();
  const std::string dialogue =
      "S: * OK ready\nC: a1 LOGIN alice secret\nS: a1 OK in\nC: a2 SELECT INBOX\nS: * 4 EXISTS\nS: a2 OK open\n"
      "C: a3 FETCH 9 (FLAGS)\nS: a3 BAD no\n";
  for (const dialogue::Event& event : events_of(dialogue)) judge->take(event);
  const std::vector<findings::Finding> found = judge->take_findings();
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == "fetch-zero-or-beyond");
  REQUIRE(found[0].octets.size() == 1);
  CHECK(found[0].octets[0].event == 8);
  CHECK(found[0].octets[0].begin == 9);
  CHECK(found[0].octets[0].end == 10);
  CHECK(found[0].events == std::vector<std::uint64_t>{8});
  CHECK(found[0].expected.en == "1 … 4");
}

TEST_CASE("findings of IMAP: what is told at the end still says where it was done") {
  const auto judge = imap_judge::make();
  const std::string dialogue =
      "S: * PREAUTH in\nC: a2 SELECT INBOX\nS: * 4 EXISTS\nS: a2 OK open\nC: a3 FETCH 1 (RFC822)\nS: * 1 FETCH (RFC822 \"x\")\n"
      "S: a3 OK done\nC: a4 STORE 2 +FLAGS (\\Deleted)\nS: a4 OK done\nC: a5 NOOP\nS: a5 OK done\nC: a6 LOGOUT\nS: a6 OK bye\n";
  for (const dialogue::Event& event : events_of(dialogue)) judge->take(event);
  const std::vector<findings::Finding> found = judge->take_findings();
  REQUIRE(found.size() == 1);  // what is deleted was meant to be read
  CHECK(found[0].id == "deleted-without-expunge");
  REQUIRE(found[0].octets.size() == 1);
  CHECK(found[0].octets[0].event == 9);
}

TEST_CASE("findings of IMAP: behind a server that breaks the protocol nobody is blamed") {
  const auto judge = imap_judge::make();
  const std::string dialogue =
      "S: * OK ready\nC: a1 LOGIN alice secret\nS: ?? what is this\nC: a1 FETCH 9 FLAGS UID\n"
      "S: a2 BAD no\n-- closed by the client\n";
  for (const dialogue::Event& event : events_of(dialogue)) judge->take(event);
  CHECK(told(*judge).empty());
}
