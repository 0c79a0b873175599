// Encoded-words as they stand in a field: =?utf-8?B?5L2g?= (RFC 2047 §2).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

struct EncodedWord {
  std::string_view charset;  // as written; views into the text it was found in
  char encoding = 'B';       // B or Q, in capitals
  std::string_view data;
  std::size_t begin = 0;
  std::size_t end = 0;  // behind "?="

  // Its octets; nothing when the data is no base64.
  [[nodiscard]] std::optional<std::string> octets() const;
};

// All of them, in their order.
[[nodiscard]] std::vector<EncodedWord> encoded_words_in(std::string_view text);

// The same text, neighbours of one charset and encoding made one word: what a sender has cut inside a character is whole again.
[[nodiscard]] std::string with_joined_words(std::string_view text);

}  // namespace mime
