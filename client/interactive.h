// The program on a terminal: picker and step screen in one loop with the mock and the network.
#pragma once

#include <cstdint>

#include "client/base/options.h"
#include "client/labs/hand/beside.h"

namespace client {

// Runs until the person quits. Gives the exit status. REQUIRES: standard input and output are a terminal.
int run_interactive(const StepOptions& options);

// The same for a lab that is done by hand: the scenario without its path, and no picker behind it. seed: of its mock.
int run_lab(const StepOptions& options, std::uint64_t seed, hand::Beside& beside);

}  // namespace client
