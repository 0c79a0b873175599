// Findings for people and programs: with the words of scenarios/knowledge/mistakes.toml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/text.h"
#include "findings/finding.h"
#include "knowledge/knowledge.h"

namespace knowledge {

// "error", "warning", "advice".
[[nodiscard]] std::string_view name(Severity severity);

// One object and a LF, beside the lines of dialogue/json_lines.h: kind ("finding"), connection, number (of the finding, in its
// connection), id, severity, certain, events (numbers of events of that connection), octets ([event, first, one past the last],
// from 0, of the wire), follows (the number of another finding; absent for a first cause), expected (absent when there is
// nothing to say), title, fix.
[[nodiscard]] std::string finding_line(const findings::Finding& finding, const Knowledge& knowledge, core::Language language,
                                       std::optional<std::uint64_t> connection = std::nullopt);

}  // namespace knowledge
