// What a command may not do at this point of a dialogue.
#pragma once

#include <optional>

#include "findings/finding.h"
#include "imap_judge/known.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// It needs what the server has refused.
[[nodiscard]] std::optional<findings::Sight> ignores_refusal(const Line& line, const Known& known);
// The table of states does not have it here, or the server has said that it does not have it at all.
[[nodiscard]] std::optional<findings::Sight> out_of_order(const Line& line, const Known& known);

}  // namespace imap_judge
