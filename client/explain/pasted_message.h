// The message that stands in a pasted session, between 354 and its dot.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "client/explain/pasted.h"

namespace explain {

// The number of the line in which a message is over whose text follows its header without an empty line (RFC 5322 §2.1);
// nothing when there is no such message. A message of nothing but fields, and one without any, are others.
[[nodiscard]] std::optional<std::size_t> end_of_unseparated(const std::vector<Line>& lines);

}  // namespace explain
