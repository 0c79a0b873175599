// The process that speaks to somebody's server, within the network in which that runs: smtplab itself, started again.
#pragma once

#include <string>
#include <vector>

#include "client/labs/talk.h"

namespace lab {

// What its first argument is; then the path of a file with the talks, into which it writes what became of the server, then the
// server and its arguments, in which {port} stands for one that is free.
inline constexpr const char* kDriveHidden = "--drive-server";

// Does not return when the words are such; does nothing otherwise.
void serve_drive(const std::vector<std::string>& words);

}  // namespace lab
