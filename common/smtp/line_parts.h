// Which piece of an actual line stands for which part of its command's grammar.
#pragma once

#include <string_view>
#include <vector>

#include "protocol/said.h"
#include "smtp/input.h"

namespace smtp {

// The pieces of `line` (without its line end) by the names of the grammar ("MAIL FROM:", "Reverse-path"), in the order of the
// line. A line that breaks the grammar gives those that can still be told apart. The names live as long as the program.
[[nodiscard]] std::vector<protocol::Part> parts_of(Input input, std::string_view line);

}  // namespace smtp
