// What a condition is compared with: "*@163.com", or between slashes a regular expression, "/^rcpt(?P<code>[245]\d\d)@/".
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mockserver/scenario/template.h"

namespace scenario {

// A glob has to fit the whole text; * is any run of characters, ? is one. An expression (the syntax of RE2) may be found
// anywhere in it. Neither minds the case of letters. Time and memory of a comparison grow with the text and no faster, whatever
// a client sends. Copies share the compiled expression.
class Pattern {
 public:
  // Errors (Blame::kInput) say what is wrong with an expression.
  static core::Result<Pattern> parse(std::string_view text);

  [[nodiscard]] bool matches(std::string_view text) const;
  // The named groups of an expression that took part in the match; nothing when `text` does not fit.
  [[nodiscard]] std::optional<Values> captures(std::string_view text) const;
  // "code" for (?P<code>…). Sorted.
  [[nodiscard]] std::vector<std::string> group_names() const;

  // It fits one text alone (in any letter case), and that is how it was written.
  [[nodiscard]] bool is_literal() const { return expression_ == nullptr && text_.find_first_of("*?") == std::string::npos; }
  // As it was written.
  [[nodiscard]] const std::string& text() const { return text_; }
  bool operator==(const Pattern& other) const { return text_ == other.text_; }

 private:
  struct Expression;
  explicit Pattern(std::string text) : text_(std::move(text)) {}

  std::string text_;
  std::shared_ptr<const Expression> expression_;  // null: a glob
};

// The text fits; captures takes what the named groups have found, and may be null.
[[nodiscard]] bool fits(const Pattern& pattern, std::string_view text, Values* captures);

}  // namespace scenario
