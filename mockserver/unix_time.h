// The time of day for whatever outlives the process: messages, and what a rule says of them.
#pragma once

#include <chrono>
#include <cstdint>

namespace mockserver {

// In seconds since 1970-01-01 00:00 UTC.
inline std::int64_t unix_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace mockserver
