#include "smtp/client_stream.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/feed.h"

namespace {

using smtp::ClientStream;
using smtp::LineEnds;
using smtp::Mode;
using smtp::RemarkKind;

// What follows in the way of the simplest server: DATA is answered 354, AUTH by one prompt, whatever comes.
void follow(ClientStream& stream, const smtp::Said& said) {
  if (said.fault) return;
  if (said.input == smtp::Input::kData) stream.set_mode(Mode::kData);
  if (said.input == smtp::Input::kAuth) {
    stream.set_mode(Mode::kAuth);
    stream.expect_response(true, said.command->mechanism == "PLAIN");
  }
  if (said.input == smtp::Input::kAuthResponse || said.input == smtp::Input::kMessage) stream.set_mode(Mode::kCommand);
}

// Everything said, one line each; what is left over behind a plus sign.
auto reading_stream(LineEnds line_ends, const smtp::StreamLimits& limits) {
  return [line_ends, &limits](const test::Pieces& pieces) {
    ClientStream stream(line_ends, {}, limits);
    std::string out;
    std::string wire;  // of which nothing was said yet
    for (const std::string_view piece : pieces) {
      stream.receive(piece);
      wire += piece;
      while (const auto said = stream.next()) {
        CHECK(wire.starts_with(said->bytes));
        REQUIRE(said->octets <= wire.size());
        wire.erase(0, said->octets);
        CHECK(test::spans_fit(said->remarks, said->bytes.size()));
        CHECK(test::spans_fit(said->secrets, said->bytes.size()));
        out += test::describe(*said) + "\n";
        follow(stream, *said);
      }
    }
    if (!stream.pending().empty()) out += "+" + core::show_bytes(stream.pending());
    CHECK(wire.size() == stream.received() - stream.handed_out());
    return out;
  };
}

const smtp::StreamLimits kLimits;

std::string read_stream(std::string_view octets, LineEnds line_ends = LineEnds::kNormalize) {
  return test::feed_every_way(octets, reading_stream(line_ends, kLimits));
}

struct StreamRow {
  std::string name;
  std::string octets;
  std::string said;
};

const std::array kStreamRows{
    StreamRow{"nothing", "", ""},
    StreamRow{"one command", "QUIT\r\n", "quit \"QUIT␍␊\" crlf ok\n"},
    StreamRow{"two commands at once", "NOOP\r\nQUIT\r\n", "noop \"NOOP␍␊\" crlf ok\nquit \"QUIT␍␊\" crlf ok\n"},
    StreamRow{"half a command", "NOOP\r\nQUI", "noop \"NOOP␍␊\" crlf ok\n+QUI"},
    StreamRow{"a command without LF", "QUIT\r", "+QUIT␍"},
    StreamRow{"LF alone", "QUIT\n", "quit \"QUIT␊\" lf ok (bare-lf-command)\n"},
    StreamRow{"LF alone and then CRLF", "NOOP\nQUIT\r\n", "noop \"NOOP␊\" lf ok (bare-lf-command)\nquit \"QUIT␍␊\" crlf ok\n"},
    StreamRow{"an empty line", "\r\n", "unknown \"␍␊\" crlf unknown (stray-empty-line)\n"},
    StreamRow{"a syntax error knows its verb", "MAIL\r\n", "mail \"MAIL␍␊\" crlf syntax\n"},
    StreamRow{"a message", "DATA\r\nSubject: a\r\n\r\n..x\r\n.\r\nQUIT\r\n",
              "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"Subject: a␍␊␍␊.x␍␊\"\nquit \"QUIT␍␊\" crlf ok\n"},
    StreamRow{"an empty message", "DATA\r\n.\r\n", "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"\"\n"},
    StreamRow{"commands inside a message are none", "DATA\r\nQUIT\r\n.\r\n",
              "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"QUIT␍␊\"\n"},
    StreamRow{"bare LF in a message", "DATA\r\na\nb\r\n.\r\n",
              "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"a␊b␍␊\" (bare-lf-data)\n"},
    StreamRow{"smuggling does not work", "DATA\r\na\n.\r\nMAIL FROM:<b@c.d>\r\n.\r\nQUIT\r\n",
              "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"a␊.␍␊MAIL FROM:<b@c.d>␍␊\" (bare-lf-data)\n"
              "quit \"QUIT␍␊\" crlf ok\n"},
    StreamRow{"two messages", "DATA\r\na\r\n.\r\nDATA\r\nb\r\n.\r\n",
              "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"a␍␊\"\ndata \"DATA␍␊\" crlf ok\nmessage \"\" crlf message "
              "\"b␍␊\"\n"},
    StreamRow{"a SASL line is no command, and secret", "AUTH LOGIN\r\nUVVJVA==\r\nQUIT\r\n",
              "auth \"AUTH LOGIN␍␊\" crlf ok\nauth-response \"UVVJVA==␍␊\" crlf secret 0-8\nquit \"QUIT␍␊\" crlf ok\n"},
    StreamRow{"a SASL line that ends in LF", "AUTH LOGIN\r\nUVVJVA==\n",
              "auth \"AUTH LOGIN␍␊\" crlf ok\nauth-response \"UVVJVA==␊\" lf (bare-lf-command) secret 0-8\n"},
    StreamRow{"a cancelled exchange", "AUTH LOGIN\r\n*\r\nQUIT\r\n",
              "auth \"AUTH LOGIN␍␊\" crlf ok\nauth-response \"*␍␊\" crlf (auth-cancelled)\nquit \"QUIT␍␊\" crlf ok\n"},
};

bool says(const std::string& octets, RemarkKind kind) {
  ClientStream stream(LineEnds::kNormalize, {}, kLimits);
  stream.receive(octets);
  bool found = false;
  while (const auto said = stream.next()) {
    found = found || test::has(said->remarks, kind);
    follow(stream, *said);
  }
  return found;
}

}  // namespace

