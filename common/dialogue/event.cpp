#include "dialogue/event.h"

#include <array>

namespace dialogue {
namespace {

constexpr std::array<std::string_view, 6> kNames{"connected", "client", "server", "note", "closed", "secured"};
static_assert(kNames.size() == static_cast<std::size_t>(Kind::kSecured) + 1);

constexpr std::array<std::string_view, 3> kClosers{"server", "client", "failure"};
static_assert(kClosers.size() == static_cast<std::size_t>(ClosedBy::kFailure) + 1);

}  // namespace

std::string_view name(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::string_view name(ClosedBy closed_by) { return kClosers[static_cast<std::size_t>(closed_by)]; }

}  // namespace dialogue
