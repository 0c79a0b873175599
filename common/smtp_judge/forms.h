// What is wrong with a command line by itself: its octets, its line end, its grammar.
#pragma once

#include <vector>

#include "findings/finding.h"
#include "smtp_judge/known.h"
#include "smtp_judge/turn.h"

namespace smtp_judge {

// Each in the line, the chief one first; what follows from another one in the same line is left out: where zeros stand before
// a verb, the verb is not unknown as well. REQUIRES: line.is_command().
[[nodiscard]] std::vector<findings::Sight> forms_of(const Line& line, const Known& known);

// The words of another protocol, with which a client begins: "GET / HTTP/1.1", "USER alice", "a1 LOGIN alice pw".
[[nodiscard]] bool is_foreign(std::string_view line);

// An address without "@" that a server may know as one of its own users: legal where it is one, so that it is a mistake only
// when the server says so. REQUIRES: line is MAIL or RCPT.
[[nodiscard]] bool is_local_name(const Line& line);

}  // namespace smtp_judge
