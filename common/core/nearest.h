// "did you mean …?": the known word that is nearest to a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace core {

// The words near enough to `word` to be meant by it, nearest first, at most three. Letter case counts for nothing; two
// letters swapped, one missing, added or wrong count for one; beside a word that is one slip away no farther ones are given.
// The views are those of `known`.
[[nodiscard]] std::vector<std::string_view> nearest(std::string_view word, const std::vector<std::string_view>& known);

// "did you mean 'reply'?"; with nothing near, "one of: a, b, c"; empty when nothing is known.
[[nodiscard]] Text proposal(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace core
