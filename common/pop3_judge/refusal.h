// What a refusal shows about the client, by its code, its words, and what was known before.
#pragma once

#include <optional>

#include "findings/finding.h"
#include "pop3_judge/known.h"
#include "pop3_judge/turn.h"

namespace pop3_judge {

// A mailbox that is locked, a number that is none, a command that the server does not have, a login that wants TLS. Nothing
// where the refusal may have any reason. user: who tries to log in. REQUIRES: turn.heard is a refusal.
[[nodiscard]] std::optional<findings::Sight> shown_by_refusal(const Turn& turn, const Known& known, std::string_view user);

// The words of a refusal ask for TLS.
[[nodiscard]] bool asks_for_tls(const Heard& heard);

}  // namespace pop3_judge
