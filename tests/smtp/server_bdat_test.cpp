// BDAT at the server (RFC 3030).
#include <array>
#include <string>

#include <doctest/doctest.h>

#include "core/show.h"
#include "smtp/chunk_reader.h"
#include "smtp/server_session.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/feed.h"
#include "tests/smtp/server.h"

namespace {

using smtp::Input;
using smtp::State;
using test::Server;

const std::string kBeforeChunks = "EHLO client.example\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\n";
const std::string kBinary = "EHLO client.example\r\nMAIL FROM:<a@b.c> BODY=BINARYMIME\r\nRCPT TO:<d@e.f>\r\n";

struct BdatRow {
  std::string name;
  std::string octets;  // behind RCPT
  std::string codes;
  std::string message = {};  // the accepted one
};

const std::array kBdatRows{
    BdatRow{"one chunk", "BDAT 7 LAST\r\nHello\r\n", "250", "Hello\r\n"},
    BdatRow{"in lower case", "bdat 7 last\r\nHello\r\n", "250", "Hello\r\n"},
    BdatRow{"two chunks", "BDAT 3\r\nHelBDAT 4 LAST\r\nlo\r\n", "250 250", "Hello\r\n"},
    BdatRow{"three chunks", "BDAT 1\r\naBDAT 1\r\nbBDAT 1 LAST\r\nc", "250 250 250", "abc"},
    BdatRow{"an empty message", "BDAT 0 LAST\r\n", "250", ""},
    BdatRow{"an empty chunk", "BDAT 0\r\nBDAT 2 LAST\r\nab", "250 250", "ab"},
    BdatRow{"an empty last chunk", "BDAT 2\r\nabBDAT 0 LAST\r\n", "250 250", "ab"},
    BdatRow{"dots are dots", "BDAT 9 LAST\r\n..a\r\n.\r\nx", "250", "..a\r\n.\r\nx"},
    BdatRow{"commands inside are none", "BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n", "250 250", "QUIT\r\n"},
    BdatRow{"a command behind without a line end before it", "BDAT 1 LAST\r\naNOOP\r\n", "250 250", "a"},
    BdatRow{"a line end behind the chunk is an empty command", "BDAT 1 LAST\r\na\r\n", "250 500", "a"},
    BdatRow{"octets of every kind", std::string("BDAT 5 LAST\r\n\0\xff\r\n\x1b", 18), "250", std::string("\0\xff\r\n\x1b", 5)},
    BdatRow{"behind LAST no more", "BDAT 1 LAST\r\naBDAT 5\r\nNOOP\nBDAT 1 LAST\r\nx", "250 503 503", "a"},
    BdatRow{"the next message", "BDAT 1 LAST\r\naMAIL FROM:<>\r\nRCPT TO:<x@y.z>\r\nBDAT 1 LAST\r\nb", "250 250 250 250", "b"},
    BdatRow{"DATA between chunks", "BDAT 1\r\naDATA\r\nBDAT 1 LAST\r\nb", "250 503 250", "ab"},
    BdatRow{"RCPT between chunks", "BDAT 1\r\naRCPT TO:<x@y.z>\r\nBDAT 1 LAST\r\nb", "250 503 250", "ab"},
    BdatRow{"MAIL between chunks", "BDAT 1\r\naMAIL FROM:<x@y.z>\r\nBDAT 1 LAST\r\nb", "250 503 250", "ab"},
    BdatRow{"NOOP between chunks", "BDAT 1\r\naNOOP\r\nBDAT 1 LAST\r\nb", "250 250 250", "ab"},
    BdatRow{"RSET between chunks", "BDAT 1\r\naRSET\r\nBDAT 1 LAST\r\nb", "250 250 503"},
    BdatRow{"RSET and a new message", "BDAT 1\r\naRSET\r\nMAIL FROM:<>\r\nRCPT TO:<x@y.z>\r\nBDAT 1 LAST\r\nb",
            "250 250 250 250 250", "b"},
    BdatRow{"EHLO between chunks", "BDAT 1\r\naEHLO x.y\r\nBDAT 1 LAST\r\nb", "250 250 503"},
    BdatRow{"behind RSET", "RSET\r\nBDAT 6 LAST\r\nNOOP\r\nNOOP\r\n", "250 503 250"},
    BdatRow{"no size", "BDAT\r\n", "501"},
    BdatRow{"a size that is none", "BDAT x\r\n", "501"},
    BdatRow{"a negative size", "BDAT -1\r\n", "501"},
    BdatRow{"a size with a sign", "BDAT +1\r\n", "501"},
    BdatRow{"another marker", "BDAT 1 FIRST\r\n", "501"},
    BdatRow{"two markers", "BDAT 1 LAST LAST\r\n", "501"},
    BdatRow{"a size beyond counting", "BDAT 18446744073709551616\r\n", "501"},
    BdatRow{"a malformed one ends the transaction", "BDAT x\r\nBDAT 1 LAST\r\na", "501 503"},
};

smtp::ServerConfig small() {
  smtp::ServerConfig config = Server::with_everything();
  config.limits.stream.message = 10;
  return config;
}

}  // namespace

