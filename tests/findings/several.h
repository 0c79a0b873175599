// Cases of several dialogues: "==" on a line of its own stands between two of them.
#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue/text_reader.h"
#include "findings/several.h"
#include "tests/findings/cases.h"

namespace test {

inline std::vector<findings::Dialogue> dialogues_of(const Case& several) {
  std::vector<findings::Dialogue> dialogues;
  std::string rest = several.dialogue;
  while (!rest.empty()) {
    const std::size_t end = rest.find("==\n");
    auto events = dialogue::events_from_text(rest.substr(0, end));
    REQUIRE(events);
    if (!events->empty()) dialogues.push_back(std::move(*events));
    rest = end == std::string::npos ? std::string() : rest.substr(end + 3);
  }
  return dialogues;
}

}  // namespace test
