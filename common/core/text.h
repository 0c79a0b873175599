// Texts that people read, in both languages, and the few ASCII operations the protocols need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace core {

enum class Language : std::uint8_t { kEnglish, kChinese };

// One text for people. Both languages are always there: loaders refuse a text that lacks one.
struct Text {
  std::string en;
  std::string zh;

  [[nodiscard]] const std::string& in(Language language) const { return language == Language::kChinese ? zh : en; }
  [[nodiscard]] bool empty() const { return en.empty() && zh.empty(); }
  bool operator==(const Text&) const = default;
};

// Comparison and folding of A–Z only: protocol words are ASCII whatever the locale (RFC 5321 §2.4).
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
[[nodiscard]] std::string to_upper(std::string_view text);
[[nodiscard]] std::string to_lower(std::string_view text);

// `text` without spaces and tabs (only those) at both ends. A view into `text`.
[[nodiscard]] std::string_view trim(std::string_view text);

// `line` without the CRLF, or the LF or CR alone, at its end. A view into `line`.
[[nodiscard]] std::string_view without_line_end(std::string_view line);

// `text` with every `from` replaced by `to`. REQUIRES: from is not empty.
[[nodiscard]] std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

// Whether `text` fits `pattern`, in which `*` stands for any run of characters and `?` for one; letter case is ignored.
// Time is bounded by the product of the two lengths, whatever the pattern.
[[nodiscard]] bool matches_glob(std::string_view text, std::string_view pattern);

}  // namespace core
