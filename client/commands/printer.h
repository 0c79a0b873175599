// Lines with a label in front, set below each other in a column: what `smtplab explain` and `smtplab scenarios` print.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

#include "client/base/words.h"
#include "core/text.h"

namespace commands {

inline constexpr std::size_t kPieceColumns = 24;  // of a piece of what was said, before its meaning

// `text` and the blanks that make it `columns` wide on a terminal; at least one blank.
[[nodiscard]] std::string padded(std::string_view text, std::size_t columns);

class Printer {
 public:
  // out outlives it.
  Printer(core::Language language, std::ostream& out) : language_(language), out_(&out) {}

  // A line on its own. Here and below, a LF in the text begins a further line, and whatever a terminal would obey is
  // shown instead (core/show.h).
  void line(std::string_view text) { put("", "", text); }
  // A heading with an empty line before it, unless it is the first.
  void heading(std::string_view text);
  // Indented, the label in a column of its own; nothing at all when the text is empty.
  void row(std::string_view label, std::string_view text);
  void row(client::Word label, std::string_view text) { row(say(label), text); }

  [[nodiscard]] std::string_view say(client::Word word) const { return client::word(word, language_); }
  [[nodiscard]] const std::string& in(const core::Text& text) const { return text.in(language_); }
  [[nodiscard]] core::Language language() const { return language_; }
  [[nodiscard]] bool is_chinese() const { return language_ == core::Language::kChinese; }

 private:
  void put(std::string_view before_first, std::string_view before_others, std::string_view text);

  core::Language language_;
  std::ostream* out_;
  bool begun_ = false;
};

}  // namespace commands
