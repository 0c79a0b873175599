#include "smtp/transitions.h"

#include <algorithm>

namespace smtp {
namespace {

constexpr bool every_state_is_reachable() {
  std::array<bool, kStateCount> reached{};
  reached[static_cast<std::size_t>(State::kConnected)] = true;
  for (std::size_t round = 0; round < kStateCount; ++round) {
    for (std::size_t from = 0; from < kStateCount; ++from) {
      if (!reached[from]) continue;
      for (const Transition& row : kTransitions) {
        if (row.from.has(static_cast<State>(from)))
          reached[static_cast<std::size_t>(row.next(static_cast<State>(from)))] = true;
      }
    }
  }
  return std::all_of(reached.begin(), reached.end(), [](bool one) { return one; });
}
static_assert(every_state_is_reachable());

constexpr bool leads(std::string_view from, std::string_view to) {
  return std::any_of(kTransitions.begin(), kTransitions.end(), [&](const Transition& row) {
    return std::any_of(kStateRows.begin(), kStateRows.end(), [&](const protocol::StateRow& state) {
      return state.name.en == from && row.from.has(state_of(state)) && name(row.next(state_of(state))) == to;
    });
  });
}
// Each arrow of the drawing is a transition, but for the one back: it is made by the handshake.
constexpr bool every_arrow_is_a_transition() {
  std::string_view before;
  for (const protocol::StateRow& row : kStateRows) {
    if (row.is_end) continue;
    const std::string_view from = row.below.empty() ? before : row.below;
    if (!from.empty() && !leads(from, row.name.en)) return false;
    if (row.below.empty()) before = row.name.en;
    if (!row.leads_to.empty() && row.leads_to != name(kSecuredState)) return false;
  }
  return true;
}
static_assert(every_arrow_is_a_transition());

// Rows by their key: a session asks several times for every command.
constexpr std::size_t kOutcomes = 3;
constexpr std::uint8_t kNoRow = 255;
constexpr std::uint8_t kTwoRows = 254;
static_assert(kTransitions.size() < kTwoRows);
using Index = std::array<std::array<std::array<std::uint8_t, kOutcomes>, kCommands.size()>, kStateCount>;

constexpr void enter(std::size_t number, Index& index) {
  const Transition& row = kTransitions[number];
  for (std::size_t from = 0; from < kStateCount; ++from) {
    for (std::size_t on = 0; on < kCommands.size(); ++on) {
      if (!row.from.has(static_cast<State>(from)) || !row.on.has(static_cast<Input>(on))) continue;
      std::uint8_t& place = index[from][on][static_cast<std::size_t>(row.outcome)];
      place = place == kNoRow ? static_cast<std::uint8_t>(number) : kTwoRows;
    }
  }
}

constexpr Index make_index() {
  Index index{};
  for (auto& state : index) {
    for (auto& input : state) input.fill(kNoRow);
  }
  for (std::size_t i = 0; i < kTransitions.size(); ++i) enter(i, index);
  return index;
}

constexpr Index kIndex = make_index();

constexpr bool no_key_has_two_rows() {
  for (const auto& state : kIndex) {
    for (const auto& input : state) {
      if (std::find(input.begin(), input.end(), kTwoRows) != input.end()) return false;
    }
  }
  return true;
}
static_assert(no_key_has_two_rows());

}  // namespace

Outcome outcome_of(ReplyCode code) {
  if (code.is_positive()) return Outcome::kPositive;
  return code.is_intermediate() ? Outcome::kIntermediate : Outcome::kNegative;
}

const Transition* find_transition(State from, Input on, Outcome outcome) {
  const std::uint8_t row =
      kIndex[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)][static_cast<std::size_t>(outcome)];
  return row == kNoRow ? nullptr : &kTransitions[row];
}

bool has_transition(State from, Input on) {
  const auto& outcomes = kIndex[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)];
  return std::any_of(outcomes.begin(), outcomes.end(), [](std::uint8_t row) { return row != kNoRow; });
}

}  // namespace smtp
