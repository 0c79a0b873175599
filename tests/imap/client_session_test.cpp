#include "imap/client_session.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/action.h"
#include "core/show.h"
#include "tests/imap/server.h"

namespace {

// A client, and what it makes of the octets of a server.
struct Listener {
  imap::ClientSession session;
  std::vector<protocol::Received> heard;
  std::string error;
  bool wants_tls = false;

  void hear(std::string_view octets, std::size_t chunk = 1000) {
    for (std::size_t at = 0; at < octets.size(); at += chunk) {
      session.receive(octets.substr(at, chunk));
      for (auto next = session.next();; next = session.next()) {
        if (!next) error = next.error().id;
        if (!next || !*next) break;
        heard.push_back(std::move(**next));
      }
    }
    for (const core::Action& action : session.take_actions())
      wants_tls = wants_tls || std::holds_alternative<core::StartTls>(action);
  }
};

struct Exchange {
  std::string line;
  std::string code;   // of the last answer
  std::string input;  // that it answers
  std::string state;  // behind it
};

}  // namespace

TEST_CASE("imap client: a session with our server, however the octets are cut") {
  for (const std::size_t chunk : {1, 7, 1000}) {
    CAPTURE(chunk);
    imap_test::House house;
    imap_test::Server server(house);
    Listener client;
    std::string wire = server.greeting();
    client.hear(server.greeting(), chunk);
    CHECK(client.session.is_greeted());
    for (const Exchange& one :
         {Exchange{"a1 CAPABILITY", "OK", "capability", "not-authenticated"},
          Exchange{"a2 SELECT INBOX", "BAD", "select", "not-authenticated"},
          Exchange{"a3 LOGIN alice wrong", "NO", "login", "not-authenticated"},
          Exchange{"a4 LOGIN alice secret", "OK", "login", "authenticated"},
          Exchange{"a5 SELECT INBOX", "OK", "select", "selected"},
          Exchange{"a6 FETCH 1:2 (FLAGS BODY[])", "OK", "fetch", "selected"},
          Exchange{"a7 SEARCH UNSEEN", "OK", "search", "selected"}, Exchange{"a8 CLOSE", "OK", "close", "authenticated"},
          Exchange{"a9 LOGOUT", "OK", "logout", "logout"}}) {
      CAPTURE(one.line);
      const auto said = client.session.send(one.line + "\r\n");
      REQUIRE(said.size() == 1);
      CHECK(said.front().input.name() == one.input);
      CHECK(client.session.awaited() == 1);
      const std::string answer = server.say(one.line);
      wire += answer;
      client.hear(answer, chunk);
      CHECK(client.error.empty());
      CHECK(client.session.awaited() == 0);
      const protocol::Received& last = client.heard.back();
      CHECK(last.answer.code == one.code);
      CHECK(last.answer.tag == one.line.substr(0, 2));
      REQUIRE(last.answers);
      CHECK(last.answers->name() == one.input);
      CHECK(client.session.state().name.en == one.state);
    }
    CHECK(client.session.is_over());
    std::string told;
    for (const protocol::Received& one : client.heard) told += one.bytes;
    CHECK(told == wire);
  }
}

TEST_CASE("imap client: a password is marked, in every way in which it is said") {
  struct Row {
    std::string octets;
    std::string secret;
  };
  for (const Row& row : {Row{"a1 LOGIN alice secret\r\n", "secret"}, Row{"a1 LOGIN \"alice\" \"secret\"\r\n", "\"secret\""},
                         Row{"a1 LOGIN alice {6+}\r\nsecret\r\n", "secret"},
                         Row{"a1 AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==\r\n", "AGFsaWNlAHNlY3JldA=="}}) {
    CAPTURE(row.octets);
    Listener client;
    client.hear("* OK hello\r\n");
    const auto said = client.session.send(row.octets);
    REQUIRE(said.size() == 1);
    REQUIRE(said.front().secrets.size() == 1);
    const core::Span where = said.front().secrets.front();
    CHECK(said.front().bytes.substr(where.begin, where.end - where.begin) == row.secret);
  }
}

TEST_CASE("imap client: how long a password is that comes as a literal is no secret, what comes is") {
  Listener client;
  client.hear("* OK hello\r\n");
  const auto announced = client.session.send("a1 LOGIN alice {6}\r\n");
  REQUIRE(announced.size() == 1);
  CHECK(announced.front().secrets.empty());
  client.hear("+ go on\r\n");
  const auto said = client.session.send("secret\r\n");
  REQUIRE_FALSE(said.empty());
  CHECK(core::mask(said.front().bytes, said.front().secrets).find("secret") == std::string::npos);
}

