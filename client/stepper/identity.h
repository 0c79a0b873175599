// Who steps: of a scenario, or of the command line.
#pragma once

#include "client/base/options.h"
#include "mockserver/scenario/scenario.h"
#include "protocol/proposal.h"

namespace stepper {

using protocol::Identity;

// That of the scenario, if there is one (not null); for a real server with what the command line names in its place, and with
// a fresh nonce. Against the mock the nonce is always the same, so that a lesson can be compared with the one before.
[[nodiscard]] Identity identity_of(const client::StepOptions& options, const scenario::Scenario* scenario);

// The first account of the scenario writes to the second one, or to itself. Of a scenario without accounts the usual names.
[[nodiscard]] Identity identity_of(const scenario::Scenario& scenario);

}  // namespace stepper
