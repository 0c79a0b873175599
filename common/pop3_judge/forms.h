// What is wrong with a command line by itself: its octets, its length, its grammar.
#pragma once

#include <vector>

#include "findings/finding.h"
#include "pop3_judge/known.h"
#include "pop3_judge/turn.h"

namespace pop3_judge {

// Each in the line, the chief one first; what follows from another one in the same line is left out: where zeros stand before
// a verb, the verb is not unknown as well. The line end is not looked at. REQUIRES: line.is_command().
[[nodiscard]] std::vector<findings::Sight> forms_of(const Line& line, const Known& known);

// Mistakes that make a line another one than it was meant to be: what comes out of order then was not sent so.
[[nodiscard]] bool spoils_command(const std::vector<findings::Sight>& sights);

// What no server refuses a line for.
[[nodiscard]] bool is_harmless(std::string_view id);

}  // namespace pop3_judge
