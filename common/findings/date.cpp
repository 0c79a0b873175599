#include "findings/date.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/ascii.h"
#include "core/text.h"

namespace findings {
namespace {

constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <std::size_t kCount>
bool is_one_of(std::string_view word, const std::array<std::string_view, kCount>& words) {
  return word.size() == words.front().size() &&
         std::any_of(words.begin(), words.end(), [&](std::string_view one) { return core::equals_ignoring_case(one, word); });
}

// No date has as many words.
constexpr std::size_t kMostTokens = 16;

struct Tokens {
  std::array<std::string_view, kMostTokens> all{};
  std::size_t count = 0;
};

// Words, numbers, "," and ":", without blanks, line ends and comments; the first ones.
Tokens tokens_of(std::string_view value) {
  Tokens tokens;
  std::size_t depth = 0;
  bool is_open = false;  // the last token goes on
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '(') ++depth;
    const bool is_text = depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n';
    if (c == ')' && depth > 0) --depth;
    if (!is_text) {
      is_open = false;
      continue;
    }
    const bool is_mark = c == ',' || c == ':';
    if (!is_open || is_mark) {
      if (tokens.count == kMostTokens) break;
      tokens.all[tokens.count++] = value.substr(at, 0);
    }
    std::string_view& last = tokens.all[tokens.count - 1];
    last = {last.data(), last.size() + 1};
    is_open = !is_mark;
  }
  return tokens;
}

// A number of so many digits and of at most this value.
bool is_number(std::string_view text, std::size_t least, std::size_t most, int highest) {
  if (text.size() < least || text.size() > most || !std::all_of(text.begin(), text.end(), core::is_digit)) return false;
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number <= highest;
}

// zone = ( "+" / "-" ) 4DIGIT; obs-zone = a name, or a letter.
bool is_zone(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) return is_number(text.substr(1), 4, 4, 9959);
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), core::is_alpha);
}

}  // namespace

bool is_date_time(std::string_view value) {
  const auto [tokens, count] = tokens_of(value);
  std::size_t at = 0;
  const auto next = [&, &all = tokens, most = count] { return at < most ? all[at++] : std::string_view(); };
  if (count > 1 && tokens[1] == ",") {
    if (!is_one_of(next(), kDays)) return false;
    next();
  }
  if (!is_number(next(), 1, 2, 31) || !is_one_of(next(), kMonths) || !is_number(next(), 2, 4, 9999)) return false;
  if (!is_number(next(), 1, 2, 23) || next() != ":" || !is_number(next(), 2, 2, 59)) return false;
  if (at < count && tokens[at] == ":") {
    next();
    if (!is_number(next(), 2, 2, 60)) return false;
  }
  return is_zone(next()) && at == count;
}

bool begins_with_day(std::string_view line) {
  return std::any_of(kDays.begin(), kDays.end(), [&](std::string_view day) { return line.starts_with(day); });
}

}  // namespace findings
