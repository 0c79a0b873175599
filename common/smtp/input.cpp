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

constexpr std::array<std::string_view, kCommands.size()> kNames{
    "helo", "ehlo", "mail", "rcpt", "data",     "bdat",    "rset",    "vrfy",          "expn",
    "help", "noop", "quit", "auth", "starttls", "unknown", "connect", "auth-response", "message"};

}  // namespace

std::optional<Input> find_command(std::string_view verb) {
  const auto* const hit = std::find_if(kCommands.begin(), kCommands.end(), [&](const CommandRow& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb, verb);
  });
  if (hit == kCommands.end()) return std::nullopt;
  return hit->input;
}

bool ends_pipeline(Input input) {
  return input == Input::kHelo || input == Input::kEhlo || input == Input::kData || input == Input::kVrfy ||
         input == Input::kExpn || input == Input::kQuit || input == Input::kNoop || input == Input::kAuth ||
         input == Input::kAuthResponse || input == Input::kStarttls || input == Input::kMessage || input == Input::kConnect;
}

std::string_view name(Input input) { return kNames[static_cast<std::size_t>(input)]; }

}  // namespace smtp
