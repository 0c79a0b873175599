// What a refusal shows about the client, by its code, its words, and what was known before.
#pragma once

#include <optional>

#include "findings/finding.h"
#include "imap_judge/known.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// One connection too many, ID that is missing, a set in the wrong direction, a command that the server does not have, a login
// that wants TLS. Nothing where the refusal may have any reason. user: who tries to log in. REQUIRES: turn.heard is a refusal.
[[nodiscard]] std::optional<findings::Sight> shown_by_refusal(const Turn& turn, const Known& known, std::string_view user);

// Its words ask for TLS.
[[nodiscard]] bool asks_for_tls(const Heard& heard);

}  // namespace imap_judge
