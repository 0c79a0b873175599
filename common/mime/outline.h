// A message as the tree of its parts: what each is, and its header as it stands there beside what it says (RFC 2045, RFC 2046).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mime/read.h"

namespace mime {

struct OutlinePart {
  std::string
      place;  // by which IMAP names it: "1.2" (RFC 9051 §6.4.5.1); of a multipart that is a message, empty or that message's
  std::size_t depth = 0;    // in how many others it lies
  bool is_message = false;  // the message itself, or one that lies in a message/rfc822
  std::string type;         // "text/plain", lower case
  std::string charset;      // as written; empty: none is said
  std::string encoding;     // of its body, as written; empty: none is said
  std::string name;         // of a file, decoded: nothing that may be used as a path
  std::size_t octets = 0;   // of its body, as it stands there
  std::vector<Field> fields;
};

// The message first, each part behind what it lies in. Reads anything, with the bounds of read(); what is beyond them is left
// out.
[[nodiscard]] std::vector<OutlinePart> outline(std::string_view message);

}  // namespace mime
