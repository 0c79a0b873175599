// What is told of the tasks while somebody works at them.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "client/labs/hand/desk.h"
#include "client/labs/hand/record.h"
#include "core/text.h"

namespace hand {

// Title and task of the lab, a line for each paragraph and an empty one between them; safe to print.
[[nodiscard]] std::vector<std::string> assignment(const lab::Lab& lab, core::Language language);

// "✓ 1 …", "▶ 2 …", "· 3 …": all tasks, the current one marked.
[[nodiscard]] std::vector<std::string> tasks_told(const Desk& desk, core::Language language);

// The current task: what is to be, the hints that are shown, the mistake that stands in its way. What is done when all are.
[[nodiscard]] std::vector<std::string> current_told(const Desk& desk, core::Language language);

[[nodiscard]] core::Text no_more_hints();

// "✓ 2 of 4: the envelope: from Alice, to Bob".
[[nodiscard]] std::string fulfilled_told(const Desk& desk, std::size_t task, core::Language language);

// Tells which tasks are fulfilled, and where the record says otherwise. Gives whether it says the same.
bool compare_tasks(const Desk& desk, const Record& record, core::Language language, std::ostream& out);

// How much of what was said was sent as the screen had proposed it, and how much was typed or edited there; empty where another
// program said all of it.
[[nodiscard]] core::Text origins_told(const Record& record);

// Where the record is, and what it does not show.
[[nodiscard]] core::Text record_told(const std::string& file);

}  // namespace hand
