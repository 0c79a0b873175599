// What is wrong with a command by itself: its octets, its tag, its words.
#pragma once

#include <vector>

#include "findings/finding.h"
#include "imap_judge/known.h"
#include "imap_judge/scan.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// Each in the line, the chief one first; what follows from another one in the same line is left out. Neither the line end nor
// what only a refusal shows is looked at. REQUIRES: line.is_command() or an announced literal.
[[nodiscard]] std::vector<findings::Sight> forms_of(const Line& line, const Known& known);

// What is wrong when the server has refused a command for its form and nothing else explains it.
[[nodiscard]] std::optional<findings::Sight> refused_form(const Line& line);

// Mistakes that make a line another one than it was meant to be: what comes out of order then was not sent so.
[[nodiscard]] bool spoils_command(const std::vector<findings::Sight>& sights);

// What no server refuses a line for.
[[nodiscard]] bool is_harmless(std::string_view id);

}  // namespace imap_judge
