// BODYSTRUCTURE and BODY: a message's parts as a client asks for them before it fetches any (RFC 9051 §7.5.2).
#pragma once

#include <cstdint>
#include <string>

#include "imap/message_tree.h"
#include "imap/string_form.h"

namespace imap {

enum class Extension : std::uint8_t {
  kWithout,  // BODY
  kWith,     // BODYSTRUCTURE: checksum, disposition, language, location, of a multipart its parameters
};

// The structure of the whole message behind `out`. Types and encodings in the letter case in which they stand there; what is
// not said is the default that MIME has: text/plain, charset us-ascii for every text, 7bit.
void append_body_structure(std::string& out, const MessageTree& tree, Extension extension, Quoted quoted = Quoted::kAscii);

}  // namespace imap