TEST_CASE("smtp stream: commands, SASL lines and messages are told apart in any chunking") {
  for (const StreamRow& row : kStreamRows) {
    CAPTURE(row.name);
    CHECK(read_stream(row.octets) == row.said);
  }
}

TEST_CASE("smtp stream: a strict server sees the bare LF, a lenient one takes it even in data") {
  CHECK(read_stream("QUIT\n", LineEnds::kStrict) == "quit \"QUIT␊\" lf ok (bare-lf-command)\n");
  CHECK(read_stream("QUIT\n", LineEnds::kLenient) == "quit \"QUIT␊\" lf ok (bare-lf-command)\n");
  CHECK(read_stream("DATA\r\na\n.\nQUIT\r\n", LineEnds::kLenient) ==
        "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"a␊\" (bare-lf-data terminator-not-crlf)\nquit \"QUIT␍␊\" crlf "
        "ok\n");
  CHECK(read_stream("DATA\r\na\n.\n", LineEnds::kStrict).find("message") == std::string::npos);
  CHECK(read_stream("DATA\r\na\nb\r\n.\r\n", LineEnds::kStrict).find("bare-lf-data") != std::string::npos);
}

TEST_CASE("smtp stream: a command may be as long as its limit and no longer, and the next one is read") {
  smtp::StreamLimits limits;
  limits.command_line = 20;
  struct Long {
    std::string name;
    std::string octets;
    std::string ends_with;
    bool too_long;
  };
  const std::array rows{
      Long{"exactly the limit", "NOOP 1234567890123\r\nQUIT\r\n", "quit \"QUIT␍␊\" crlf ok\n", false},
      Long{"one more", "NOOP 12345678901234\r\nQUIT\r\n", "quit \"QUIT␍␊\" crlf ok\n", true},
      Long{"much more", "NOOP " + std::string(500, 'x') + "\r\nQUIT\r\n", "quit \"QUIT␍␊\" crlf ok\n", true},
      Long{"two in a row", std::string(30, 'x') + "\r\n" + std::string(40, 'y') + "\r\nQUIT\r\n", "quit \"QUIT␍␊\" crlf ok\n",
           true},
      Long{"ended by LF", "NOOP " + std::string(50, 'x') + "\nQUIT\r\n", "quit \"QUIT␍␊\" crlf ok\n", true},
  };
  for (const Long& row : rows) {
    CAPTURE(row.name);
    const std::string said = test::feed_every_way(row.octets, reading_stream(LineEnds::kNormalize, limits));
    CAPTURE(said);
    CHECK(said.ends_with(row.ends_with));
    CHECK((said.find("too-long") != std::string::npos) == row.too_long);
    CHECK((said.find("(line-too-long-command") != std::string::npos) == row.too_long);
  }
}

TEST_CASE("smtp stream: of a line that is too long no more than the limit is kept") {
  smtp::StreamLimits limits;
  limits.command_line = 20;
  ClientStream stream(LineEnds::kNormalize, {}, limits);
  stream.receive(std::string(300, 'x') + "\r\n");
  const auto said = stream.next();
  REQUIRE(said.has_value());
  CHECK(said->bytes.size() <= 20);
  REQUIRE(said->fault.has_value());
  CHECK(said->fault->fault == smtp::CommandFault::kTooLong);
}

