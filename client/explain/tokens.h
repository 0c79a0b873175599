// Words of a text without what stands between them: how phrases and replies are compared.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace explain {

// A run of ASCII letters and digits in lower case, or one other character of UTF-8.
struct Token {
  std::string text;
  std::size_t begin = 0;  // in the text it was cut from
  std::size_t end = 0;
};

// At most `most` of them, in their order. Punctuation, blanks and octets that are not UTF-8 separate and are left out.
[[nodiscard]] std::vector<Token> tokens(std::string_view text, std::size_t most);

// `text` with e-mail addresses, IP addresses and URLs blanked out, octet for octet: they differ from text to text.
[[nodiscard]] std::string without_addresses(std::string_view text);
// The same with e-mail addresses alone: a recipient's domain does not tell who spoke.
[[nodiscard]] std::string without_mailboxes(std::string_view text);

}  // namespace explain
