// How much fits on the terminal, and what is shown when it is too little.
#pragma once

#include "client/screen/canvas.h"

namespace screen {

inline constexpr Size kSmallestSize{60, 16};

// From here on the regions stand side by side.
inline constexpr Size kWideSize{110, 30};

[[nodiscard]] bool is_too_small(Size size);
[[nodiscard]] bool is_wide(Size size);

// One sentence that names the needed and the actual size and the way out, in both languages, `language` first.
[[nodiscard]] Canvas draw_too_small(Size size, core::Language language);

}  // namespace screen
