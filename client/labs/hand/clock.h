// The moment at which a record begins.
#pragma once

#include <string>

namespace hand {

// "2026-06-01T14:33:11Z".
[[nodiscard]] std::string now_in_utc();

}  // namespace hand
