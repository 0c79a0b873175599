// Spans of a whole, seen from a part of it.
#pragma once

#include <vector>

#include "core/span.h"

namespace client {

// The pieces of `spans` that lie in `where`, counted from its beginning.
[[nodiscard]] std::vector<core::Span> within(const std::vector<core::Span>& spans, core::Span where);

}  // namespace client
