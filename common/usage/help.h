// What --help prints, from a program's table.
#pragma once

#include <string>

#include "core/text.h"
#include "usage/table.h"

namespace usage {

// At most 80 columns wide, but for examples, which are never broken; ends in a line end. Of the program itself: commands, exit
// statuses and environment too.
[[nodiscard]] std::string help(const Program& program, const Command& command, core::Language language);

// "smtplab step [OPTION]... [SCENARIO]".
[[nodiscard]] std::string synopsis(const Program& program, const Command& command);

// What an option's row says besides `about`: the words or the range it takes, and its preset, "; none, starttls or tls; 2525
// …".
[[nodiscard]] std::string about(const Option& option, core::Language language);

}  // namespace usage
