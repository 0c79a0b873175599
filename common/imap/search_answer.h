// The answer to SEARCH.
#pragma once

#include "imap/answer.h"
#include "imap/command.h"
#include "imap/selected.h"

namespace imap {

// Looks through the mailbox, and saves what was found where the client wants that (RFC 5182).
[[nodiscard]] Answer search_answer(Selected& selected, const Command& command, bool rev2);

}  // namespace imap
