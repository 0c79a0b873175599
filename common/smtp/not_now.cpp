#include "smtp/not_now.h"

#include <algorithm>
#include <cstddef>

namespace smtp {
namespace {

constexpr bool may_come(State state, Input input) {
  return std::any_of(kTransitions.begin(), kTransitions.end(),
                     [&](const Transition& row) { return row.from.has(state) && row.on.has(input); });
}

using Reasons = std::array<std::array<std::uint32_t, kCommands.size()>, kStateCount>;
static_assert(kNotNow.size() <= 32);

// A session asks several times for every command, and mostly there is nothing to be asked.
constexpr Reasons make_reasons() {
  Reasons index{};
  for (std::size_t state = 0; state < kStateCount; ++state) {
    for (std::size_t input = 0; input < kCommands.size(); ++input) {
      const bool is_legal = may_come(static_cast<State>(state), static_cast<Input>(input));
      for (std::size_t i = 0; i < kNotNow.size(); ++i) {
        const NotNow& row = kNotNow[i];
        const bool is_about = row.in.has(static_cast<State>(state)) && row.on.has(static_cast<Input>(input));
        if (is_about && is_legal == (row.legality != Legality::kOutOfOrder)) index[state][input] |= 1U << i;
      }
    }
  }
  return index;
}

constexpr Reasons kReasons = make_reasons();

}  // namespace

std::uint32_t reasons_for(State state, Input input) {
  return kReasons[static_cast<std::size_t>(state)][static_cast<std::size_t>(input)];
}

}  // namespace smtp
