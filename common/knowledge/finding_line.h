// Findings for people and programs: with the words of scenarios/knowledge/mistakes.toml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "findings/finding.h"
#include "findings/several.h"
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

// Such a line read back; nothing when it is none. Of `expected` the one language that it has.
struct RecordedFinding {
  std::uint64_t connection = 0;  // 0: it names none
  findings::Finding finding;
};
[[nodiscard]] std::optional<RecordedFinding> read_finding_line(std::string_view line);

// Where a difference between dialogues shows.
struct ShownIn {
  std::string file;
  std::uint64_t connection = 0;  // 0: the only one of its file
  std::vector<std::uint64_t> events;
};

// One object and a LF: kind ("finding"), id, severity, certain, dialogues (of each file, connection, events), title, fix.
[[nodiscard]] std::string difference_line(const findings::Difference& difference, const std::vector<ShownIn>& shown,
                                          const Knowledge& knowledge, core::Language language);

}  // namespace knowledge