TEST_CASE("smtp stream: a SASL line has a limit of its own") {
  smtp::StreamLimits limits;
  limits.command_line = 20;
  limits.auth_line = 40;
  const std::string fits = "AUTH LOGIN\r\n" + std::string(36, 'A') + "\r\n";
  CHECK(test::feed_every_way(fits, reading_stream(LineEnds::kNormalize, limits)).find("too-long") == std::string::npos);
  const std::string over = "AUTH LOGIN\r\n" + std::string(60, 'A') + "\r\nQUIT\r\n";
  const std::string said = test::feed_every_way(over, reading_stream(LineEnds::kNormalize, limits));
  CHECK(said.find("auth-response") != std::string::npos);
  CHECK(said.find("too-long") != std::string::npos);
}

TEST_CASE("smtp stream: an endless line costs bounded memory and is given up in the end") {
  smtp::StreamLimits limits;
  limits.command_line = 512;
  limits.discarded = 10000;
  ClientStream stream(LineEnds::kNormalize, {}, limits);
  std::size_t most = 0;
  std::size_t sent = 0;
  while (!stream.gave_up() && sent < 100000) {
    stream.receive(std::string(100, 'a'));
    sent += 100;
    CHECK_FALSE(stream.next().has_value());
    most = std::max(most, stream.pending().size());
  }
  CHECK(stream.gave_up());
  CHECK(sent > 10000);
  CHECK(sent < 12000);
  CHECK(most <= 612);
}

TEST_CASE("smtp stream: whether an endless line is given up does not depend on chunks") {
  smtp::StreamLimits limits;
  limits.command_line = 20;
  limits.discarded = 50;
  for (const std::size_t length : {30U, 48U, 49U, 50U, 51U, 52U, 80U}) {
    CAPTURE(length);
    test::feed_every_way(std::string(length, 'x') + "\r\nQUIT\r\n", [&](const test::Pieces& pieces) {
      ClientStream stream(LineEnds::kNormalize, {}, limits);
      std::string out;
      for (const std::string_view piece : pieces) {
        if (stream.gave_up()) break;
        stream.receive(piece);
        while (const auto said = stream.next()) out += test::describe(*said) + "\n";
      }
      return out + (stream.gave_up() ? "gave up" : "");
    });
  }
}

TEST_CASE("smtp stream: a message over the limit is read to its end, so that the dialogue stays in step") {
  smtp::StreamLimits limits;
  limits.message = 5;
  CHECK(test::feed_every_way("DATA\r\n0123456789\r\n.\r\nQUIT\r\n", reading_stream(LineEnds::kNormalize, limits)) ==
        "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"01234\" too-large\nquit \"QUIT␍␊\" crlf ok\n");
  CHECK(test::feed_every_way("DATA\r\n012\r\n.\r\n", reading_stream(LineEnds::kNormalize, limits)) ==
        "data \"DATA␍␊\" crlf ok\nmessage \"\" crlf message \"012␍␊\"\n");
}

TEST_CASE("smtp stream: octets of a message are counted while they come") {
  ClientStream stream(LineEnds::kNormalize, {}, kLimits);
  CHECK(stream.message_octets() == 0);
  stream.set_mode(Mode::kData);
  stream.receive("Hello\r\n");
  CHECK_FALSE(stream.next().has_value());
  CHECK(stream.message_octets() == 7);
  stream.receive("..\r\n.\r\n");
  const auto said = stream.next();
  REQUIRE(said.has_value());
  CHECK(said->message_size == 10);
  CHECK(said->message == "Hello\r\n.\r\n");
}

