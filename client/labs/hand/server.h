// The server of a lab that is done by hand.
#pragma once

#include "client/labs/lab.h"
#include "core/result.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/scenario.h"

namespace hand {

// Its scenario, with the probes of the lab's first trial. Errors (Blame::kInput): the lab is none that is done by hand; as of
// Catalogue::load and lay_over.
[[nodiscard]] core::Result<scenario::Scenario> server_of(const lab::Lab& lab, const scenario::Catalogue& catalogue);

}  // namespace hand
