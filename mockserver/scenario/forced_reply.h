// A reply that a server gives for nothing: of its own accord it would need what no client can bring about here.
#pragma once

#include <cstddef>
#include <optional>

#include "mockserver/scenario/scenario.h"

namespace scenario {

// Lays rules before the provider's that give the reply (an index into its replies, of its vocabulary) at the reply's stage,
// and the steps that lead there. Its explanation, which is the summary too, begins with a banner that says so. Gives the step
// that it answers; nothing: it is the greeting. REQUIRES: the provider has an account.
std::optional<std::size_t> force_reply(Scenario& provider, std::size_t reply);

}  // namespace scenario
