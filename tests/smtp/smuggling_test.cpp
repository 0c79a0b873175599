// What may stand for the end of mail data but is not CRLF.CRLF (CVE-2023-51764, -51765, -51766), in the three ways to treat
// line ends: a second message must come out nowhere but at a lenient server.
#include <array>
#include <string>

#include <doctest/doctest.h>

#include "core/show.h"
#include "core/text.h"
#include "smtp/server_session.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/feed.h"
#include "tests/smtp/server.h"

namespace {

using smtp::LineEnds;
using test::Server;

const std::string kBeforeMessage = "EHLO client.example\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n";
const std::string kSmuggled = "MAIL FROM:<x@y.z>\r\nRCPT TO:<v@w.x>\r\nDATA\r\nsecond\r\n.\r\n";

struct EndRow {
  std::string end;      // behind the word "first", before the smuggled commands
  std::string remarks;  // of the message, at a normal server
  bool lenient_ends;    // the lenient server takes it for the end
};

const std::array kEndRows{
    EndRow{"\r\n.\r\n", "", true},  // the proper end
    EndRow{"\n.\n", "bare-lf-data", true},
    EndRow{"\n.\r\n", "bare-lf-data", true},
    EndRow{"\r\n.\n", "bare-lf-data", true},
    EndRow{"\r.\r", "bare-cr", false},
    EndRow{"\r.\r\n", "bare-cr", false},
    EndRow{"\r\n.\r", "bare-cr", false},
    EndRow{"\r.\n", "bare-cr bare-lf-data", false},
    EndRow{"\n.\r", "bare-cr bare-lf-data", false},
    EndRow{"\r\r\n.\r\r\n", "bare-cr", false},
    EndRow{"\n\n.\r\n", "bare-lf-data", true},
    EndRow{"\n\r.\n\r", "bare-cr bare-lf-data", false},
    EndRow{"\r\n\r.\r\n", "bare-cr", false},
    EndRow{"\r\n.\r\r\n", "bare-cr", false},
    EndRow{std::string("\r\n\0.\r\n", 6), "", false},
    EndRow{std::string("\r\n.\0\r\n", 6), "", false},
    EndRow{"\r\n..\r\n", "", false},
    EndRow{"\r\n. \r\n", "", false},
    EndRow{"\xc2\x85.\xc2\x85", "", false},          // NEL
    EndRow{"\xe2\x80\xa8.\xe2\x80\xa8", "", false},  // LINE SEPARATOR
};

smtp::ServerConfig with(LineEnds line_ends) {
  smtp::ServerConfig config = Server::with_auth();
  config.line_ends = line_ends;
  return config;
}

// How many messages were accepted, and "closed" when the server hung up.
std::string outcome(const smtp::ServerConfig& config, const std::string& octets) {
  return test::feed_every_way(octets, [&](const test::Pieces& pieces) {
    Server server(config);
    std::string sent = server.take_sent();
    for (const std::string_view piece : pieces) sent += server.say(piece);
    return std::to_string(server.state().memory().messages) + (server.closed() ? " closed" : "") + " " + Server::codes_of(sent);
  });
}

}  // namespace

TEST_CASE("smtp smuggling: in data only CRLF.CRLF is an end, but at a lenient server") {
  for (const EndRow& row : kEndRows) {
    CAPTURE(core::show_bytes(row.end));
    const bool proper = row.end == "\r\n.\r\n";
    const std::string octets = kBeforeMessage + "first" + row.end + kSmuggled;
    CHECK(outcome(with(LineEnds::kNormalize), octets).substr(0, 1) == (proper ? "2" : "1"));
    CHECK(outcome(with(LineEnds::kByHand), octets).substr(0, 1) == (proper ? "2" : "1"));
    CHECK(outcome(with(LineEnds::kLenient), octets).substr(0, 1) == (proper || row.lenient_ends ? "2" : "1"));
    const std::string strict = outcome(with(LineEnds::kStrict), octets);
    CHECK(strict.substr(0, 1) == (proper ? "2" : row.remarks.empty() ? "1" : "0"));
    CHECK((strict.find("closed") != std::string::npos) == !row.remarks.empty());
    if (!row.remarks.empty()) CHECK(strict.ends_with("354 550"));
  }
}

TEST_CASE("smtp smuggling: what is odd about the ends is remarked") {
  for (const EndRow& row : kEndRows) {
    CAPTURE(core::show_bytes(row.end));
    Server server(with(LineEnds::kNormalize));
    server.say(kBeforeMessage + "first" + row.end + "rest\r\n.\r\n");
    for (const smtp::Turn& turn : server.turns()) {
      if (turn.input == smtp::Input::kMessage) CHECK(test::describe(turn.said.remarks) == row.remarks);
    }
    CHECK(server.state().memory().messages == 1);
  }
}

