// Dialogues as plain lines, the way RFCs and text_lines.h print them, read back into events.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"
#include "dialogue/event.h"

namespace dialogue {

// "C: HELO alice.example", "S: 250 mail.example": each line is an event, the lines of one reply are one together. A line ends
// in CRLF unless it says otherwise: a "␊" at its end is LF alone, "(no line end)" none. "␍", "␉" and \xHH are the octets that
// core/show.h shows so.
//   -- connected, -- secured, -- closed by the client (the server, a failure)   what is not on the wire; other notes are notes
//   -- 2.5 s later     nothing happens for so long; otherwise a line comes a millisecond after the one before
//   # …                a comment
// Errors (Blame::kInput) name the line that is none of these.
[[nodiscard]] core::Result<std::vector<Event>> events_from_text(std::string_view text);

}  // namespace dialogue
