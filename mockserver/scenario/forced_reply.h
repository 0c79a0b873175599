// "netease#auth-required": a provider that gives one of its replies at the reply's stage, with steps that lead there.
#pragma once

#include <string_view>

#include "core/result.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

// Turns a provider by itself (loader.h) into one that says `reply_id`. An unknown id is an error that proposes others.
core::Result<Scenario> force_reply(Scenario provider, std::string_view reply_id);

}  // namespace scenario
