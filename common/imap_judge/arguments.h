// What is wrong with what stands behind a verb: sets of messages, items of FETCH, keys of SEARCH, names of mailboxes.
#pragma once

#include <vector>

#include "findings/finding.h"
#include "imap_judge/known.h"
#include "imap_judge/scan.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// At most one of each kind. REQUIRES: line.is_command() or an announced literal, and its verb is known.
[[nodiscard]] std::vector<findings::Sight> arguments_of(const Line& line, const Scan& words, const Known& known);

}  // namespace imap_judge
