// What is told of the tasks while somebody works at them.
#pragma once

#include <string>
#include <vector>

#include "client/labs/hand/desk.h"
#include "core/text.h"

namespace hand {

// The task of the lab, with what is given for it. Lines, safe to print.
[[nodiscard]] std::vector<std::string> assignment(const lab::Lab& lab, core::Language language);

// "✓ 1 …", "▶ 2 …", "· 3 …": all tasks, the current one marked.
[[nodiscard]] std::vector<std::string> tasks_told(const Desk& desk, core::Language language);

// The current task: what is to be, the hints that are shown, the mistake that stands in its way. What is done when all are.
[[nodiscard]] std::vector<std::string> current_told(const Desk& desk, core::Language language);

// "✓ 2 of 4: the envelope: from Alice, to Bob".
[[nodiscard]] std::string fulfilled_told(const Desk& desk, std::size_t task, core::Language language);

}  // namespace hand
