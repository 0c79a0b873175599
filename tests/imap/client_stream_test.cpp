// Where commands end: the same however their octets are cut.
#include "imap/client_stream.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using imap::ClientStream;
using imap::Frame;

// What the stream makes of these octets in pieces of this size; literals are asked for, unless `refuses`.
std::string frames(std::string_view octets, std::size_t piece, const imap::StreamLimits& limits, bool logged_in, bool refuses) {
  ClientStream stream(limits);
  stream.set_logged_in(logged_in);
  std::string told;
  for (std::size_t at = 0; at < octets.size(); at += piece) {
    stream.receive(octets.substr(at, piece));
    while (auto frame = stream.next()) {
      constexpr std::string_view kKinds = "CLAT";
      told += std::string(1, kKinds[static_cast<std::size_t>(frame->kind)]) + std::to_string(frame->octets) + "(" +
              frame->bytes.substr(0, 40) + ")";
      if (frame->literal_too_long) told += "!";
      if (frame->kind != Frame::Kind::kLiteral) continue;
      if (refuses) {
        stream.refuse();
      } else {
        stream.go_ahead();
      }
    }
  }
  if (stream.held() > 0) told += "+" + std::to_string(stream.held());
  return told;
}

struct FrameRow {
  std::string name;
  std::string octets;
  std::string want;
  bool refuses = false;
};

}  // namespace

TEST_CASE("imap: commands end where their lines and literals do") {
  imap::StreamLimits limits;
  limits.command = limits.before_login = 60;
  limits.message = 100;
  limits.discarded = 5000;
  limits.unasked = 30;
  const std::vector<FrameRow> rows{
      {"a line", "a NOOP\r\n", "C8(a NOOP\r\n)"},
      {"two", "a NOOP\r\nb NOOP\r\n", "C8(a NOOP\r\n)C8(b NOOP\r\n)"},
      {"LF alone", "a NOOP\n", "C7(a NOOP\n)"},
      {"no end", "a NOOP", "+6"},
      {"a literal that waits", "a X {3}\r\nabc d\r\n", "A9(a X {3}\r\n)C7(a X {3}\r\nabc d\r\n)"},
      {"one that does not", "a X {3+}\r\nabc d\r\n", "C17(a X {3+}\r\nabc d\r\n)"},
      {"an empty one", "a X {0+}\r\n\r\n", "C12(a X {0+}\r\n\r\n)"},
      {"a line end in it", "a X {2+}\r\n\r\n\r\n", "C14(a X {2+}\r\n\r\n\r\n)"},
      {"what looks like one in it", "a X {3+}\r\n{1} y\r\n", "C17(a X {3+}\r\n{1} y\r\n)"},
      {"two of them", "a X {1+}\r\na {1+}\r\nb\r\n", "C21(a X {1+}\r\na {1+}\r\nb\r\n)"},
      {"a literal8", "a X ~{1+}\r\na\r\n", "C14(a X ~{1+}\r\na\r\n)"},
      {"no number", "a X {x}\r\n", "C9(a X {x}\r\n)"},
      {"no number either", "a X {}\r\n", "C8(a X {}\r\n)"},
      {"one that is refused", "a X {3}\r\nb NOOP\r\n", "A9(a X {3}\r\n)C8(b NOOP\r\n)", true},
      {"one that is too long", "a X {99}\r\nb NOOP\r\n", "A10(a X {99}\r\n)!C8(b NOOP\r\n)", true},
      {"one beyond all numbers", "a X {99999999999999999999999}\r\nb NOOP\r\n",
       "A31(a X {99999999999999999999999}\r\n)!C8(b NOOP\r\n)", true},
      {"one that does not wait and may not be so long", "a X {40+}\r\n" + std::string(40, 'x') + "\r\nb NOOP\r\n",
       "T53(a X {40+}\r\n)C8(b NOOP\r\n)"},
      {"a line that is too long", "a " + std::string(100, 'x') + "\r\nb NOOP\r\n",
       "T104(a " + std::string(38, 'x') + ")C8(b NOOP\r\n)"},
      {"a literal at its end", "a " + std::string(100, 'x') + "{2+}\r\nyy\r\nb NOOP\r\n",
       "T112(a " + std::string(38, 'x') + ")C8(b NOOP\r\n)"},
      {"a message may be longer", "a APPEND x {90+}\r\n" + std::string(90, 'x') + "\r\n", "T110(a APPEND x {90+}\r\n)"},
  };
  for (const FrameRow& row : rows) {
    CAPTURE(row.name);
    for (const std::size_t piece : {row.octets.size(), std::size_t{1}, std::size_t{7}})
      CHECK(frames(row.octets, piece, limits, false, row.refuses) == row.want);
  }
}

TEST_CASE("imap: a message may be as long as its own limit allows, of somebody who has logged in") {
  imap::StreamLimits limits;
  limits.command = 60;
  limits.message = 100;
  const std::string octets = "a APPEND x {90+}\r\n" + std::string(90, 'x') + "\r\n";
  for (const std::size_t piece : {octets.size(), std::size_t{1}})
    CHECK(frames(octets, piece, limits, true, false).starts_with("C110("));
}

TEST_CASE("imap: whoever sends without end is given up") {
  imap::StreamLimits limits;
  limits.command = limits.before_login = 60;
  limits.discarded = 1000;
  ClientStream stream(limits);
  for (int i = 0; i < 100; ++i) {
    stream.receive(std::string(100, 'x'));
    CHECK_FALSE(stream.next());
  }
  CHECK(stream.gave_up());
  ClientStream other(limits);
  other.receive("a X {99999999+}\r\n");
  CHECK_FALSE(other.next());
  CHECK(other.gave_up());
}