TEST_CASE("imap client: where a response ends") {
  struct Row {
    std::string what;
    std::string octets;
    std::vector<std::string> responses;
  };
  for (const Row& row : {
           Row{"a literal belongs to the data",
               "* 1 FETCH (BODY[] {3}\r\na\r\n)\r\n* 2 EXISTS\r\n",
               {"* 1 FETCH (BODY[] {3}\r\na\r\n)\r\n", "* 2 EXISTS\r\n"}},
           Row{"two of them", "* LIST () {1}\r\n/ {2}\r\nab\r\n", {"* LIST () {1}\r\n/ {2}\r\nab\r\n"}},
           Row{"the text of a status holds none", "* OK see {7}\r\n* 1 EXISTS\r\n", {"* OK see {7}\r\n", "* 1 EXISTS\r\n"}},
           Row{"nor that of a tagged one", "a1 NO see {7}\r\n* 1 EXISTS\r\n", {"a1 NO see {7}\r\n", "* 1 EXISTS\r\n"}},
           Row{"nor does a continuation", "+ {7}\r\n* 1 EXISTS\r\n", {"+ {7}\r\n", "* 1 EXISTS\r\n"}},
           Row{"what is no number announces nothing",
               "* 1 FETCH (X {3x}\r\n* 1 EXISTS\r\n",
               {"* 1 FETCH (X {3x}\r\n", "* 1 EXISTS\r\n"}},
       }) {
    CAPTURE(row.what);
    for (const std::size_t chunk : {1, 1000}) {
      Listener client;
      client.hear("* OK hello\r\n");
      client.heard.clear();
      client.hear(row.octets, chunk);
      std::vector<std::string> responses;
      for (const protocol::Received& one : client.heard) responses.push_back(one.bytes);
      CHECK(responses == row.responses);
    }
  }
}

TEST_CASE("imap client: octets in clear behind the OK to STARTTLS are no part of the session") {
  Listener client;
  client.hear("* OK [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n");
  client.session.send("a1 STARTTLS\r\n");
  client.hear("a1 OK begin\r\n* OK injected\r\n");
  CHECK(client.error == "starttls-injection");
  CHECK_FALSE(client.wants_tls);
  Listener other;
  other.hear("* OK [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n");
  other.session.send("a1 STARTTLS\r\n");
  other.hear("a1 OK begin\r\n");
  CHECK(other.error.empty());
  CHECK(other.wants_tls);
}

TEST_CASE("imap client: BYE is all that still comes, unless LOGOUT has asked for it") {
  struct Row {
    std::string sent;
    std::string heard;
    std::string code;
    bool answers = false;
  };
  for (const Row& row :
       {Row{"a1 NOOP\r\n", "* BYE too many errors\r\n", "BYE", true}, Row{"a1 LOGOUT\r\n", "* BYE so long\r\n", "*", false},
        Row{"", "* BYE idle for too long\r\n", "BYE", true},
        Row{"a1 NOOP\r\na2 NOOP\r\n", "* BYE enough\r\na1 NO late\r\n", "NO", true}}) {
    CAPTURE(row.heard);
    Listener client;
    client.hear("* OK hello\r\n");
    if (!row.sent.empty()) (void)client.session.send(row.sent);
    client.hear(row.heard);
    CHECK(client.heard.back().answer.code == row.code);
    CHECK_FALSE(client.heard.back().unasked);
    CHECK(client.session.is_over() == row.answers);
    CHECK(client.session.awaited() == (row.answers ? 0 : 1));
  }
}

TEST_CASE("imap client: what is known of the mailbox follows what the server tells") {
  Listener client;
  client.hear("* PREAUTH hello\r\n");
  (void)client.session.send("a1 EXAMINE INBOX\r\n");
  client.hear("* 3 EXISTS\r\n* OK [UIDVALIDITY 17] x\r\n* OK [UIDNEXT 9] x\r\na1 OK [READ-ONLY] done\r\n");
  CHECK(client.session.number("messages") == 3);
  CHECK(client.session.number("open-uidvalidity") == 17);
  CHECK(client.session.number("open-uidnext") == 9);
  CHECK(client.session.text("access") == "READ-ONLY");
  client.hear("* 2 EXPUNGE\r\n");
  CHECK(client.session.number("messages") == 2);
  client.hear("* OK [UIDNEXT\r\n* OK [\r\n* 99999999999 EXISTS\r\n");
  CHECK(client.session.number("messages") == 2);
  CHECK(client.session.number("open-uidnext") == 9);
  (void)client.session.send("a2 UNSELECT\r\n");
  client.hear("a2 OK done\r\n");
  CHECK_FALSE(client.session.known_text("access"));
  CHECK(client.session.number("open-uidvalidity") == 0);
}

TEST_CASE("imap client: a tag that was used is replaced, what is proposed has a fresh one") {
  Listener client;
  client.hear("* OK hello\r\n");
  (void)client.session.send("a2 NOOP\r\nx NOOP\r\n");
  client.hear("a2 OK done\r\nx OK done\r\n");
  CHECK(client.session.renewed("a1 LOGIN a b") == "a1 LOGIN a b");
  CHECK(client.session.renewed("a2 LOGIN a b") == "a3 LOGIN a b");
  CHECK(client.session.renewed("x LOGIN a b") == "a3 LOGIN a b");
  CHECK(client.session.renewed("alone") == "alone");
}
