// What a trial showed, as a sheet tells it: safe to print, secrets masked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/labs/evidence.h"
#include "client/labs/sheet.h"
#include "knowledge/knowledge.h"

namespace lab {

[[nodiscard]] TrialRecord record_of(const Trial& trial, const Evidence& evidence, const knowledge::Knowledge& knowledge);

// The words of the command line that was marked; a password that was said in a dialogue is masked in them too.
[[nodiscard]] std::vector<std::string> without_said_secrets(std::vector<std::string> words, const std::vector<Evidence>& all);

// The lines around an event, whole: it and a few on both sides, the event marked.
[[nodiscard]] std::vector<Line> lines_around(const program::Visit& visit, std::uint64_t event);

// How the program ended.
[[nodiscard]] core::Text end_of(const program::Outcome& outcome);

}  // namespace lab