TEST_CASE("smtp server BDAT: chunks make a message, in any chunking on the wire") {
  for (const BdatRow& row : kBdatRows) {
    CAPTURE(row.name);
    const std::string got = test::feed_every_way(kBeforeChunks + row.octets, [](const test::Pieces& pieces) {
      Server server(Server::with_everything());
      std::string sent = server.take_sent();
      for (const std::string_view piece : pieces) sent += server.say(piece);
      std::string message;
      for (const smtp::Turn& turn : server.turns()) {
        if (turn.input == Input::kMessage && turn.proposed.code.is_positive()) message = turn.said.message;
      }
      return Server::codes_of(sent) + "|" + message;
    });
    CHECK(core::show_bytes(got) == core::show_bytes("220 250 250 250 " + row.codes + "|" + row.message));
  }
}

TEST_CASE("smtp server BDAT: a turn has the line and its chunk; LAST is the end of the message") {
  Server server(Server::with_everything());
  server.say(kBeforeChunks + "BDAT 3\r\nabc");
  CHECK(server.state().state() == State::kBdat);
  CHECK(server.state().memory().message_size == 3);
  CHECK(server.last_turn().input == Input::kBdat);
  CHECK(server.last_turn().said.bytes == "BDAT 3\r\n");
  CHECK(server.last_turn().said.message.substr(server.last_turn().said.chunk_begin) == "abc");
  server.say("BDAT 2 LAST\r\nde");
  CHECK(server.last_turn().input == Input::kMessage);
  REQUIRE(server.last_turn().said.command.has_value());
  CHECK(server.last_turn().said.command->verb == Input::kBdat);
  CHECK(server.last_turn().said.bytes == "BDAT 2 LAST\r\n");
  CHECK(server.last_turn().said.message.substr(server.last_turn().said.chunk_begin) == "de");
  CHECK(server.last_turn().said.message == "abcde");
  CHECK(server.last_turn().said.message_size == 5);
  CHECK(server.state().state() == State::kReady);
  CHECK(server.state().memory().messages == 1);
  CHECK(server.state().memory().message_size == 0);
}

TEST_CASE("smtp server BDAT: octets are counted while they come, and it knows what it waits for") {
  Server server(Server::with_everything());
  server.say(kBeforeChunks + "BDAT 10\r\nabc");
  CHECK(server.session().is_in_message());
  CHECK(server.state().memory().message_size == 3);
  CHECK(server.session().pending() == "abc");
  CHECK(test::describe(server.session().pending_remarks()) == "waits-inside-chunk");
  CHECK(server.codes("defghij") == "250");
  CHECK_FALSE(server.session().is_in_message());
  CHECK(server.session().pending_remarks().empty());
}

TEST_CASE("smtp server BDAT: a message over the limit is refused as soon as that is known, and its octets are dropped") {
  struct Size {
    std::string name;
    std::string octets;
    std::string codes;
  };
  const std::array rows{
      Size{"exactly the limit", "BDAT 10 LAST\r\n0123456789", "250"},
      Size{"one more", "BDAT 11 LAST\r\n0123456789x", "552"},
      Size{"in the sum", "BDAT 6\r\n012345BDAT 5\r\n6789xBDAT 1 LAST\r\na", "250 552 503"},
      Size{"a chunk far above it", "BDAT 3000\r\n" + std::string(3000, 'x') + "NOOP\r\n", "552 250"},
      Size{"the next message starts from nothing",
           "BDAT 11\r\n0123456789xMAIL FROM:<>\r\nRCPT TO:<x@y.z>\r\nBDAT 10 LAST\r\n0123456789", "552 250 250 250"},
  };
  for (const Size& row : rows) {
    CAPTURE(row.name);
    Server server(small());
    server.say(kBeforeChunks);
    CHECK(server.codes(row.octets) == row.codes);
    for (const smtp::Turn& turn : server.turns()) CHECK(turn.said.message.size() <= 10);
  }
}

