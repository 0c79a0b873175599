// Every command in every state, at a server that has every extension: the replies of the RFCs.
#include <array>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "smtp/server_session.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/server.h"

namespace {

using smtp::Input;
using smtp::State;
using test::kEhlo;
using test::kMail;
using test::kRcpt;
using test::Server;

const std::string kLogin = "AUTH LOGIN\r\nYWxpY2U=\r\nc2VjcmV0\r\n";

struct Where {
  std::string name;
  std::string octets;  // that lead there
  State state;
  std::string inside = {};  // inside TLS, when there is something to say
};

const std::array kWheres{
    Where{"greeted", "", State::kGreeted},
    Where{"ready after HELO", "HELO client.example\r\n", State::kReady},
    Where{"ready after EHLO", kEhlo, State::kReady},
    Where{"logged in", kEhlo + kLogin, State::kReady},
    Where{"mail", kEhlo + kMail, State::kMail},
    Where{"rcpt", kEhlo + kMail + kRcpt, State::kRcpt},
    Where{"rcpt after HELO", "HELO client.example\r\n" + kMail + kRcpt, State::kRcpt},
    Where{"rcpt of a binary message", kEhlo + "MAIL FROM:<a@b.c> BODY=BINARYMIME\r\n" + kRcpt, State::kRcpt},
    Where{"bdat", kEhlo + kMail + kRcpt + "BDAT 3\r\nabc", State::kBdat},
    Where{"ready inside TLS", kEhlo + "STARTTLS\r\n", State::kReady, kEhlo},
};

struct Answers {
  Input input;
  std::string line;
  std::array<std::string, 10> codes;  // columns are kWheres in order
};

const std::array kAnswers{
    Answers{Input::kHelo, "HELO a.b", {"250", "250", "250", "250", "250", "250", "250", "250", "250", "250"}},
    Answers{Input::kEhlo, "EHLO a.b", {"250", "250", "250", "250", "250", "250", "250", "250", "250", "250"}},
    Answers{Input::kMail, "MAIL FROM:<g@h.i>", {"503", "250", "250", "250", "503", "503", "503", "503", "503", "250"}},
    Answers{Input::kRcpt, "RCPT TO:<g@h.i>", {"503", "503", "503", "503", "250", "250", "250", "250", "503", "503"}},
    Answers{Input::kData, "DATA", {"503", "503", "503", "503", "503", "354", "354", "503", "503", "503"}},
    Answers{Input::kBdat, "BDAT 2\r\nx", {"503", "503", "503", "503", "503", "250", "503", "250", "250", "503"}},
    Answers{Input::kMessage, "BDAT 2 LAST\r\nx", {"503", "503", "503", "503", "503", "250", "503", "250", "250", "503"}},
    Answers{Input::kRset, "RSET", {"250", "250", "250", "250", "250", "250", "250", "250", "250", "250"}},
    Answers{Input::kVrfy, "VRFY a", {"252", "252", "252", "252", "252", "252", "252", "252", "252", "252"}},
    Answers{Input::kExpn, "EXPN a", {"252", "252", "252", "252", "252", "252", "252", "252", "252", "252"}},
    Answers{Input::kHelp, "HELP", {"214", "214", "214", "214", "214", "214", "214", "214", "214", "214"}},
    Answers{Input::kNoop, "NOOP", {"250", "250", "250", "250", "250", "250", "250", "250", "250", "250"}},
    Answers{Input::kQuit, "QUIT", {"221", "221", "221", "221", "221", "221", "221", "221", "221", "221"}},
    Answers{Input::kAuth, "AUTH LOGIN", {"503", "503", "334", "503", "503", "503", "503", "503", "503", "334"}},
    Answers{Input::kStarttls, "STARTTLS", {"503", "220", "220", "220", "220", "220", "220", "220", "220", "503"}},
    Answers{Input::kEtrn, "ETRN a.b", {"503", "250", "250", "250", "503", "503", "503", "503", "503", "250"}},
    Answers{Input::kUnknown, "XYZZY a.b", {"500", "500", "500", "500", "500", "500", "500", "500", "500", "500"}},
};

void go(Server& server, const Where& where) {
  server.say(where.octets);
  if (!where.inside.empty()) {
    REQUIRE(server.wants_tls());
    server.secure();
    server.say(where.inside);
  }
  REQUIRE(server.state().state() == where.state);
}

// The chunks of the rows above are one octet short, so that the line end of the row completes them.
std::string octets_of(const Answers& row) {
  const bool has_chunk = row.line.starts_with("BDAT");
  return row.line + (has_chunk ? "\n" : "\r\n");
}

}  // namespace

