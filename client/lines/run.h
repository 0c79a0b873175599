// The plain mode: no screen, no prompt; every step and its meaning as lines on standard output.
#pragma once

#include "client/base/options.h"

namespace lines {

// Plays the guided path of a scenario (--auto, and whenever nobody sits at the keyboard) or a script (--script). With
// options.by_line each step waits for Enter, a line typed in its place is sent instead, "q" ends it, and without a path what
// is likely is proposed. Gives the exit status. REQUIRES: a script, a scenario or by_line.
int run_lines(const client::StepOptions& options);

}  // namespace lines
