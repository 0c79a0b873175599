// How a reply leaves: whole, or cut as its rule wants it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/action.h"
#include "mockserver/scenario/behaviour.h"

namespace mockserver {

// The lengths of the pieces, in their order; none for no octets.
[[nodiscard]] std::vector<std::size_t> pieces_of(const scenario::Decision& decision);

// What says it: a Send for each piece, and a Pause between two.
[[nodiscard]] core::Actions speech_of(const scenario::Decision& decision);

}  // namespace mockserver