TEST_CASE("smtp line ends: a command may end in LF at a normal server; a strict one hangs up at LF and at CR alone") {
  struct Line {
    std::string octets;
    std::string normal;
    std::string strict;
    std::string remarks;
  };
  const std::array rows{
      Line{"NOOP\r\n", "250", "250", ""},
      Line{"NOOP\n", "250", "550", "bare-lf-command"},
      Line{"NOOP\r\r\n", "500", "550", "bare-cr unknown-command"},
      Line{"NOOP a\rb\r\n", "250", "550", "bare-cr"},
      Line{"\rNOOP\r\n", "250", "550", "reversed-crlf"},
      Line{"BOGUS\n", "500", "550", "bare-lf-command unknown-command"},
      Line{"\n", "500", "550", "bare-lf-command stray-empty-line"},
  };
  for (const Line& row : rows) {
    CAPTURE(core::show_bytes(row.octets));
    for (const LineEnds mode : {LineEnds::kNormalize, LineEnds::kLenient}) {
      Server server(with(mode));
      server.take_sent();
      CHECK(server.codes(row.octets) == row.normal);
      CHECK(test::describe(server.last_turn().said.remarks) == row.remarks);
      CHECK_FALSE(server.closed());
    }
    Server strict(with(LineEnds::kStrict));
    strict.take_sent();
    CHECK(strict.codes(row.octets + "NOOP\r\n") == (row.strict == "250" ? "250 250" : row.strict));
    CHECK(strict.closed() == (row.strict == "550"));
  }
  for (const std::string line : {"YWxpY2U=\n", "YWxp\rY2U=\r\n"}) {
    CAPTURE(core::show_bytes(line));
    Server strict(with(LineEnds::kStrict));
    strict.say("EHLO a.b\r\nAUTH LOGIN\r\n");
    CHECK(strict.codes(line) == "550");
    CHECK(strict.closed());
  }
}

// Everything in LF: a person with nc. Behind the word "first" and this end the same person goes on in LF.
TEST_CASE("smtp by hand: who says LF throughout ends a message with LF.LF, and no end of two kinds ever does") {
  struct ByHand {
    std::string body;
    bool ends;
  };
  const std::string start = "EHLO client.example\nMAIL FROM:<a@b.c>\nRCPT TO:<d@e.f>\nDATA\n";
  const std::array rows{
      ByHand{"first\n.\n", true},
      ByHand{"Subject: a\n\nfirst\n.\n", true},
      ByHand{".\n", true},
      ByHand{"first\n.\r\n", false},
      ByHand{"first\r\n.\n", false},
      ByHand{"first\r\nsecond\n.\n", false},
      ByHand{"first\nsecond\r\n.\n", false},
      ByHand{"first\nsecond\r\nthird\n.\n", false},
      ByHand{"fi\rrst\n.\n", false},
      ByHand{"first\n\r.\n", false},
      ByHand{"first\r.\n", false},
      ByHand{"first\n.\r\r\n", false},
      ByHand{"first\n.\rx\n.\n", false},
      ByHand{"first\n..\n", false},
  };
  for (const ByHand& row : rows) {
    CAPTURE(core::show_bytes(row.body));
    const std::string end = row.ends ? "" : "\r\n.\r\n";
    const std::string octets = start + row.body + core::replace_all(kSmuggled, "\r\n", "\n") + end;
    CHECK(outcome(with(LineEnds::kByHand), octets).substr(0, 1) == (row.ends ? "2" : "1"));
    const std::string in_crlf = kBeforeMessage + row.body + core::replace_all(kSmuggled, "\r\n", "\n") + "\r\n.\r\n";
    CHECK(outcome(with(LineEnds::kByHand), in_crlf).substr(0, 1) == "1");  // a relay says DATA with CRLF
    CHECK(outcome(with(LineEnds::kNormalize), octets).substr(0, 1) == (row.ends ? "0" : "1"));
  }
  Server server(with(LineEnds::kByHand));
  server.say(start + "Subject: a\n\n.first\n..\n.\n");
  CHECK(server.last_turn().said.message == "Subject: a\n\nfirst\n.\n");
  CHECK(test::describe(server.last_turn().said.remarks) == "bare-lf-data terminator-not-crlf");
  Server mixed(with(LineEnds::kByHand));
  mixed.say(start + "a\n.\r\nb\r\n.\r\n");
  CHECK(mixed.last_turn().said.message == "a\n.\r\nb\r\n");
}

TEST_CASE("smtp smuggling: a lenient server lets pass and still remarks") {
  for (const char* const end : {"\n.\n", "\n.\r\n", "\r\n.\n"}) {
    CAPTURE(core::show_bytes(end));
    Server server(with(LineEnds::kLenient));
    server.say(kBeforeMessage + "first" + end);
    CHECK(server.state().memory().messages == 1);
    CHECK(test::has(server.last_turn().said.remarks, smtp::RemarkKind::kTerminatorNotCrlf));
  }
  Server proper(with(LineEnds::kLenient));
  proper.say(kBeforeMessage + "first\n\r\n.\r\n");
  CHECK_FALSE(test::has(proper.last_turn().said.remarks, smtp::RemarkKind::kTerminatorNotCrlf));
}
