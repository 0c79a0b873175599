// Message numbers and UIDs: which of them a command names, and whether there are such messages.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "findings/finding.h"
#include "imap_judge/known.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// A number that no message has, a UID in its place, a number from before an EXPUNGE.
[[nodiscard]] std::optional<findings::Sight> wrong_number(const Line& line, const Known& known);

// Numbers of a SEARCH where UIDs are meant, as the answer shows. knew_uids: the client had been told some before. REQUIRES:
// turn.heard is OK.
[[nodiscard]] std::optional<findings::Sight> numbers_as_uids(const Turn& turn, const Known& known, bool knew_uids);

// A command of a message's number, not of its UID.
[[nodiscard]] bool is_by_number(const Line& line);
// The single numbers of a set, none of a range.
[[nodiscard]] std::vector<std::uint32_t> single_numbers(const imap::SequenceSet& set);

}  // namespace imap_judge
