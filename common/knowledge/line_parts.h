// Which piece of an actual line stands for which part of its command's grammar.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.h"
#include "knowledge/knowledge.h"
#include "smtp/input.h"

namespace knowledge {

struct LinePart {
  const GrammarPart* part;  // of the entry given to name_parts
  core::Span where;         // in the line
};

// The parts of `entry` that are found in `line` (without its line end), in the order of the line. A line that breaks the
// grammar gives the pieces that can still be told apart. REQUIRES: the entry is that of `input` and outlives the result.
[[nodiscard]] std::vector<LinePart> name_parts(const CommandEntry& entry, smtp::Input input, std::string_view line);

}  // namespace knowledge
