// What not every server has: CONDSTORE, BINARY, XLIST, and what clients of Gmail ask for.
#include <string>

#include <doctest/doctest.h>

#include "tests/imap/server.h"

namespace {

using imap_test::House;
using imap_test::Server;

bool tells(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

protocol::ServerSettings offering(const std::string& words) {
  protocol::ServerSettings settings;
  settings.offers = {"IMAP4rev1 ENABLE AUTH=PLAIN " + words};
  return settings;
}

TEST_CASE("imap extensions: what is not offered is not there") {
  House house;
  Server server(house, offering(""));
  server.log_in();
  CHECK(server.say("a ENABLE IMAP4rev2 CONDSTORE UTF8=ACCEPT") == "* ENABLED\r\na OK ENABLE completed\r\n");
  const std::string selected = server.select();
  CHECK(tells(selected, "RECENT"));
  CHECK_FALSE(tells(selected, "MODSEQ"));
  for (const std::string command :
       {"SELECT INBOX (CONDSTORE)", "STATUS INBOX (HIGHESTMODSEQ)", "FETCH 1 MODSEQ", "FETCH 1 FLAGS (CHANGEDSINCE 1)",
        "STORE 1 (UNCHANGEDSINCE 1) FLAGS ()", "SEARCH MODSEQ 1", "FETCH 1 BINARY[1]", "FETCH 1 BINARY.SIZE[1]",
        "FETCH 1 X-GM-MSGID", "FETCH 1 EMAILID", "STATUS INBOX (MAILBOXID)", "XLIST \"\" *"}) {
    CAPTURE(command);
    CHECK(server.say("b " + command).starts_with("b BAD "));
    server.select();
  }
  CHECK(server.say("c STORE 1 +FLAGS (\\Flagged)") == "* 1 FETCH (FLAGS (\\Flagged))\r\nc OK STORE completed\r\n");
}

TEST_CASE("imap extensions: with mod-sequences every change is told with its own") {
  House house;
  Server one(house);
  Server other(house);
  for (Server* const server : {&one, &other}) {
    server->log_in();
    server->select();
  }
  SUBCASE("to whom has asked") {
    CHECK(tells(one.say("a SELECT INBOX (CONDSTORE)"), "* OK [HIGHESTMODSEQ 4] "));
    other.say("a STORE 2 +FLAGS (\\Flagged)");
    CHECK(one.say("b NOOP") == "* 2 FETCH (FLAGS (\\Flagged) MODSEQ (5))\r\nb OK NOOP completed\r\n");
    CHECK(tells(other.say("c NOOP"), "c OK"));
    one.say("c STORE 2 -FLAGS (\\Flagged)");
    CHECK(other.say("d NOOP") == "* 2 FETCH (FLAGS ())\r\nd OK NOOP completed\r\n");
  }
  SUBCASE("also what reading does") {
    one.say("a ENABLE CONDSTORE");
    CHECK(tells(one.say("b FETCH 2 BODY[TEXT]"), "* 2 FETCH (FLAGS (\\Seen \\Recent) MODSEQ (5) BODY[TEXT] {3}\r\n"));
    CHECK(tells(one.say("c FETCH 2 (MODSEQ)"), "* 2 FETCH (MODSEQ (5))\r\n"));
  }
  SUBCASE("what another has changed is not touched") {
    other.say("a STORE 2 +FLAGS (\\Flagged)");
    CHECK(one.say("b STORE 1:3 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Seen)") ==
          "* 2 FETCH (FLAGS (\\Flagged \\Recent) MODSEQ (5))\r\n* 1 FETCH (MODSEQ (6))\r\n* 3 FETCH (MODSEQ (7))\r\n"
          "b OK [MODIFIED 2] STORE completed\r\n");
  }
}

TEST_CASE("imap extensions: a part without its transfer encoding") {
  const std::string base64 = "Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nAGFi\r\nYw==\r\n";
  House house({"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + base64 +
               "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E4=BD=A0=\r\n!\r\n--b--\r\n"});
  Server server(house, offering("BINARY"));
  server.log_in();
  server.select();
  struct Row {
    std::string item;
    std::string answer;
  };
  for (const Row& row : {
           Row{"BINARY.SIZE[1]", "BINARY.SIZE[1] 4"},
           Row{"BINARY.PEEK[1]", std::string("BINARY[1] ~{4}\r\n") + '\0' + "abc"},
           Row{"BINARY.PEEK[1]<1.2>", "BINARY[1]<1> ~{2}\r\nab"},
           Row{"BINARY.PEEK[2]", "BINARY[2] {4}\r\n你!"},
           Row{"BINARY.PEEK[3]", "BINARY[3] {0}\r\n"},
           Row{"BINARY.SIZE[9.9]", "BINARY.SIZE[9.9] 0"},
       }) {
    CAPTURE(row.item);
    CHECK(server.say("a FETCH 1 " + row.item) == "* 1 FETCH (" + row.answer + ")\r\na OK FETCH completed\r\n");
  }
}

TEST_CASE("imap extensions: ids of messages and folders") {
  House house;
  Server server(house, offering("OBJECTID"));
  server.log_in();
  CHECK(tells(server.select(), "* OK [MAILBOXID (F7)] "));
  CHECK(server.say("a FETCH 1 (EMAILID THREADID)").starts_with("* 1 FETCH (EMAILID (M30064771073) THREADID NIL)\r\n"));
  CHECK(tells(server.say("b STATUS INBOX (MAILBOXID)"), "* STATUS INBOX (MAILBOXID (F7))"));
  CHECK(server.say("c CREATE Work").starts_with("c OK [MAILBOXID (F"));
}

TEST_CASE("imap extensions: Gmail's") {
  House house;
  protocol::ServerSettings settings = offering("XLIST X-GM-EXT-1");
  settings.folders = {{"Spam", "\\Junk"}};
  Server server(house, settings);
  server.log_in();
  CHECK(server.say("a XLIST \"\" *") ==
        "* XLIST (\\HasNoChildren \\Inbox) \".\" INBOX\r\n* XLIST (\\HasNoChildren \\Spam) \".\" Spam\r\na OK XLIST "
        "completed\r\n");
  server.select();
  CHECK(tells(server.say("b FETCH 2 (X-GM-THRID X-GM-MSGID X-GM-LABELS)"), " X-GM-LABELS ())\r\n"));
}

}  // namespace
