// smtplab as its own process inside a closed network: what it does when its first argument says so.
#pragma once

#include <string>
#include <vector>

namespace program {

// Returns when these are words of a person; otherwise the process ends in here. words: without the name of the program itself.
// REQUIRES: nothing else was done yet; one thread.
void serve_hidden(const std::vector<std::string>& words);

}  // namespace program
