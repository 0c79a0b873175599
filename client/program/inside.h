// The process inside a closed network: it listens there for smtplab, which stays outside, runs the program, and ends with
// everything that the program has started.
#pragma once

#include <string>
#include <vector>

#include "client/program/plan.h"

namespace program {

// Never throws, and returns when smtplab wants no more of it or is gone: the exit status of the process. As the first process
// of a PID namespace it takes all others of that with it (pid_namespaces(7)). REQUIRES: one thread; the descriptors of plan.h.
int live_inside(const Plan& plan, const std::vector<std::string>& command);

}  // namespace program
