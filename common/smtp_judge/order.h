// What is wrong with the moment at which a command comes: too early, not offered, without what has to stand before it.
#pragma once

#include <optional>
#include <vector>

#include "findings/finding.h"
#include "smtp_judge/known.h"
#include "smtp_judge/turn.h"

namespace smtp_judge {

// By the tables of smtp/transitions.h and smtp/not_now.h, whatever the server lets pass.
[[nodiscard]] std::optional<findings::Sight> out_of_order(const Line& line, const Known& known);

// Commands, mechanisms and parameters that the last answer to EHLO did not announce; STARTTLS behind HELO.
[[nodiscard]] std::optional<findings::Sight> not_offered(const Line& line, const Known& known);

// It goes on as if what was refused had been taken. RSET, QUIT, another try and the like are always right.
[[nodiscard]] std::optional<findings::Sight> ignores_refusal(const Line& line, const Known& known);

}  // namespace smtp_judge
