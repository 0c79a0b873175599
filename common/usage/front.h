// What a program says about itself, from its table alone, before it does anything.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/text.h"
#include "usage/completion.h"
#include "usage/table.h"

namespace usage {

// The text for standard output, or nothing when something else was asked for. As the first word, and shown in no list, since
// only the installation and the shells ask for them: --manual, --complete WORD….
[[nodiscard]] std::optional<std::string> about_itself(const Program& program, std::span<const std::string> words,
                                                      core::Language language, std::string_view version,
                                                      const Scenarios& scenarios);

}  // namespace usage
