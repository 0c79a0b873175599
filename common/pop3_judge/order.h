// What a command may not do at this point of a dialogue.
#pragma once

#include <optional>

#include "findings/finding.h"
#include "pop3_judge/known.h"
#include "pop3_judge/turn.h"

namespace pop3_judge {

// It needs what the server has refused.
[[nodiscard]] std::optional<findings::Sight> ignores_refusal(const Line& line, const Known& known);
// The table of states does not have it here.
[[nodiscard]] std::optional<findings::Sight> out_of_order(const Line& line, const Known& known);
// It names message 0, or one that is marked.
[[nodiscard]] std::optional<findings::Sight> wrong_number(const Line& line, const Known& known);

}  // namespace pop3_judge
