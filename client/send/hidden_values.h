// Which octets of a configuration no message may show. It may be broken in any way: what is not known to be harmless is hidden.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.h"

namespace send {

// Everything in `text` but punctuation, keys, and the whole values of the keys in `shown`; spans in order, within their line.
[[nodiscard]] std::vector<core::Span> hidden_values(std::string_view text, const std::vector<std::string_view>& shown);

}  // namespace send
