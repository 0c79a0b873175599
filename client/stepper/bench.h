// The base64 bench: what a text is in base64 and the other way round, with the traps beside it.
#pragma once

#include <string_view>
#include <vector>

#include "client/screen/screen_model.h"
#include "core/text.h"

namespace stepper {

// The lines below the input. `text` is what was typed, UTF-8.
[[nodiscard]] std::vector<screen::Line> bench_lines(std::string_view text, core::Language language);

}  // namespace stepper
