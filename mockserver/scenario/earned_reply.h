// The steps by which a server gives one of its replies of its own accord: they meet the conditions of its rule.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "mockserver/scenario/scenario.h"

namespace scenario {

struct Earned {
  std::vector<Step> steps;                                   // with the codes that answer them
  std::optional<std::size_t> at;                             // which step the reply answers; nothing: it is the greeting
  std::shared_ptr<const dialogue::Explanation> explanation;  // what the rule says of it; null: nothing
};

// Looks for them among the ordinary dialogue, what the reply's rules ask for, and the scenario's own steps; each try is played
// against the scenario, and the first in which the reply is heard is it. Nothing when no rule gives the reply, or none of the
// tries earns it. reply: an index into Scenario::replies. REQUIRES: the scenario has an account.
[[nodiscard]] std::optional<Earned> earn_reply(const Scenario& scenario, std::size_t reply);

}  // namespace scenario
