// SEARCH: which messages fit (RFC 9051 §6.4.4).
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "core/result.h"
#include "imap/search_key.h"
#include "mailbox/folder.h"

namespace imap {

// Where it looks. All of it outlives the search.
struct Searched {
  mailbox::Folder& folder;
  const mailbox::Listing& listing;          // as the client knows it: numbers are those of this one
  const std::vector<mailbox::Uid>& recent;  // ascending: those with \Recent in this session
  std::chrono::minutes zone{0};             // east of Greenwich: of the days on which messages came
};

// Of a part no more octets are looked at than this.
inline constexpr std::uint64_t kMostSearched = std::uint64_t{8} << 20;

// The indices of its entries that fit, ascending.
//
// Text is found anywhere, whatever its letter case, in headers with their encoded-words decoded, in bodies in every part that
// is text, its transfer encoding and charset undone; the headers of parts belong to the body. A message that has been expunged
// meanwhile does not fit anything that asks for its content. What is answered by the listing is asked first, then what is known
// of a message from the notes of its folder, then headers, and bodies at last: no content is touched without need.
//
// Errors: id "bad-charset" (Blame::kPeer), where the charset is not known or a text is not of it; those of the folder. Without
// a charset, and in US-ASCII, UTF-8 is taken for what it is: clients send it.
[[nodiscard]] core::Result<std::vector<std::uint32_t>> search(const Searched& searched, const SearchProgram& program);

}  // namespace imap
