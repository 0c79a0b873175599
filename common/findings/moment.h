// What has happened in a dialogue, as those see it who look for mistakes: not events, but things said and answered.
#pragma once

#include <cstdint>

namespace findings {

enum class Moment : std::uint8_t {
  kSaid,      // a line or message, and everything before it has been answered
  kAnswered,  // the answer to it, whole
  kUnasked,   // the server has said what answers nothing
  kSecured,   // TLS is there
  kClosed,    // and everything that came is told
};

}  // namespace findings
