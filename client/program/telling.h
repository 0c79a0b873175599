// What is told when a program has run.
#pragma once

#include <optional>
#include <string>

#include "client/program/outcome.h"
#include "client/program/services.h"
#include "client/program/traceback.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace program {

// All that was seen, in the form in which it is told.
struct Story {
  const Outcome& outcome;
  const Services& services;
  std::vector<Symptom> symptoms;
  std::optional<Stumble> stumble;
  bool is_well = false;
};

// An entry of the knowledge by its id, whichever table it stands in; nothing where there is none.
struct Meaning {
  core::Text title;
  core::Text why;
  core::Text fix;
};
[[nodiscard]] std::optional<Meaning> meaning_of(const std::string& id, const knowledge::Knowledge& knowledge);

// Whole lines, safe to print.
[[nodiscard]] std::string in_words(const Story& story, const knowledge::Knowledge& knowledge, core::Language language);
// One object and a LF; its keys stand in README.md.
[[nodiscard]] std::string as_json(const Story& story, const knowledge::Knowledge& knowledge, core::Language language);

}  // namespace program
