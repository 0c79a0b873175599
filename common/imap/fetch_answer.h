// The answer to FETCH: one untagged line a message, pulled piece by piece.
#pragma once

#include "imap/answer.h"
#include "imap/command.h"
#include "imap/selected.h"

namespace imap {

// What asks for more than a look marks messages \Seen as they are pulled, unless the mailbox is read-only. What has gone
// meanwhile has no line. utf8: the client has enabled it. Selected outlives the answer, and nobody else touches it while that
// is pulled.
[[nodiscard]] Answer fetch_answer(Selected& selected, const Command& command, Manner manner, bool utf8);

}  // namespace imap
