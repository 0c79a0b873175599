// Tables of what is said to people: a row in both languages for each enumerator of an enum whose last one is kCount.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/text.h"

namespace client {

template <typename Enum>
struct TextRow {
  Enum which;
  std::string_view en;
  std::string_view zh;

  [[nodiscard]] core::Text text() const { return {std::string(en), std::string(zh)}; }
};

// Whether each enumerator has its row, at its place, in both languages. For a static_assert beside the table.
template <typename Enum, std::size_t kRows>
constexpr bool is_complete(const std::array<TextRow<Enum>, kRows>& table) {
  for (std::size_t i = 0; i < kRows; ++i) {
    if (table[i].which != static_cast<Enum>(i) || table[i].en.empty() || table[i].zh.empty()) return false;
  }
  return kRows == static_cast<std::size_t>(Enum::kCount);
}

}  // namespace client
