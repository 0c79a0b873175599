// A stretch of octets inside a longer string.
#pragma once

#include <cstddef>

namespace core {

// [begin, end) in octets from the start of the string it belongs to. REQUIRES: begin <= end.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool operator==(const Span&) const = default;
};

}  // namespace core
