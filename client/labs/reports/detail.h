// What is told of one check that failed, as lines of text: the text report, and the output of the systems that show text alone.
#pragma once

#include <string>
#include <vector>

#include "client/labs/sheet.h"
#include "core/text.h"

namespace reports {

// The lines around the fault as they were said, "> " before those that are at fault.
[[nodiscard]] std::vector<std::string> around(const std::vector<lab::Line>& lines);

// Reason, trial, dialogue, mistakes, what was expected, hints, and how to see it again. Whole lines, safe to print. Only the
// reason of a check that was not tried, and nothing of one that passed.
[[nodiscard]] std::vector<std::string> detail(const lab::Sheet& sheet, const lab::CheckResult& check, core::Language language);

// The same as one text, each line ended by a LF.
[[nodiscard]] std::string detail_text(const lab::Sheet& sheet, const lab::CheckResult& check, core::Language language);

}  // namespace reports
