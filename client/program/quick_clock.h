// A clock that runs faster for one program, so that its waits are short: libfaketime, where it is installed. Programs that are
// not linked with the C library's clock (Go's) are not reached by it and wait as long as they say.
#pragma once

#include <string>
#include <vector>

namespace program {

// Whether it is installed here.
[[nodiscard]] bool has_quick_clock();

// Makes time pass `factor` times as fast for whoever is started with this environment ("NAME=value" each); nothing where it is
// not installed. REQUIRES: factor >= 1.
void quicken(std::vector<std::string>& environment, int factor);

}  // namespace program
