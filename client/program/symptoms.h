// What shows in the process of a program rather than in what it says to servers: why it never came, what it stumbled over.
#pragma once

#include <vector>

#include "client/program/outcome.h"
#include "client/program/services.h"

namespace program {

// In the order in which they matter.
[[nodiscard]] std::vector<Symptom> symptoms_of(const Outcome& outcome, const Services& services);

}  // namespace program
