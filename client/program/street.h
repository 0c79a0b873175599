// The street that a run asks for.
#pragma once

#include "client/program/run.h"
#include "client/program/stands.h"
#include "core/result.h"
#include "mockserver/scenario/catalogue.h"

namespace program {

// Errors as of build_street and of probes.
[[nodiscard]] core::Result<Street> street_for(const RunOptions& options, const scenario::Catalogue& catalogue);

}  // namespace program
