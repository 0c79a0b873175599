// What shows in the octets of a line whatever protocol it is of.
#pragma once

#include <optional>
#include <string_view>

#include "findings/finding.h"

namespace findings {

// Java's writeUTF(): two octets that count those behind them. line: with its end.
[[nodiscard]] std::optional<Sight> length_prefix(std::string_view line);

// These octets of a line are what is written in place of a password: nobody can tell any more what is wrong with them.
[[nodiscard]] bool is_masked(std::string_view line, core::Span where);

}  // namespace findings
