// What a check can ask of a trial: the table of conditions. scenarios/labs/README.md has an example of each.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/labs/evidence.h"
#include "client/labs/lab.h"
#include "client/labs/sheet.h"
#include "core/text.h"

namespace lab {

// Whether a condition holds, and if not, what shows it.
struct Held {
  bool holds = true;
  core::Text reason;                   // one sentence; empty when it holds
  std::vector<std::string> ids;        // of mistakes, the cause first
  std::optional<std::size_t> visit;    // where it shows: a place among the visits …
  std::optional<std::uint64_t> event;  // … and the number of an event there
  std::vector<Line> lines;             // what was said, where that is no visit
  std::string expected;                // of what must be compared, whole
  std::string actual;
};

struct ConditionRow {
  std::string_view key;
  core::Text (*check)(const std::vector<std::string>& values);                     // what is wrong with them; empty: nothing
  Held (*look)(const std::vector<std::string>& values, const Evidence& evidence);  // values are filled in
};

// Null: there is no such condition.
[[nodiscard]] const ConditionRow* find_condition(std::string_view key);
[[nodiscard]] std::vector<std::string_view> condition_keys();

// The condition with {names} filled in. REQUIRES: its key is in the table.
[[nodiscard]] Held look(const Condition& condition, const Evidence& evidence);

}  // namespace lab
