#include "pop3/transitions.h"

#include <algorithm>

namespace pop3 {
namespace {

// Rows by their key: a session asks several times for every command.
constexpr std::uint8_t kNoRow = 255;
static_assert(kTransitions.size() < kNoRow);
using RowIndex = std::array<std::array<std::array<std::uint8_t, kOutcomeCount>, kInputCount>, kStateCount>;

constexpr RowIndex make_row_index() {
  RowIndex index{};
  for (auto& state : index) {
    for (auto& input : state) input.fill(kNoRow);
  }
  for (std::size_t i = 0; i < kTransitions.size(); ++i) {
    const Transition& row = kTransitions[i];
    for (std::size_t state = 0; state < kStateCount; ++state) {
      if (!row.from.has(static_cast<State>(state))) continue;
      index[state][static_cast<std::size_t>(row.on)][static_cast<std::size_t>(row.outcome)] = static_cast<std::uint8_t>(i);
    }
  }
  return index;
}

constexpr RowIndex kRowIndex = make_row_index();

// A key that stood twice would have lost one of its rows in the index.
constexpr bool keys_stand_once() {
  std::size_t keys = 0;
  for (const Transition& row : kTransitions) {
    for (std::size_t state = 0; state < kStateCount; ++state) keys += row.from.has(static_cast<State>(state)) ? 1 : 0;
  }
  for (const auto& state : kRowIndex) {
    for (const auto& input : state)
      keys -= static_cast<std::size_t>(std::count_if(input.begin(), input.end(), [](auto row) { return row != kNoRow; }));
  }
  return keys == 0;
}

constexpr bool states_are_reachable() {
  std::array<bool, kStateCount> reached{};
  reached[static_cast<std::size_t>(State::kConnected)] = true;
  for (std::size_t round = 0; round < kStateCount; ++round) {
    for (const Transition& row : kTransitions) {
      for (std::size_t state = 0; state < kStateCount; ++state) {
        if (row.to && reached[state] && row.from.has(static_cast<State>(state)))
          reached[static_cast<std::size_t>(*row.to)] = true;
      }
    }
  }
  return std::all_of(reached.begin(), reached.end(), [](bool one) { return one; });
}

static_assert(keys_stand_once());
static_assert(states_are_reachable());

}  // namespace

const Transition* find_transition(State from, Input on, Outcome outcome) {
  const std::uint8_t row =
      kRowIndex[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)][static_cast<std::size_t>(outcome)];
  return row == kNoRow ? nullptr : &kTransitions[row];
}

bool has_transition(State from, Input on) {
  const auto& outcomes = kRowIndex[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)];
  return std::any_of(outcomes.begin(), outcomes.end(), [](auto row) { return row != kNoRow; });
}

}  // namespace pop3
