// What must not be repeated of a pasted text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace explain {

// Where passwords and tokens stand in `text`: behind password=, behind AUTH PLAIN, in a URL, as base64 that holds a login.
[[nodiscard]] std::vector<core::Span> find_secrets(std::string_view text);

// The words of a command line with their passwords masked: --password=hunter2, --token hunter2, smtp://me:hunter2@mx. Where
// {password} is to be filled in there is none.
[[nodiscard]] std::vector<std::string> without_secrets(const std::vector<std::string>& command);

}  // namespace explain
