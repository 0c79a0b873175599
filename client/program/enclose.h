// The way into a closed network without bubblewrap: Linux namespaces, made by hand (unshare(2), user_namespaces(7)).
#pragma once

#include <string>
#include <vector>

#include "client/program/plan.h"

namespace program {

// Leaves the system's network, mounts and processes for its own, puts the overlays in their places there and goes on with
// live_inside. The exit status of the process. What cannot be done is said on kControl, with its Step.
// is_user: within a user namespace, which anybody may make where the system lets them; otherwise root's rights are needed, and
// the program keeps them.
// REQUIRES: one thread; the descriptors of plan.h.
int enclose(const Plan& plan, const std::vector<std::string>& command, bool is_user);

}  // namespace program
