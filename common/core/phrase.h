// A piece of a text in both languages, as the rows of tables hold it.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/text.h"

namespace core {

struct Phrase {
  std::string_view en;
  std::string_view zh;

  [[nodiscard]] constexpr std::string_view in(Language language) const { return language == Language::kChinese ? zh : en; }
  [[nodiscard]] constexpr bool empty() const { return en.empty() && zh.empty(); }
};

// Of "yes|no" the part of that number, from 0; the last one where there are fewer.
[[nodiscard]] constexpr std::string_view alternative(std::string_view text, std::size_t number) {
  for (std::size_t bar = text.find('|'); number > 0 && bar != std::string_view::npos; bar = text.find('|'), --number) {
    text.remove_prefix(bar + 1);
  }
  return text.substr(0, text.find('|'));
}

}  // namespace core
