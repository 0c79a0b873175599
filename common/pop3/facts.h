// What a server knows in the middle of a session, by name: see protocol/fact.h.
#pragma once

#include <span>
#include <string_view>

#include "pop3/session_state.h"
#include "pop3/turn.h"
#include "protocol/fact.h"

namespace pop3 {

// What is told of them, in the order of the pane.
[[nodiscard]] std::span<const protocol::FactRow> facts();

// turn: what is being answered; null between two turns. mechanism: by which the client logs in. Nothing: it is not known, or
// there is none of that name.
[[nodiscard]] protocol::FactValue fact(const Memory& memory, const Turn* turn, std::string_view mechanism,
                                       std::string_view name);

}  // namespace pop3
