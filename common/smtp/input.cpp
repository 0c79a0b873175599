#include "smtp/input.h"

#include <algorithm>

#include "core/text.h"

namespace smtp {
namespace {

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < kCommands.size(); ++i) {
    if (static_cast<std::size_t>(kCommands[i].input) != i) return false;
  }
  return true;
}
static_assert(rows_are_in_order());

}  // namespace

std::optional<Input> find_command(std::string_view verb) {
  const auto* const hit = std::find_if(kCommands.begin(), kCommands.end(), [&](const CommandRow& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb, verb);
  });
  if (hit == kCommands.end()) return std::nullopt;
  return hit->input;
}

}  // namespace smtp
