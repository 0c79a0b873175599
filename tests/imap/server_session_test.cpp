// Sessions in memory: what one says, what another hears of it, and what a scenario may say instead.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/imap/server.h"

namespace {

using imap_test::House;
using imap_test::Server;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("imap server: a whole session") {
  House house;
  Server server(house);
  CHECK(server.greeting().starts_with("* OK [CAPABILITY IMAP4rev1 STARTTLS "));
  server.log_in();
  const std::string selected = server.select();
  CHECK(has(selected, "* 3 EXISTS\r\n* 3 RECENT\r\n* OK [UNSEEN 1] "));
  CHECK(has(selected, "\r\ns OK [READ-WRITE] "));
  CHECK(server.say("a FETCH 1 (FLAGS BODY[])") ==
        "* 1 FETCH (FLAGS (\\Seen \\Recent) BODY[] {23}\r\nSubject: one\r\n\r\nHello\r\n)\r\na OK FETCH completed\r\n");
  CHECK(server.say("b STORE 2 +FLAGS (\\Deleted)") == "* 2 FETCH (FLAGS (\\Deleted \\Recent))\r\nb OK STORE completed\r\n");
  CHECK(server.say("c EXPUNGE") == "* 2 EXPUNGE\r\n* 2 RECENT\r\nc OK EXPUNGE completed\r\n");
  CHECK(server.say("d LOGOUT") == "* BYE mock.example closes the connection\r\nd OK LOGOUT completed\r\n");
  CHECK(server.closed());
}

TEST_CASE("imap server: octet by octet it answers the same") {
  const std::string octets =
      "l LOGIN alice {6+}\r\nsecret\r\ns SELECT INBOX\r\na FETCH 1:2 (UID BODY[TEXT])\r\nb APPEND Sent {3+}\r\nabc\r\n"
      "c IDLE\r\nDONE\r\nd SEARCH ALL\r\ne XYZZY\r\nf SELECT \"x\r\ng LOGOUT\r\n";
  House one;
  House other;
  Server whole(one);
  Server bytewise(other);
  const std::string want = whole.hear(octets);
  std::string got;
  for (const char octet : octets) got += bytewise.hear(std::string_view(&octet, 1));
  CHECK(got == want);
  CHECK(has(want, "g OK "));
}

TEST_CASE("imap server: sessions hear of each other and of deliveries") {
  House house;
  Server one(house);
  Server other(house);
  for (Server* const server : {&one, &other}) {
    server->log_in();
    server->select();
  }
  SUBCASE("between commands") {
    house.deliver("Subject: four\r\n\r\n");
    CHECK(one.say("a NOOP") == "* 4 EXISTS\r\n* 4 RECENT\r\na OK NOOP completed\r\n");
    CHECK(other.say("a NOOP") == "* 4 EXISTS\r\na OK NOOP completed\r\n");  // recent for the first only
    CHECK(one.say("b NOOP") == "b OK NOOP completed\r\n");
  }
  SUBCASE("flags") {
    one.say("a STORE 1 +FLAGS (\\Flagged)");
    CHECK(other.say("a NOOP") == "* 1 FETCH (FLAGS (\\Flagged))\r\na OK NOOP completed\r\n");
    one.say("b FETCH 2 BODY[]");
    CHECK(other.say("b NOOP") == "* 2 FETCH (FLAGS (\\Seen))\r\nb OK NOOP completed\r\n");
    CHECK(one.say("c NOOP") == "c OK NOOP completed\r\n");
  }
  SUBCASE("an expunge is never told where numbers are spoken of") {
    one.say("a STORE 1 +FLAGS.SILENT (\\Deleted)");
    one.say("b EXPUNGE");
    house.deliver("Subject: four\r\n\r\n");
    for (const std::string command : {"FETCH 3 UID", "STORE 3 FLAGS.SILENT ()", "SEARCH 3"}) {
      const std::string answer = other.say("a " + command);
      CAPTURE(answer);
      CHECK_FALSE(has(answer, "EXPUNGE"));
      CHECK(has(answer, "a OK"));
    }
    CHECK(has(other.say("b FETCH 3 UID"), "* 3 FETCH (UID 3)"));
    CHECK(has(other.say("c FETCH 1 (UID BODY.PEEK[])"), "c OK"));  // it has gone, and has no line
    CHECK(has(other.say("d UID FETCH 3 UID"), "* 1 EXPUNGE\r\n"));
    CHECK(has(other.say("e FETCH 2 UID"), "* 2 FETCH (UID 3)"));
  }
  SUBCASE("at once, inside IDLE") {
    CHECK(one.say("i IDLE") == "+ idling\r\n");
    REQUIRE(one.session().watched() != nullptr);
    house.deliver("Subject: four\r\n\r\n");
    CHECK(one.announce() == "* 4 EXISTS\r\n* 4 RECENT\r\n");
    other.say("a STORE 1 +FLAGS (\\Deleted)");
    other.say("b EXPUNGE");
    CHECK(one.announce() == "* 1 EXPUNGE\r\n* 3 RECENT\r\n");
    CHECK(one.say("DONE") == "i OK IDLE completed\r\n");
    CHECK(one.session().watched() == nullptr);
  }
  SUBCASE("the folder goes") {
    one.say("a CREATE Work");
    one.select("Work");
    one.hear("b APPEND Work {1+}\r\nx\r\n");
    other.say("c DELETE Work");
    CHECK(one.say("d NOOP") == "* 1 EXPUNGE\r\n* 0 RECENT\r\nd OK NOOP completed\r\n");
    CHECK(has(one.say("e EXPUNGE"), "e NO [NONEXISTENT]"));
  }
}

TEST_CASE("imap server: what a scenario says instead") {
  House house;
  std::string instead;
  protocol::Outcome outcome = protocol::Outcome::kRefused;
  std::string of;
  Server server(house, {}, [&](imap::ServerSession& session, protocol::Turn& turn) {
    if (turn.input.name() != of) return false;
    const protocol::Answer meaning{outcome, outcome == protocol::Outcome::kOk ? "OK" : "NO", {"as said"}, turn.said.tag};
    session.answer(meaning, instead, false);
    return true;
  });
  server.log_in();
  SUBCASE("a refusal changes nothing") {
    server.select();
    of = "store";
    instead = "a NO Unsafe\r\n";
    CHECK(server.say("a STORE 1 +FLAGS (\\Deleted)") == instead);
    CHECK(has(server.say("b FETCH 1 FLAGS"), "* 1 FETCH (FLAGS (\\Recent))"));
  }
  SUBCASE("a mailbox that is refused is not open") {
    of = "select";
    instead = "s NO SELECT Unsafe Login\r\n";
    CHECK(server.select() == instead);
    CHECK(has(server.say("a FETCH 1 FLAGS"), "a BAD select a mailbox first"));
  }
  SUBCASE("what is said to be done is done") {
    of = "create";
    outcome = protocol::Outcome::kOk;
    instead = "a OK done, done\r\n";
    CHECK(server.say("a CREATE Work") == instead);
    CHECK(has(server.say("b LIST \"\" Work"), "* LIST (\\HasNoChildren) \".\" Work\r\n"));
  }
  SUBCASE("other words of the same answer come behind the data") {
    Server worded(house, {}, [&](imap::ServerSession& session, protocol::Turn& turn) {
      if (turn.input.name() != "noop" && turn.input.name() != "capability") return false;
      turn.proposed.lines = {"very well"};
      session.answer_as_proposed(turn, false);
      return true;
    });
    CHECK(has(worded.say("a CAPABILITY"), "* CAPABILITY IMAP4rev1"));
    CHECK(has(worded.say("b CAPABILITY"), "\r\nb OK very well\r\n"));
  }
}

TEST_CASE("imap server: STARTTLS forgets what came before") {
  House house;
  Server server(house);
  CHECK(server.hear("a STARTTLS\r\nb LOGIN alice secret\r\n") == "a OK begin TLS negotiation\r\n");
  REQUIRE(server.wants_tls());
  server.secure();
  CHECK(server.say("c CAPABILITY").starts_with("* CAPABILITY IMAP4rev1 LITERAL+"));
  CHECK(has(server.say("d STARTTLS"), "d BAD"));
  CHECK(has(server.say("e SELECT INBOX"), "e BAD log in first"));
  server.log_in();
}

TEST_CASE("imap server: every mechanism logs in") {
  House house;
  Server server(house);
  CHECK(server.say("a AUTHENTICATE LOGIN") == "+ VXNlcm5hbWU6\r\n");
  CHECK(server.say("YWxpY2U=") == "+ UGFzc3dvcmQ6\r\n");
  CHECK(server.say("c2VjcmV0").starts_with("a OK "));
  CHECK(server.said.back().tag.empty());
  CHECK(server.said.back().secrets.size() == 1);
}

TEST_CASE("imap server: limits") {
  House house;
  SUBCASE("bad commands") {
    protocol::ServerSettings settings;
    settings.limits["bad_commands"] = 3;
    Server server(house, settings);
    for (int i = 0; i < 3; ++i) CHECK(server.say("a XYZZY") == "a BAD unknown command\r\n");
    CHECK(server.say("a XYZZY") == "* BYE too many bad commands\r\n");
    CHECK(server.closed());
  }
  SUBCASE("logins") {
    protocol::ServerSettings settings;
    settings.limits["auth_attempts"] = 2;
    Server server(house, settings);
    for (int i = 0; i < 2; ++i) CHECK(server.say("a LOGIN alice x").starts_with("a NO [AUTHENTICATIONFAILED]"));
    CHECK(server.say("a LOGIN alice secret") == "* BYE too many failed logins\r\n");
    CHECK(server.closed());
  }
  SUBCASE("a message") {
    protocol::ServerSettings settings;
    settings.limits["literal"] = 100000;
    Server server(house, settings);
    server.log_in();
    CHECK(server.say("a APPEND Sent {200000}") == "a NO [TOOBIG] so many octets are not taken\r\n");
    CHECK(server.say("b NOOP") == "b OK NOOP completed\r\n");
  }
}

TEST_CASE("imap server: a large mailbox is answered in pieces") {
  House house({"Subject: large\r\n\r\n" + std::string(3'000'000, 'x') + "\r\n"});
  for (int i = 0; i < 2000; ++i) house.deliver("Subject: small\r\n\r\n");
  Server server(house);
  server.log_in();
  server.select();
  CHECK(has(server.say("a FETCH 1:* BODY.PEEK[]"), "a OK"));
  CHECK(server.longest_piece() < 200'000);
}

TEST_CASE("imap server: IMAP4rev2 where a client enables it") {
  House house;
  protocol::ServerSettings settings;
  settings.offers = {"IMAP4rev1", "IMAP4rev2", "AUTH=PLAIN"};
  Server server(house, settings);
  server.log_in();
  CHECK(server.say("a ENABLE IMAP4rev2") == "* ENABLED IMAP4rev2\r\na OK ENABLE completed\r\n");
  const std::string selected = server.select();
  CHECK_FALSE(has(selected, "RECENT"));
  CHECK(has(selected, "* LIST (\\HasNoChildren) \".\" INBOX\r\n"));
  CHECK(server.say("b SEARCH ALL") == "* ESEARCH (TAG \"b\") ALL 1:3\r\nb OK SEARCH completed\r\n");
  CHECK(has(server.say("c CREATE 工作"), "c OK"));
  CHECK(has(server.say("d LIST \"\" 工作"), "工作"));
}
