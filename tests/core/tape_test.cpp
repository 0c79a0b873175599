#include "core/tape.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;
using Pieces = std::vector<core::Piece>;

TEST_CASE("tape: octets are given out in the pieces in which they came, cut where an event ends") {
  core::Tape tape;
  tape.add("0123456789", 1us);
  tape.add("", 2us);
  tape.add("abcde", 3us);
  tape.add("ABCDEFG", 4us);
  CHECK(tape.take(0).pieces == Pieces{});
  const core::Octets first = tape.take(12);
  CHECK(first.bytes == "0123456789ab");
  CHECK(first.pieces == Pieces{{10, 1us}, {2, 3us}});
  CHECK(tape.octets() == "cdeABCDEFG");
  const core::Octets second = tape.take_all_but(4);
  CHECK(second.bytes == "cdeABC");
  CHECK(second.pieces == Pieces{{3, 3us}, {3, 4us}});
  CHECK(tape.take_all_but(5).bytes.empty());
  CHECK(tape.take(100).bytes == "DEFG");
  CHECK(tape.size() == 0);
  CHECK(tape.take_all().pieces == Pieces{});
}

TEST_CASE("tape: a long row of short lines comes out as it went in") {
  core::Tape tape;
  std::string all;
  for (int i = 0; i < 50'000; ++i) all += "NOOP\r\n";
  tape.add(all, 1us);
  std::string taken;
  for (int i = 0; i < 50'000; ++i) {
    taken += tape.take(6).bytes;
    if (i % 1000 == 0) {
      tape.add("RSET\r\n", 2us);
      all += "RSET\r\n";
    }
  }
  taken += tape.take_all().bytes;
  CHECK((taken == all));
}

}  // namespace
