#include "imap/input.h"

#include <algorithm>

#include "core/text.h"

namespace imap {
namespace {

constexpr bool stand_in_order() {
  for (std::size_t i = 0; i < kInputs.size(); ++i) {
    if (static_cast<std::size_t>(kInputs[i].input) != i) return false;
  }
  return true;
}
static_assert(stand_in_order());

}  // namespace

std::optional<Input> find_command(std::string_view verb) {
  const auto* const hit = std::find_if(kInputs.begin(), kInputs.end(), [&](const InputRow& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb, verb);
  });
  return hit == kInputs.end() ? std::nullopt : std::optional(hit->input);
}

}  // namespace imap
