// What must not be repeated of a pasted text.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.h"

namespace explain {

// Where passwords and tokens stand in `text`: behind password=, behind AUTH PLAIN, in a URL, as base64 that holds a login.
[[nodiscard]] std::vector<core::Span> find_secrets(std::string_view text);

}  // namespace explain
