// Times that a program has printed.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace lab {

// "250ms", "1.5 s", "300 us": a number with a unit. Nothing: it is none.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parse_time(std::string_view text);

// All of them in a text, in their order; a number with a dot and without a unit is seconds.
[[nodiscard]] std::vector<std::chrono::nanoseconds> times_in(std::string_view text);

}  // namespace lab
