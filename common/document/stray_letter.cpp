#include "document/stray_letter.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/show.h"

namespace document {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

// Behind the text that begins at `at` with a quote, or kNowhere when it does not end.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool is_basic = quote == '"';  // in the others a backslash is a backslash
  const bool is_long = text.substr(at, 3) == (is_basic ? "\"\"\"" : "'''");
  for (at += is_long ? 3 : 1; at < text.size(); ++at) {
    if (is_basic && text[at] == '\\') {
      ++at;
    } else if (text[at] == '\n' && !is_long) {
      return kNowhere;
    } else if (text[at] == quote && !is_long) {
      return at + 1;
    } else if (text[at] == quote) {
      const std::size_t quotes = std::min(text.find_first_not_of(quote, at), text.size()) - at;
      if (quotes >= 3) return at + std::min<std::size_t>(quotes, 5);  // up to two of them still belong to the text
      at += quotes - 1;
    }
  }
  return kNowhere;
}

}  // namespace

std::optional<std::size_t> stray_letter(std::string_view text) {
  std::size_t at = text.starts_with(core::kByteOrderMark) ? core::kByteOrderMark.size() : 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '"' || c == '\'') {
      at = behind_string(text, at);
    } else if (core::is_high(c)) {
      return core::utf8_sequence_length(text.substr(at)) > 0 ? std::optional(at) : std::nullopt;
    } else {
      ++at;
    }
  }
  return std::nullopt;
}

}  // namespace document
