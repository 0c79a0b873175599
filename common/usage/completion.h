// Completion for bash and zsh. The scripts (packaging/) know nothing: with each Tab they ask the program, as "--complete
// WORD…", what could stand there, so that the table stays the only place.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "usage/table.h"

namespace usage {

// The words that could stand for a scenario and begin with the prefix.
using Scenarios = std::function<std::vector<std::string>(std::string_view prefix)>;

// What could take the place of the last of these words, which the cursor stands behind: a candidate a line, behind a tab what
// it means. A line ":files" or ":folders" says that paths could stand there. An "=" that a shell has made a word of its own
// counts as a part of its option.
[[nodiscard]] std::string complete(const Program& program, std::span<const std::string> words, const Scenarios& scenarios,
                                   core::Language language);

}  // namespace usage
