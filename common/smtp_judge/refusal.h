// What a refusal shows about the client, by its code, its words, and what was known before.
#pragma once

#include <optional>

#include "findings/finding.h"
#include "smtp_judge/known.h"
#include "smtp_judge/turn.h"

namespace smtp_judge {

// No login where one is needed, no TLS, a recipient elsewhere, a letter taken for spam. Nothing where the refusal may have any
// reason. known: before the reply. REQUIRES: turn.heard is negative.
[[nodiscard]] std::optional<findings::Sight> shown_by_refusal(const Turn& turn, const Known& known);

}  // namespace smtp_judge
