// What a line is for that no lesson proposes.
#pragma once

#include <string>

#include "client/stepper/proposal.h"
#include "core/text.h"
#include "dialogue/log.h"
#include "knowledge/knowledge.h"
#include "protocol/protocol.h"

namespace stepper {

// In a sentence or two: what the command of that protocol does, and first that this server has just refused it, if it has.
[[nodiscard]] std::string purpose_of(const Proposal& proposal, const protocol::Protocol& spoken,
                                     const protocol::ClientSession& session, const dialogue::Log& log,
                                     const knowledge::Knowledge& knowledge, core::Language language);

}  // namespace stepper
