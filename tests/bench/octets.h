// Octets to measure with, and the yardstick of everything that reads lines.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

namespace bench {

// Mail data as it is on the wire, about `size` octets: lines of `width` octets and CRLF, the last line ".\r\n". With
// `dots` every sixteenth line begins with a dot, which is stuffed.
inline std::string mail_data(std::size_t size, std::size_t width, bool dots) {
  std::string data;
  data.reserve(size + width + 8);
  for (std::size_t line = 0; data.size() < size; ++line) {
    const std::size_t begin = data.size();
    if (dots && line % 16 == 0) data += "..";
    for (std::size_t i = data.size() - begin; i < width; ++i) data += static_cast<char>('A' + (line * 7 + i) % 53);
    data += "\r\n";
  }
  return data += ".\r\n";
}

// The bare walk: finds every LF and does nothing about it.
inline std::size_t count_line_ends(std::string_view octets) {
  std::size_t count = 0;
  const char* at = octets.data();
  const char* const end = at + octets.size();
  while (at < end) {
    const void* const lf = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (lf == nullptr) break;
    ++count;
    at = static_cast<const char*>(lf) + 1;
  }
  return count;
}

inline constexpr const char* kWalk = "a memchr walk";

}  // namespace bench