TEST_CASE("smtp server: every command in every state, with every extension on, gets the reply of the RFCs") {
  for (std::size_t at = 0; at < kWheres.size(); ++at) {
    for (const Answers& row : kAnswers) {
      CAPTURE(kWheres[at].name);
      CAPTURE(row.line);
      Server server(Server::with_everything());
      go(server, kWheres[at]);
      CHECK(server.codes(octets_of(row)) == row.codes[at]);
      CHECK(server.last_turn().input == row.input);
      CHECK(server.closed() == (row.line == "QUIT"));
      if (row.codes[at] == "503") CHECK(server.last_turn().legality != smtp::Legality::kLegal);
      if (row.codes[at][0] == '5') CHECK(server.state().state() == kWheres[at].state);
      if (row.codes[at][0] == '2') CHECK(server.last_turn().legality == smtp::Legality::kLegal);
      CHECK(server.wants_tls() == (row.line == "STARTTLS" && row.codes[at] == "220"));
    }
  }
}

TEST_CASE("smtp server: the rows of that table are all the commands there are") {
  std::set<Input> listed;
  for (const Answers& row : kAnswers) listed.insert(row.input);
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (!row.verb.empty()) CHECK(listed.count(row.input) == 1);
  }
}

TEST_CASE("smtp server: what it does not offer is 502, and nothing but the line is taken") {
  const smtp::ServerConfig nothing;
  for (const std::string line :
       {"STARTTLS", "BDAT 4", "BDAT 4 LAST", "BDAT x", "EXPN a", "ETRN a.b", "AUTH PLAIN", "STARTTLS now"}) {
    CAPTURE(line);
    Server server(nothing);
    server.say(kEhlo);
    CHECK(server.codes(line + "\r\nNOOP\r\n") == "502 250");
    CHECK(test::has(server.turns()[2].said.remarks, smtp::RemarkKind::kExtensionNotOffered));
    CHECK(server.state().state() == State::kReady);
    server.say(kMail + kRcpt);
    CHECK(server.codes(line + "\r\nRCPT TO:<g@h.i>\r\n") == (line.starts_with("AUTH") ? "503 250" : "502 250"));
    CHECK(server.state().state() == State::kRcpt);
  }
}

TEST_CASE("smtp server: HELP lists what is offered, and tells about one command") {
  Server nothing((smtp::ServerConfig()));
  nothing.take_sent();
  CHECK(nothing.say("HELP\r\n") == "214 Commands: HELO EHLO MAIL RCPT DATA RSET VRFY HELP NOOP QUIT\r\n");
  Server everything(Server::with_everything());
  everything.take_sent();
  CHECK(everything.say("HELP\r\n") ==
        "214 Commands: HELO EHLO MAIL RCPT DATA BDAT RSET VRFY EXPN HELP NOOP QUIT AUTH STARTTLS ETRN\r\n");
  CHECK(everything.say("HELP bdat\r\n") == "214 Syntax: \"BDAT\" SP chunk-size [ SP \"LAST\" ] (RFC 3030 section 2)\r\n");
  CHECK(everything.codes("HELP HELO\r\n") == "214");
  CHECK(everything.codes("HELP me\r\n") == "504");
}