TEST_CASE("smtp stream: the octets behind BDAT are a chunk, for a server that knows the command") {
  const auto reading_chunks = [](bool chunking) {
    return [chunking](const test::Pieces& pieces) {
      ClientStream stream(LineEnds::kNormalize, {}, kLimits);
      stream.set_chunking(chunking);
      std::string out;
      for (const std::string_view piece : pieces) {
        stream.receive(piece);
        while (const auto said = stream.next()) {
          out += std::string(smtp::name(said->input)) + " " + core::show_bytes(said->bytes) + " [" +
                 core::show_bytes(said->message.substr(said->chunk_begin)) + "] " + core::show_bytes(said->message) + "\n";
        }
      }
      return out + (stream.mode() == Mode::kChunk ? "in chunk " : "") + "+" + core::show_bytes(stream.pending());
    };
  };
  struct Chunk {
    std::string octets;
    std::string said;
    std::string without;
  };
  const std::array rows{
      Chunk{"BDAT 3\r\nabcNOOP\r\n", "bdat BDAT 3␍␊ [abc] abc\nnoop NOOP␍␊ [] \n+",
            "bdat BDAT 3␍␊ [] \nunknown abcNOOP␍␊ [] \n+"},
      Chunk{"BDAT 1\naBDAT 2 LAST\r\nbc", "bdat BDAT 1␊ [a] a\nmessage BDAT 2 LAST␍␊ [bc] abc\n+",
            "bdat BDAT 1␊ [] \nunknown aBDAT 2 LAST␍␊ [] \n+bc"},
      Chunk{"BDAT 5\r\nabc", "in chunk +abc", "bdat BDAT 5␍␊ [] \n+abc"},
      Chunk{"BDAT 5\r\n", "in chunk +", "bdat BDAT 5␍␊ [] \n+"},
      Chunk{"BDAT x\r\nNOOP\r\n", "bdat BDAT x␍␊ [] \nnoop NOOP␍␊ [] \n+", "bdat BDAT x␍␊ [] \nnoop NOOP␍␊ [] \n+"},
  };
  for (const Chunk& row : rows) {
    CAPTURE(core::show_bytes(row.octets));
    CHECK(test::feed_every_way(row.octets, reading_chunks(true)) == row.said);
    CHECK(test::feed_every_way(row.octets, reading_chunks(false)) == row.without);
  }
}

TEST_CASE("smtp stream: chunks of a message that is over are forgotten, and octets may be dropped") {
  ClientStream stream(LineEnds::kNormalize, {}, kLimits);
  stream.set_chunking(true);
  stream.receive("BDAT 3\r\nabc");
  CHECK(stream.next()->message_size == 3);
  CHECK(stream.message_octets() == 3);
  stream.forget_chunks();
  CHECK(stream.message_octets() == 0);
  stream.receive("BDAT 2 LAST\r\nde");
  CHECK(stream.next()->message == "de");
  stream.set_chunking(false);
  stream.receive("BDAT 6\r\nQU");
  CHECK(stream.next()->input == smtp::Input::kBdat);
  stream.drop(6);
  CHECK(stream.pending().empty());
  stream.receive("IT\r\nNOOP\r\n");
  CHECK(stream.next()->input == smtp::Input::kNoop);
  stream.receive("half a line");
  stream.forget();
  CHECK_FALSE(stream.has_unread());
  stream.receive("QUIT\r\n");
  CHECK(stream.next()->input == smtp::Input::kQuit);
}

TEST_CASE("smtp stream: an AUTH may be as long as a line of the exchange, and hides what cannot be read") {
  smtp::StreamLimits limits;
  limits.command_line = 20;
  limits.auth_line = 40;
  const std::string fits = "AUTH PLAIN " + std::string(27, 'A') + "\r\n";
  CHECK(test::feed_every_way(fits, reading_stream(LineEnds::kNormalize, limits)).find("too-long") == std::string::npos);
  const std::string over = "auth PLAIN " + std::string(28, 'A') + "\r\n";
  const std::string said = test::feed_every_way(over, reading_stream(LineEnds::kNormalize, limits));
  CHECK(said.find("too-long") != std::string::npos);
  CHECK(said.find("secret 11-39") != std::string::npos);
  ClientStream stream(LineEnds::kNormalize, {}, limits);
  stream.receive("AUTH PLAIN AAAA");
  CHECK(stream.pending_secrets() == std::vector<core::Span>{{11, 15}});
  stream.receive("\r\nNOOP");
  CHECK(stream.next().has_value());
  CHECK(stream.pending_secrets().empty());
}

TEST_CASE("smtp stream: what is no line has an empty line") {
  CHECK(smtp::Said{}.line().empty());
  ClientStream stream(LineEnds::kNormalize, {}, kLimits);
  stream.set_mode(Mode::kData);
  stream.receive("Hello\r\n.\r\n");
  const auto message = stream.next();
  REQUIRE(message.has_value());
  CHECK(message->line().empty());
  stream.set_mode(Mode::kCommand);
  stream.receive("NOOP\r\nNOOP\n");
  CHECK(std::string(stream.next()->line()) == "NOOP");
  CHECK(std::string(stream.next()->line()) == "NOOP");
}

TEST_CASE("smtp stream: a mode takes effect for what was not yet handed out") {
  ClientStream stream(LineEnds::kNormalize, {}, kLimits);
  stream.receive("DATA\r\nQUIT\r\n.\r\nNOOP\r\n");
  CHECK(stream.next()->input == smtp::Input::kData);
  stream.set_mode(Mode::kData);
  const auto message = stream.next();
  REQUIRE(message.has_value());
  CHECK(message->message == "QUIT\r\n");
  stream.set_mode(Mode::kCommand);
  CHECK(stream.next()->input == smtp::Input::kNoop);
}

