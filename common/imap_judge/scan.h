// A command cut into words whatever is wrong with it: what stands in quotes, in brackets or in a literal is one word. Literals
// are stepped over, not looked into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace imap_judge {

struct Word {
  enum class Kind : std::uint8_t { kAtom, kQuoted, kLiteral, kList };
  Kind kind = Kind::kAtom;
  core::Span where;  // in the command; quotes and parentheses included

  [[nodiscard]] std::string_view in(std::string_view command) const {
    return command.substr(where.begin, where.end - where.begin);
  }
};

struct Scan {
  static constexpr std::size_t kMost = 200;  // words; what comes behind them is not looked at

  std::vector<Word> words;             // of the first level, tag and verb included
  std::optional<std::size_t> unended;  // where a quotation or parenthesis begins that is never closed
  std::optional<core::Span> escape;    // in quotes: a backslash before what needs none, or a quote that has none and needs one
  std::optional<std::size_t> high;     // the first octet beyond ASCII that stands in no literal …
  std::optional<std::size_t> control;  // … and the first control character, a tab or a CR in the middle, too
  std::optional<std::size_t> behind_literal;  // octets that cannot follow a literal do so here
};

// octets: of a command, without its line end.
[[nodiscard]] Scan scan(std::string_view octets);

}  // namespace imap_judge
