// Octets that TOML cannot say, written in a template: "{0xff}" is one, "{a*10000}" is ten thousand times what stands before *.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace scenario {

// How much the repetitions in one text may come to, in octets.
inline constexpr std::size_t kLongestRepetition = 1'000'000;

// `text` with those written out; what is left is a template as template.h knows it. Errors (Blame::kInput): a number that is no
// octet, a repetition of nothing or of too much.
[[nodiscard]] core::Result<std::string> expand_octets(std::string_view text);

}  // namespace scenario
