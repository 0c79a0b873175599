// A lab from its file, with the rows that it shares with others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/labs/lab.h"
#include "core/result.h"
#include "document/document.h"

namespace lab {

// The rows of checks.toml, trials.toml and answers.toml.
struct Shared {
  std::vector<Check> checks;
  std::vector<Trial> trials;
  std::vector<Answer> answers;
};

// Errors (Blame::kInput) as of document::Problems: everything wrong with the file at once.
[[nodiscard]] core::Result<Shared> read_shared(const document::Document& checks, const document::Document& trials,
                                               const document::Document& answers);

// id: as Lab::id. What it says of mistakes, scenarios and lessons by name is not looked up here.
[[nodiscard]] core::Result<Lab> read_lab(const document::Document& file, const std::string& id, const Shared& shared);

}  // namespace lab
