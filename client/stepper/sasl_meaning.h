// What a line of a login says: the mechanism, the pieces inside its base64, and how they were made.
#pragma once

#include "client/stepper/meaning.h"
#include "dialogue/auth_turn.h"
#include "dialogue/event.h"
#include "knowledge/knowledge.h"

namespace stepper {

// turn: where the event stands in its exchange. Brief: the pieces, each with a sentence, where there is more than a single
// question or answer; full: the mechanism itself too, and how the message is made. Passwords and tokens are masked unless
// they are asked for.
[[nodiscard]] Meaning sasl_meaning(const dialogue::Event& event, const dialogue::AuthTurn& turn,
                                   const knowledge::Knowledge& knowledge, const MeaningOptions& options);

}  // namespace stepper
