// A message beside its envelope: who it says wrote it and whom it is for, and who does.
#pragma once

#include <string_view>
#include <vector>

#include "findings/entity.h"
#include "findings/finding.h"
#include "smtp_judge/known.h"

namespace smtp_judge {

// Spans in the message, of which `letter` is all but the line that a mailbox file puts in front. known: of the transaction that
// it belongs to.
[[nodiscard]] std::vector<findings::Sight> beside_envelope(std::string_view message, const findings::Entity& letter,
                                                           const Known& known);

}  // namespace smtp_judge
