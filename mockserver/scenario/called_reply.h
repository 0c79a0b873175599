// "netease#auth-required": a provider that is made to give one of its replies, with the steps that make it do so.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/result.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

// The index of a reply of the vocabulary. Errors (Blame::kInput) propose the nearest ids.
[[nodiscard]] core::Result<std::size_t> find_reply(const Scenario& provider, std::string_view id);

// The scenario with steps that earn the reply by its rules, or by one of its called_rules, which then is one of them; nothing
// when none does. Scenario::called says so.
[[nodiscard]] std::optional<Scenario> with_earned_reply(Scenario scenario, std::size_t reply);

// The scenario that gives it for nothing: a refusal says that it is forced, a success takes the place of the server's own.
[[nodiscard]] Scenario with_forced_reply(Scenario scenario, std::size_t reply);

}  // namespace scenario
