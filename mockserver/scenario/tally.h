// How often and when a rule's conditions have held: what `times`, `nth`, `rate_over`, `since_first_under` and `chance` go by.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>

#include "mockserver/scenario/rule.h"

namespace scenario {

// Bounded: past kMost keys the oldest are forgotten.
class Tally {
 public:
  static constexpr std::size_t kMost = 100'000;

  // Counts once more under `key` and says whether `counting` holds this time. What a rate lets through is what counts towards
  // it: a client that keeps knocking gets its share. now: on a clock that never goes back.
  bool count(const std::string& key, const Counting& counting, std::chrono::milliseconds now);

  // How often was counted under `key`; 0 for a key that was never seen.
  [[nodiscard]] std::size_t times(const std::string& key) const;

 private:
  struct Entry {
    std::size_t times = 0;
    std::chrono::milliseconds first{};
    std::deque<std::chrono::milliseconds> recent;  // let through within the window
  };
  Entry& entry_of(const std::string& key, std::chrono::milliseconds now);

  std::unordered_map<std::string, Entry> entries_;
  std::deque<std::string> order_;  // of their first times
};

// A number from 0 to 1, always the same for the same arguments and evenly spread over different ones.
[[nodiscard]] double chance_of(std::uint64_t seed, std::uint64_t connection, std::size_t rule, std::size_t asked);

// What one server remembers of all its clients, and knows of them now. Connections refer to it.
struct History {
  Tally tally;
  std::size_t connections = 0;  // open now
  std::uint64_t seed = 0;
};

}  // namespace scenario
