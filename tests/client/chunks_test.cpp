#include "client/conversation/chunks.h"

#include <vector>

#include <doctest/doctest.h>

using Lengths = std::vector<std::size_t>;

TEST_CASE("chunks: octets are given out in the pieces in which they came, cut where an event ends") {
  client::Chunks chunks;
  for (const std::size_t length : {10U, 5U, 7U}) chunks.arrived(length);
  CHECK(chunks.take(0) == Lengths{});
  CHECK(chunks.take(12) == Lengths{10, 2});
  CHECK(chunks.take_all_but(4) == Lengths{3, 3});
  CHECK(chunks.take(100) == Lengths{4});
  CHECK(chunks.take(1) == Lengths{});
  CHECK(chunks.take_all_but(5) == Lengths{});
}
