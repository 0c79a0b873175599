// A search made ready: what is the same for all messages is worked out once, and what is cheap comes first.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/result.h"
#include "imap/search_key.h"
#include "imap/sequence_set.h"
#include "mailbox/message.h"

namespace imap {

struct Condition;

struct AllOf {
  std::vector<Condition> conditions;  // cheap ones first, as in AnyOf
};
struct AnyOf {
  std::vector<Condition> conditions;
};
struct NoneOf {
  std::vector<Condition> conditions;
};
struct InSet {
  std::vector<SequenceSet::Range> ranges;  // resolved
  bool by_uid = false;
};

// Texts are UTF-8 and folded (mime/fold.h).
struct Condition {
  enum class Cost : std::uint8_t { kListing, kNotes, kHeader, kBody };
  Cost cost = Cost::kListing;
  std::variant<AllOf, AnyOf, NoneOf, InSet, SearchFlag, SearchKeyword, SearchDate, SearchSize, SearchHeader, SearchText> is;
};

// Errors: as of search().
[[nodiscard]] core::Result<Condition> search_plan(const SearchProgram& program, const mailbox::Listing& listing);

}  // namespace imap
