// Where the keys that move lead in a list: of events, or of the lines of a text.
#pragma once

#include <cstddef>
#include <optional>

#include "client/screen/key.h"

namespace stepper {

// From `at` in 0 … last; nothing: the key is none of them.
[[nodiscard]] std::optional<std::size_t> moved(const screen::Key& key, std::size_t at, std::size_t last);

}  // namespace stepper
