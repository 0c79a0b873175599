// The program on a terminal: picker and step screen in one loop with the mock and the network.
#pragma once

#include "client/base/options.h"

namespace client {

// Runs until the person quits. Gives the exit status. REQUIRES: standard input and output are a terminal.
int run_interactive(const StepOptions& options);

}  // namespace client
