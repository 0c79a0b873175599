#include "dialogue/log.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/dialogue/sample.h"

namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

TEST_CASE("dialogue log: numbers events from 1, and a reference stays good") {
  dialogue::Log log(smtp::door());
  CHECK(log.empty());
  const dialogue::Event& first = log.append(test::note(dialogue::Kind::kConnected, "from here"));
  for (int i = 0; i < 1000; ++i) log.append({});
  CHECK(first.note.en == "from here");
  CHECK(log.events().size() == 1001);
  CHECK(log.events().front().number == 1);
  CHECK(log.events().back().number == 1001);
}

TEST_CASE("dialogue log: it is bounded, and says how much it has let go") {
  dialogue::Log log(smtp::door());
  const std::string long_line(std::size_t{1} << 20U, 'x');
  for (int i = 0; i < 40; ++i) {
    log.append(test::octets(dialogue::Kind::kServer, "250 ok\r\n"));
    log.append(test::octets(dialogue::Kind::kServer, long_line));
  }
  std::size_t kept = 0;
  std::size_t dropped = 0;
  for (const dialogue::Event& event : log.events()) {
    kept += event.bytes.size();
    dropped += event.dropped;
    CHECK((event.bytes.empty() ? event.dropped == long_line.size() : event.dropped == 0));
  }
  CHECK(kept <= dialogue::Log::kMostKept);
  CHECK(kept > dialogue::Log::kMostKept - 2 * long_line.size());
  CHECK(kept + dropped == 40 * (long_line.size() + 8));
  CHECK(log.events().back().bytes == long_line);
}

TEST_CASE("dialogue event: a command keeps its octets, its meaning and what was odd") {
  const dialogue::Event event = test::client_line("mail from:<a@b.example>\n");
  CHECK(event.kind == dialogue::Kind::kClient);
  CHECK(event.bytes == "mail from:<a@b.example>\n");
  CHECK(event.input == smtp::Input::kMail);
  CHECK(event.is_command);
  REQUIRE(event.remarks.size() == 1);
  CHECK(event.remarks.front().kind == smtp::RemarkKind::kBareLfCommand);
  CHECK(event.decoded.empty());
}

TEST_CASE("dialogue event: the base64 of AUTH is decoded, and a password is known as one") {
  struct Row {
    std::string name;
    dialogue::Event event;
    std::string decoded;
    bool secret;
  };
  const std::vector<Row> rows{
      {"user of LOGIN", test::response_line("YWxpY2VAMTYzLmNvbQ==\r\n", false), "alice@163.com", false},
      {"password of LOGIN", test::response_line("c2VjcmV0\r\n", true), "secret", true},
      {"password with a newline", test::response_line("c2VjcmV0Cg==\n", true), "secret\n", true},
      {"cancelled", test::response_line("*\r\n", false), "", false},
      {"no base64", test::response_line("secret!\r\n", true), "", false},
      {"empty", test::response_line("\r\n", true), "", false},
      {"initial response of PLAIN", test::client_line("AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n"), std::string("\0alice\0secret"sv),
       true},
      {"initial response of LOGIN", test::client_line("AUTH LOGIN YWxpY2U=\r\n"), "alice", false},
      {"AUTH alone", test::client_line("AUTH LOGIN\r\n"), "", false},
      {"looks like base64", test::client_line("NOOP c2VjcmV0\r\n"), "", false},
      {"challenge", test::server_reply(334, {"VXNlcm5hbWU6"}, smtp::Input::kAuth), "Username:", false},
      {"another reply", test::server_reply(250, {"VXNlcm5hbWU6"}), "", false},
      {"challenge that is none", test::server_reply(334, {"go on"}, smtp::Input::kAuth), "", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(row.event.decoded == row.decoded);
    CHECK(row.event.decoded_is_secret == row.secret);
  }
}

TEST_CASE("dialogue event: a message has the octets it had on the wire") {
  // Dots that should have been doubled, and were not, are what a learner has to see.
  for (const std::string data : {"", "a\r\n", "..a\r\n..\r\n", "a\r\nb\nc\r\n", ".hidden\r\n", ".\rx\r\n", "too long\r\n"}) {
    CAPTURE(data);
    smtp::StreamLimits limits;
    limits.message = 6;
    smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
    stream.set_mode(smtp::Mode::kData);
    core::Tape tape;
    tape.add(data + ".\r", 1us);
    tape.add("\nNOOP\r\n", 2us);
    stream.receive(tape.octets());
    const auto said = stream.next();
    REQUIRE(said);
    const dialogue::Event event = dialogue::from_said(smtp::neutral(*said), tape.take(said->octets));
    CHECK(event.bytes == data + ".\r\n");
    CHECK(event.pieces == std::vector<core::Piece>{{data.size() + 2, 1us}, {1, 2us}});
    CHECK(event.at == 2us);
    CHECK(stream.next()->octets == 6);
  }
}

TEST_CASE("dialogue event: a reply knows what it answers and what it changed") {
  const dialogue::Event event = test::server_reply(250, {"first", "second"});
  CHECK(event.kind == dialogue::Kind::kServer);
  CHECK(event.bytes == "250-first\r\n250 second\r\n");
  CHECK(event.input == smtp::Input::kMail);
  REQUIRE(event.reply);
  CHECK(event.reply->lines.size() == 2);
  REQUIRE(event.change);
  CHECK(event.change->to->name.en == "mail");
}

TEST_CASE("dialogue event: every kind has its name") {
  CHECK(dialogue::name(dialogue::Kind::kConnected) == "connected");
  CHECK(dialogue::name(dialogue::Kind::kClient) == "client");
  CHECK(dialogue::name(dialogue::Kind::kServer) == "server");
  CHECK(dialogue::name(dialogue::Kind::kNote) == "note");
  CHECK(dialogue::name(dialogue::Kind::kClosed) == "closed");
}

}  // namespace
