#include "smtp/transitions.h"

#include <algorithm>

namespace smtp {
namespace {

constexpr bool no_duplicate_keys() {
  for (std::size_t i = 0; i < kTransitions.size(); ++i) {
    for (std::size_t k = i + 1; k < kTransitions.size(); ++k) {
      if (kTransitions[i].from == kTransitions[k].from && kTransitions[i].on == kTransitions[k].on &&
          kTransitions[i].outcome == kTransitions[k].outcome) {
        return false;
      }
    }
  }
  return true;
}

constexpr bool every_state_is_reachable() {
  std::array<bool, kStateCount> reached{};
  reached[static_cast<std::size_t>(State::kConnected)] = true;
  for (std::size_t round = 0; round < kStateCount; ++round) {
    for (const Transition& transition : kTransitions) {
      if (reached[static_cast<std::size_t>(transition.from)]) reached[static_cast<std::size_t>(transition.to)] = true;
    }
  }
  return std::all_of(reached.begin(), reached.end(), [](bool one) { return one; });
}

constexpr bool pairs_need_one_thing() {
  for (const Transition& one : kTransitions) {
    for (const Transition& other : kTransitions) {
      if (one.from == other.from && one.on == other.on && one.needs != other.needs) return false;
    }
  }
  return true;
}

static_assert(no_duplicate_keys());
static_assert(pairs_need_one_thing());
static_assert(every_state_is_reachable());

// Rows by their key: a session asks several times for every command.
constexpr std::size_t kOutcomes = 3;
constexpr std::uint8_t kNoRow = 255;
static_assert(kTransitions.size() < kNoRow);
using Index = std::array<std::array<std::array<std::uint8_t, kOutcomes>, kCommands.size()>, kStateCount>;

constexpr Index make_index() {
  Index index{};
  for (auto& state : index) {
    for (auto& input : state) input.fill(kNoRow);
  }
  for (std::size_t i = 0; i < kTransitions.size(); ++i) {
    const Transition& row = kTransitions[i];
    auto& outcomes = index[static_cast<std::size_t>(row.from)][static_cast<std::size_t>(row.on)];
    outcomes[static_cast<std::size_t>(row.outcome)] = static_cast<std::uint8_t>(i);
  }
  return index;
}

constexpr Index kIndex = make_index();

const Transition* first_row(State from, Input on) {
  const auto& outcomes = kIndex[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)];
  const std::uint8_t row = *std::min_element(outcomes.begin(), outcomes.end());
  return row == kNoRow ? nullptr : &kTransitions[row];
}

constexpr std::array<std::string_view, kStateCount> kStateNames{"connected", "greeted", "ready",     "auth",    "mail",  "rcpt",
                                                                "data",      "bdat",    "handshake", "refused", "closed"};

}  // namespace

std::string_view name(State state) { return kStateNames[static_cast<std::size_t>(state)]; }

Outcome outcome_of(ReplyCode code) {
  if (code.is_positive()) return Outcome::kPositive;
  return code.is_intermediate() ? Outcome::kIntermediate : Outcome::kNegative;
}

const Transition* find_transition(State from, Input on, Outcome outcome) {
  const std::uint8_t row =
      kIndex[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)][static_cast<std::size_t>(outcome)];
  return row == kNoRow ? nullptr : &kTransitions[row];
}

bool has_transition(State from, Input on) { return first_row(from, on) != nullptr; }

Needs needs_of(State from, Input on) {
  const Transition* const row = first_row(from, on);
  return row == nullptr ? Needs::kNothing : row->needs;
}

}  // namespace smtp
