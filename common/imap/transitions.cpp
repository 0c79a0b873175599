#include "imap/transitions.h"

#include <algorithm>

namespace imap {
namespace {

constexpr bool fits(const Transition& row, State from, Input on, Outcome outcome) {
  return row.on == on && row.outcome == outcome && row.from.has(from);
}

constexpr bool keys_stand_once() {
  for (const Transition& row : kTransitions) {
    for (std::size_t state = 0; state < kStateCount; ++state) {
      const auto from = static_cast<State>(state);
      const bool is_there = row.from.has(from);
      const auto twice = [&](const Transition& other) { return fits(other, from, row.on, row.outcome); };
      if (is_there && std::count_if(kTransitions.begin(), kTransitions.end(), twice) != 1) return false;
    }
  }
  return true;
}

// A row for what may not come there would never be used.
constexpr bool rows_are_legal() {
  return std::all_of(kTransitions.begin(), kTransitions.end(), [](const Transition& row) {
    for (std::size_t state = 0; state < kStateCount; ++state) {
      if (row.from.has(static_cast<State>(state)) && !may_come(static_cast<State>(state), row.on)) return false;
    }
    return true;
  });
}

constexpr bool states_are_reachable() {
  std::array<bool, kStateCount> reached{};
  reached[static_cast<std::size_t>(State::kConnected)] = true;
  for (std::size_t round = 0; round < kStateCount; ++round) {
    for (const Transition& row : kTransitions) {
      for (std::size_t state = 0; state < kStateCount; ++state) {
        if (reached[state] && row.from.has(static_cast<State>(state))) reached[static_cast<std::size_t>(row.to)] = true;
      }
    }
  }
  return std::all_of(reached.begin(), reached.end(), [](bool one) { return one; });
}

static_assert(keys_stand_once());
static_assert(rows_are_legal());
static_assert(states_are_reachable());

}  // namespace

const Transition* find_transition(State from, Input on, Outcome outcome) {
  const auto* const hit = std::find_if(kTransitions.begin(), kTransitions.end(),
                                       [&](const Transition& row) { return fits(row, from, on, outcome); });
  return hit == kTransitions.end() ? nullptr : &*hit;
}

}  // namespace imap
