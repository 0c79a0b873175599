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

static_assert(no_duplicate_keys());
static_assert(every_state_is_reachable());

constexpr std::array<std::string_view, kStateCount> kStateNames{"connected", "greeted", "ready",   "auth",  "mail",
                                                                "rcpt",      "data",    "refused", "closed"};

}  // namespace

std::string_view name(State state) { return kStateNames[static_cast<std::size_t>(state)]; }

Outcome outcome_of(ReplyCode code) {
  if (code.is_positive()) return Outcome::kPositive;
  return code.is_intermediate() ? Outcome::kIntermediate : Outcome::kNegative;
}

const Transition* find_transition(State from, Input on, Outcome outcome) {
  const auto* const hit = std::find_if(kTransitions.begin(), kTransitions.end(), [&](const Transition& row) {
    return row.from == from && row.on == on && row.outcome == outcome;
  });
  return hit == kTransitions.end() ? nullptr : hit;
}

bool has_transition(State from, Input on) {
  return std::any_of(kTransitions.begin(), kTransitions.end(),
                     [&](const Transition& row) { return row.from == from && row.on == on; });
}

}  // namespace smtp
