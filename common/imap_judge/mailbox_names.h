// Names of mailboxes as commands write them (RFC 3501 §5.1.3, RFC 9051 §5.1).
#pragma once

#include <optional>

#include "findings/finding.h"
#include "imap_judge/known.h"
#include "imap_judge/scan.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// Without the quotes that it needs, in letters that it must not have, cut wrongly out of a LIST, or of a mailbox that cannot be
// opened. Nothing for commands without a name.
[[nodiscard]] std::optional<findings::Sight> wrong_name(const Line& line, const Scan& words, const Known& known);

}  // namespace imap_judge
