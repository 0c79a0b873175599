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

struct Criterion;

struct AllOf {
  std::vector<Criterion> criteria;  // cheap ones first, as in AnyOf
};
struct AnyOf {
  std::vector<Criterion> criteria;
};
struct NoneOf {
  std::vector<Criterion> criteria;
};
struct InSet {
  std::vector<SequenceSet::Range> ranges;  // resolved
  bool by_uid = false;
};

// Texts are UTF-8 and folded (mime/fold.h).
struct Criterion {
  enum class Cost : std::uint8_t { kListing, kNotes, kHeader, kBody };
  Cost cost = Cost::kListing;
  std::variant<AllOf, AnyOf, NoneOf, InSet, SearchFlag, SearchKeyword, SearchDate, SearchSize, SearchModSequence, SearchHeader,
               SearchText>
      is;
};

// Errors: as of search().
[[nodiscard]] core::Result<Criterion> search_plan(const SearchProgram& program, const mailbox::Listing& listing);

}  // namespace imap
