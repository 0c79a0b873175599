// Where a password may stand in an answer that repeats what a client said.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.h"

namespace pop3 {

// Behind "PASS ", and behind "AUTH mechanism ", wherever they stand as words in the answer, up to the end of the line or a
// quotation mark. What is in doubt counts as a password.
[[nodiscard]] std::vector<core::Span> repeated_secrets(std::string_view answer);

}  // namespace pop3