TEST_CASE("smtp server BDAT: a binary message is no DATA, and its octets are no lines") {
  smtp::ServerConfig config = Server::with_everything();
  config.line_ends = smtp::LineEnds::kStrict;
  Server server(config);
  server.say(kBinary);
  CHECK(server.codes("DATA\r\nBDAT 3\r\n\n\r\rBDAT 1 LAST\r\n\r") == "503 250 250");
  CHECK(test::describe(server.last_turn().said.remarks).empty());
}

TEST_CASE("smtp server BDAT: a text with other line ends is remarked, and refused by a strict server") {
  struct Text {
    std::string octets;
    std::string remarks;
  };
  const std::array rows{Text{"BDAT 4 LAST\r\na\r\nb", ""},           Text{"BDAT 3 LAST\r\na\nb", "bare-lf-data"},
                        Text{"BDAT 3 LAST\r\na\rb", "bare-cr"},      Text{"BDAT 2 LAST\r\na\r", "bare-cr"},
                        Text{"BDAT 2\r\na\rBDAT 2 LAST\r\n\nb", ""}, Text{"BDAT 1\r\n\nBDAT 1 LAST\r\nb", "bare-lf-data"}};
  for (const Text& row : rows) {
    CAPTURE(core::show_bytes(row.octets));
    Server normal(Server::with_everything());
    normal.say(kBeforeChunks + row.octets);
    CHECK(test::describe(normal.last_turn().said.remarks) == row.remarks);
    CHECK(normal.last_turn().proposed.code.value() == 250);
    smtp::ServerConfig config = Server::with_everything();
    config.line_ends = smtp::LineEnds::kStrict;
    Server strict(config);
    strict.say(kBeforeChunks + row.octets);
    CHECK(strict.last_turn().proposed.code.value() == (row.remarks.empty() ? 250 : 550));
    CHECK(strict.closed() == !row.remarks.empty());
  }
}

TEST_CASE("smtp server BDAT: chunks are no commands without a message, empty and refused ones are") {
  smtp::ServerConfig config = Server::with_everything();
  config.limits.commands_without_mail = 10;
  Server busy(config);
  busy.say(kBeforeChunks);
  for (int i = 0; i < 100; ++i) REQUIRE(busy.codes("BDAT 1\r\na") == "250");
  CHECK(busy.codes("BDAT 0 LAST\r\n") == "250");
  Server idle(config);
  idle.say(kBeforeChunks);
  for (int i = 0; i < 8; ++i) REQUIRE(idle.codes("BDAT 0\r\n") == "250");
  CHECK(idle.codes("BDAT 0\r\n") == "421");
  CHECK(idle.closed());
}

TEST_CASE("smtp server BDAT: what a scenario refuses is over") {
  Server server(Server::with_everything(), [](const smtp::Turn& turn) {
    return turn.input == Input::kBdat ? smtp::Reply{smtp::ReplyCode(451), {"no"}} : turn.proposed;
  });
  server.say(kBeforeChunks);
  CHECK(server.codes("BDAT 1\r\naBDAT 1 LAST\r\nbMAIL FROM:<>\r\n") == "451 503 250");
}

TEST_CASE("smtp chunk: of what is above the limit nothing is kept") {
  smtp::ChunkReader reader(4);
  CHECK(reader.is_done());
  reader.begin(3);
  CHECK(reader.receive("abcdef") == 3);
  CHECK(reader.is_done());
  reader.begin(3);
  CHECK(reader.chunk_begin() == 3);
  CHECK(reader.receive("d") == 1);
  CHECK_FALSE(reader.is_done());
  CHECK(reader.receive("ef") == 2);
  CHECK(reader.message() == "abcd");
  CHECK(reader.size() == 6);
  CHECK(reader.too_large());
}
