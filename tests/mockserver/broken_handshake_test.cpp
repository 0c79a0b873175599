#include "mockserver/broken_handshake.h"

#include <string>

#include <doctest/doctest.h>

using mockserver::BrokenHandshake;
using scenario::Handshake;

namespace {

const std::string kHello(
    "\x16\x03\x01\x00\x04"
    "abcd",
    9);  // a record of type handshake, four octets long

}  // namespace

TEST_CASE("broken handshake: each kind does its own thing, once, when the ClientHello is complete") {
  struct Row {
    Handshake how;
    std::string bytes;
    bool close;
  };
  for (const Row& row : {Row{Handshake::kAlert, std::string("\x15\x03\x03\x00\x02\x02\x28", 7), true},
                         Row{Handshake::kGarbage, "Hello? This is not TLS.\r\n", false}, Row{Handshake::kClose, "", true},
                         Row{Handshake::kStall, "", false}}) {
    CAPTURE(static_cast<int>(row.how));
    BrokenHandshake whole(row.how);
    const auto blow = whole.receive(kHello + "more");
    REQUIRE(blow.has_value());
    CHECK(blow->bytes == row.bytes);
    CHECK(blow->close == row.close);
    CHECK_FALSE(blow->note.empty());
    CHECK_FALSE(whole.receive(kHello).has_value());

    BrokenHandshake bytewise(row.how);
    for (std::size_t i = 0; i + 1 < kHello.size(); ++i) CHECK_FALSE(bytewise.receive(kHello.substr(i, 1)).has_value());
    CHECK(bytewise.receive(kHello.substr(kHello.size() - 1)).has_value());
  }
}

TEST_CASE("broken handshake: a version that nobody has any more is refused as such") {
  BrokenHandshake broken(Handshake::kAlert, BrokenHandshake::Alert::kProtocolVersion);
  CHECK(broken.receive(kHello)->bytes == std::string("\x15\x03\x03\x00\x02\x02\x46", 7));
}

TEST_CASE("broken handshake: what is no TLS is not waited for") {
  CHECK(BrokenHandshake(Handshake::kAlert).receive("E").has_value());
  CHECK_FALSE(BrokenHandshake(Handshake::kAlert).receive("").has_value());
  CHECK_FALSE(BrokenHandshake(Handshake::kAlert).receive("\x16").has_value());
}
