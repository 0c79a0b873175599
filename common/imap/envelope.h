// ENVELOPE: what a client's list of messages shows (RFC 9051 §7.5.2).
#pragma once

#include <string>

#include "imap/header_fields.h"
#include "imap/string_form.h"

namespace imap {

// "(date subject from sender reply-to to cc bcc in-reply-to message-id)" behind `out`. A field that is not there is NIL, one
// that is empty is ""; addresses NIL where there are none. Without a sender or a reply-to, or with an empty one, those of From
// stand there.
void append_envelope(std::string& out, const HeaderFields& fields, Quoted quoted = Quoted::kAscii);

}  // namespace imap
