// The words of a line, parted by blanks.
#pragma once

#include <algorithm>
#include <string_view>

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

}  // namespace pop3
