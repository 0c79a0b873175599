#include "dialogue/event.h"

#include <array>

namespace dialogue {
namespace {

constexpr std::array<std::string_view, 5> kNames{"connected", "client", "server", "note", "closed"};
static_assert(kNames.size() == static_cast<std::size_t>(Kind::kClosed) + 1);

}  // namespace

std::string_view name(Kind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace dialogue
