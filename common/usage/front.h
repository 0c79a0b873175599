// What a program says about itself, from its table alone, before it does anything.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/text.h"
#include "usage/completion.h"
#include "usage/parse.h"
#include "usage/table.h"

namespace usage {

// What the words ask for: something to do, or else there is something to print and nothing more to do.
struct Begun {
  std::optional<Parsed> said;
  std::string out;    // the program about itself, for standard output
  std::string error;  // a complaint about the words, for standard error
};

// As the first word, and shown in no list, since only the installation and the shells ask for them: --manual, --complete WORD….
// version: all of what --version prints.
[[nodiscard]] Begun begin(const Program& program, std::span<const std::string> words, core::Language language,
                          std::string_view version, const Scenarios& scenarios);

}  // namespace usage