TEST_CASE("smtp stream: a user name is shown, a password is not") {
  ClientStream stream(LineEnds::kNormalize, {}, kLimits);
  stream.set_mode(Mode::kAuth);
  stream.expect_response(false, false);
  stream.receive("YWxpY2U=\r\nc2VjcmV0\r\n");
  CHECK(stream.next()->secrets.empty());
  stream.expect_response(true, false);
  const auto password = stream.next();
  REQUIRE(password.has_value());
  CHECK(core::show_masked(password->bytes, password->secrets) == "********␍␊");
}

TEST_CASE("smtp stream: what waits for its line end is known, and why") {
  struct Waiting {
    std::string name;
    Mode mode;
    std::string octets;
    std::string remarks;
  };
  const std::array rows{
      Waiting{"nothing", Mode::kCommand, "", ""},
      Waiting{"a command without end", Mode::kCommand, "DATA", "missing-crlf"},
      Waiting{"a command behind a whole one", Mode::kCommand, "NOOP\r\nQUIT", "missing-crlf"},
      Waiting{"whole commands only", Mode::kCommand, "NOOP\r\n", ""},
      Waiting{"a SASL line without end", Mode::kAuth, "YWxpY2U=", "missing-crlf"},
      Waiting{"LF . LF", Mode::kData, "a\n.\n", "terminator-not-crlf"},
      Waiting{"LF . CRLF", Mode::kData, "a\n.\r\n", "terminator-not-crlf"},
      Waiting{"CRLF . LF", Mode::kData, "a\r\n.\n", "terminator-not-crlf"},
      Waiting{"a dot and LF at once", Mode::kData, ".\n", "terminator-not-crlf"},
      Waiting{"data and no dot", Mode::kData, "a\r\n", "waits-inside-data"},
  };
  for (const Waiting& row : rows) {
    CAPTURE(row.name);
    ClientStream stream(LineEnds::kNormalize, {}, kLimits);
    stream.set_mode(row.mode);
    stream.receive(row.octets);
    while (stream.next()) {
    }
    CHECK(test::describe(stream.pending_remarks()) == row.remarks);
    CHECK(test::spans_fit(stream.pending_remarks(), stream.pending().size()));
  }
}

TEST_CASE("smtp stream: mistakes of beginners are remarked") {
  CHECK(says("QUIT\n\rNOOP\r\n", RemarkKind::kReversedCrlf));
  CHECK(says(std::string("NOOP\r\n\0QUIT\r\n", 13), RemarkKind::kNulBytes));
  CHECK(says("HELO a.b\\r\\n\r\n", RemarkKind::kLiteralBackslashCrlf));
  CHECK(says(" NOOP\r\n", RemarkKind::kLeadingSpace));
  CHECK(says("NOOP \r\n", RemarkKind::kTrailingSpace));
  CHECK_FALSE(says("HELO a.b\r\nNOOP\r\nQUIT\r\n", RemarkKind::kBareCr));
  CHECK(says("NOOP\r\r\n", RemarkKind::kBareCr));
  CHECK(says("AUTH LOGIN\r\nalice@example.com\r\n", RemarkKind::kCredentialsNotBase64));
  CHECK(says("AUTH LOGIN\r\nYWxpY2U\r\n", RemarkKind::kBase64NoPadding));
  CHECK(says("AUTH LOGIN\r\nb'YWxpY2U='\r\n", RemarkKind::kBase64PythonLiteral));
  CHECK(says("AUTH LOGIN\r\nYWxpY2UK\r\n", RemarkKind::kBase64OfNewline));
  CHECK(says("AUTH PLAIN\r\nYWxpY2U6c2VjcmV0\r\n", RemarkKind::kAuthPlainFormat));
  CHECK_FALSE(says("AUTH PLAIN\r\nAGFsaWNlAHNlY3JldA==\r\n", RemarkKind::kAuthPlainFormat));
  CHECK_FALSE(says("AUTH LOGIN\r\nYWxpY2U=\r\n", RemarkKind::kCredentialsNotBase64));
  CHECK(says("AUTH LOGIN\r\n=\r\n", RemarkKind::kCredentialsNotBase64));
  CHECK(says("AUTH LOGIN\r\nYWxp\rY2U=\r\n", RemarkKind::kBareCr));
  CHECK(says("DATA\r\na\rb\r\n.\r\n", RemarkKind::kBareCr));
  CHECK(says("\xff\xf4NOOP\r\n", RemarkKind::kControlCharacters));
  CHECK(says("NO\x7fOP\r\n", RemarkKind::kControlCharacters));
}
