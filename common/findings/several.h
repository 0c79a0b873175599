// What several dialogues of one program show together, and none of them does by itself: it went on here, and there it did not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dialogue/event.h"

namespace findings {

// Events of a dialogue that show it.
struct Shown {
  std::size_t dialogue = 0;  // its place among those that were compared
  std::vector<std::uint64_t> events;
  bool operator==(const Shown&) const = default;
};

// Severity and words stand in scenarios/knowledge/mistakes.toml under the id.
struct Difference {
  std::string_view id;
  bool certain = true;
  std::vector<Shown> shown;  // first where it went wrong, then beside what that shows
};

using Dialogue = std::vector<dialogue::Event>;

// Of one connection each, of one program that was to do the same each time, whatever the server said. Each id once. Nothing of
// a protocol of which nobody compares dialogues. Who links it says which there are: common/all_judges.cpp.
[[nodiscard]] std::vector<Difference> compare(std::string_view protocol, const std::vector<Dialogue>& dialogues);

}  // namespace findings
