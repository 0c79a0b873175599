// Texts that people read, in both languages, and the few ASCII operations the protocols need.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

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

// A part of a sentence: a name, a path, a number, which are the same in both languages, or words in each of them. Made without
// asking from what it holds.
struct Part : Text {
  Part() = default;
  Part(Text words) : Text(std::move(words)) {}
  Part(const std::string& same) : Text{same, same} {}
  Part(std::string_view same) : Part(std::string(same)) {}
  Part(const char* same) : Part(std::string(same)) {}
  Part(std::integral auto number) : Part(std::to_string(number)) {}

  bool operator==(const Part&) const = default;
};

// A text without words: a form, an example of what to write.
[[nodiscard]] inline Text same(std::string_view text) { return {std::string(text), std::string(text)}; }

// The sentence with its parts, at most ten, in the place of {0} … {9}; other braces stand as they are:
// phrase("unknown key '{0}'", "没有键 '{0}'", {key}).
[[nodiscard]] Text phrase(std::string_view en, std::string_view zh, std::initializer_list<Part> parts = {});

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
