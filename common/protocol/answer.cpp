#include "protocol/answer.h"

#include <cstddef>

#include "core/ascii.h"

namespace protocol {
namespace {

// One to three digits, which `text` loses; nothing when there are none, or more.
bool take_number(std::string_view& text) {
  std::size_t digits = 0;
  while (digits < text.size() && core::is_digit(text[digits])) ++digits;
  text.remove_prefix(digits);
  return digits >= 1 && digits <= 3;
}

bool take_dot(std::string_view& text) {
  if (!text.starts_with('.')) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string_view enhanced_code(std::string_view text) {
  const std::string_view word = text.substr(0, text.find(' '));
  if (word.empty() || (word[0] != '2' && word[0] != '4' && word[0] != '5')) return {};
  std::string_view rest = word.substr(1);
  const bool fits = take_dot(rest) && take_number(rest) && take_dot(rest) && take_number(rest);
  return fits && rest.empty() ? word : std::string_view();
}

std::string_view Answer::detail() const {
  if (lines.empty()) return {};
  const std::string_view line = lines.front();
  if (!line.starts_with('[')) {
    const std::string_view enhanced = enhanced_code(line);
    // RFC 2034 §4: the class is the first digit of the code; what differs is no such code.
    const bool is_one = code.empty() || code.starts_with(line.substr(0, 1));
    return is_one ? enhanced : std::string_view();
  }
  const std::size_t end = line.find(']');
  return end == std::string_view::npos ? std::string_view() : line.substr(1, end - 1);
}

}  // namespace protocol
