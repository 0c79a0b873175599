// The lines of octets, and the words of a line.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace pop3 {

// The first word of `text`, which loses it and the blanks around it. Both are views into what `text` was.
inline std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return word;
}

// The lines without their ends; the last one may have none.
inline std::vector<std::string> lines_in(std::string_view octets) {
  std::vector<std::string> lines;
  while (!octets.empty()) {
    const std::size_t length = std::min(octets.find('\n'), octets.size() - 1) + 1;
    lines.emplace_back(core::without_line_end(octets.substr(0, length)));
    octets.remove_prefix(length);
  }
  return lines;
}

}  // namespace pop3
