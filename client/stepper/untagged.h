// A command without the word by which its answer is known (RFC 9051 §2.2.1): what is the same when it is said again.
#pragma once

#include <string_view>

#include "protocol/protocol.h"

namespace stepper {

// Of a line without its end; a view into it. A line that has no such word, or is no command, is as it is.
[[nodiscard]] std::string_view untagged(const protocol::Protocol& spoken, std::string_view line);

}  // namespace stepper
