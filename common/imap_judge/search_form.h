// What is wrong with a SEARCH as it is written (RFC 9051 §6.4.4).
#pragma once

#include <optional>

#include "findings/finding.h"
#include "imap_judge/known.h"
#include "imap_judge/scan.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// Letters beyond ASCII without CHARSET, a date that is none. Nothing for other commands.
[[nodiscard]] std::optional<findings::Sight> wrong_search(const Line& line, const Scan& words, const Known& known);

}  // namespace imap_judge
