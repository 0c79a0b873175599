// Placeholders in replies and steps: "553 authentication is required,163 smtp11,{id} {timestamp}".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace scenario {

// What placeholders stand for: name -> text.
using Values = std::map<std::string, std::string, std::less<>>;

// `{name}` or `{name|filter|filter}`; `{{` and `}}` are braces. Filters: base64, newline (adds LF).
// Errors (Blame::kInput) name the placeholder and what would be known.
core::Result<std::string> fill(std::string_view text, const Values& values);

// Checks a template without filling it: every name is in `known`, every filter exists, every brace is closed.
core::Result<void> check(std::string_view text, const std::vector<std::string_view>& known);

// Whether `actual` could be `text` filled in: every placeholder takes any run of characters that is not empty.
bool could_be(std::string_view actual, std::string_view text);

}  // namespace scenario
