// A text from a stream, however much it is.
#pragma once

#include <cstdint>
#include <istream>
#include <string>

#include "client/explain/pasted.h"

namespace explain {

struct Intake {
  std::string text;            // the beginning and the end, with a LF between them where something was left out
  std::uint64_t left_out = 0;  // octets between them
  Gap gap;                     // where that is in `text`
};

// Of a program's output the first and the last part say what went wrong: more than these is read and forgotten.
inline constexpr std::size_t kFirstPart = std::size_t{64} * 1024;
inline constexpr std::size_t kLastPart = std::size_t{192} * 1024;

// Reads `in` to its end and keeps at most kFirstPart + kLastPart octets, whole lines where there are any.
[[nodiscard]] Intake take_in(std::istream& in);

}  // namespace explain
