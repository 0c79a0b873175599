// Feeds octets in every chunking that could matter, and demands that the chunking does not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace test {

using Pieces = std::vector<std::string_view>;

// `run` takes the pieces in order and gives what came of them, as text. It is called with the octets whole, byte by
// byte, with empty pieces between, and split in two at every point. Gives the result for the whole.
template <typename Run>
std::string feed_every_way(std::string_view octets, Run run) {
  const std::string whole = run(Pieces{octets});

  Pieces bytes;
  Pieces padded;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    bytes.push_back(octets.substr(i, 1));
    padded.push_back(octets.substr(i, 1));
    padded.emplace_back();
  }
  {
    INFO("fed byte by byte");
    CHECK(run(bytes) == whole);
  }
  {
    INFO("fed byte by byte with nothing between");
    CHECK(run(padded) == whole);
  }
  for (std::size_t at = 1; at < octets.size(); ++at) {
    CAPTURE(at);
    CHECK(run(Pieces{octets.substr(0, at), octets.substr(at)}) == whole);
  }
  return whole;
}

}  // namespace test
