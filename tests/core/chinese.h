// Texts in both languages: whether the Chinese one is Chinese.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "core/result.h"

namespace test {

// The first three English words in a row that stand outside of quotes; "" where there are none. Names, options, paths, verbs of
// protocols and what is quoted may be in a Chinese sentence, a piece of an English one may not.
inline std::string english_in(std::string_view text) {
  std::string run;
  std::size_t words = 0;
  std::string word;
  char quote = 0;
  const auto end_word = [&] {
    const bool is_english =
        word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    words = is_english ? words + 1 : word.empty() ? words : 0;
    run = words > 1 ? run + " " + word : word;
    word.clear();
    return words >= 3;
  };
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote) quote = 0;
      continue;
    }
    if (c == ' ' || c == ',' || c == ':') {
      if (end_word()) return run;
      if (c != ' ') words = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
      words = 0;
      word.clear();
    } else {
      word += c;
    }
  }
  return end_word() ? run : "";
}

// Both languages are there, and each is what it says. hints of one word, a form without words, are the same in both.
inline void check_chinese(const core::Text& text) {
  CAPTURE(text.en);
  CAPTURE(text.zh);
  CHECK(text.en.empty() == text.zh.empty());
  CHECK(english_in(text.zh).empty());
  const auto is_chinese = [](char c) { return static_cast<unsigned char>(c) >= 0xE3; };
  const bool has_words = !english_in(text.en).empty();
  if (has_words) CHECK(std::any_of(text.zh.begin(), text.zh.end(), is_chinese));
}

inline void check_chinese(const core::Error& error) {
  check_chinese(error.text);
  check_chinese(error.place);
  check_chinese(error.hint);
}

}  // namespace test
