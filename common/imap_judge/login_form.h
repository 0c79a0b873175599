// How LOGIN writes its two words: as atoms, in quotes, or as literals (RFC 9051 §4.3, §9: astring).
#pragma once

#include <optional>

#include "findings/finding.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// What is wrong with them. The finding is about where, never about what: nothing of a password is in it. REQUIRES: the verb of
// the line is LOGIN.
[[nodiscard]] std::optional<findings::Sight> login_form(const Line& line);

}  // namespace imap_judge
