// The plain mode: no screen, no prompt; every step and its meaning as lines on standard output.
#pragma once

#include "client/base/options.h"

namespace lines {

// Plays the guided path of a scenario (--auto, and whenever there is no terminal) or a script (--script). Gives the exit
// status. REQUIRES: a script, or no server without a scenario.
int run_lines(const client::StepOptions& options);

}  // namespace lines
