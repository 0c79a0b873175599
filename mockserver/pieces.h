// How a reply leaves: whole, or cut as its rule wants it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/action.h"
#include "mockserver/scenario/behaviour.h"
#include "protocol/server_session.h"

namespace mockserver {

// The lengths of the pieces, in their order; none for no octets.
[[nodiscard]] std::vector<std::size_t> pieces_of(const scenario::Decision& decision);

// What says it: a Send for each piece, and a Pause between two.
[[nodiscard]] core::Actions speech_of(const scenario::Decision& decision);

// Has the session answer the turn as it was decided. What is pulled leaves as the session says it; anything else may be cut.
// What was proposed is moved through the turn, and is in the decision again afterwards.
protocol::StateChange answer_with(protocol::ServerSession& session, protocol::Turn& turn, scenario::Decision& decision);

}  // namespace mockserver
