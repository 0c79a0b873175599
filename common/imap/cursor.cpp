#include "imap/cursor.h"

#include <algorithm>
#include <charconv>

#include "core/ascii.h"
#include "core/text.h"

namespace imap {
namespace {

bool is_astring_char(char c) { return is_atom_char(c) || c == ']'; }

}  // namespace

bool is_atom_char(char c) {
  constexpr std::string_view kSpecials = "(){ %*\"\\]";
  return !core::is_control(c) && kSpecials.find(c) == std::string_view::npos;
}

// tag = 1*<any ASTRING-CHAR except "+">
bool is_tag(std::string_view text) {
  constexpr std::size_t kMaxTag = 128;
  const auto is_one = [](char c) { return is_astring_char(c) && c != '+' && !core::is_high(c); };
  return !text.empty() && text.size() <= kMaxTag && std::all_of(text.begin(), text.end(), is_one);
}

template <typename Fits>
std::string_view Cursor::take_while(Fits fits) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && fits(text_[at_])) ++at_;
  return text_.substr(begin, at_ - begin);
}

bool Cursor::take(char c) {
  if (is_at_end() || text_[at_] != c) return false;
  ++at_;
  return true;
}

bool Cursor::take_word(std::string_view word) {
  if (!core::starts_with_ignoring_case(rest(), word)) return false;
  const std::size_t end = at_ + word.size();
  const bool goes_on = end < text_.size() && is_atom_char(text_[end]) && text_[end] != '[';
  if (goes_on && is_atom_char(word.back())) return false;
  at_ = end;
  return true;
}

bool Cursor::take_blanks() {
  return !take_while([](char c) { return c == ' '; }).empty();
}

bool Cursor::take_end() {
  const std::size_t before = at_;
  take_blanks();
  if (is_at_end()) return true;
  at_ = before;
  return false;
}

std::optional<std::string_view> Cursor::take_atom() {
  const std::string_view atom = take_while(is_atom_char);
  return atom.empty() ? std::nullopt : std::optional(atom);
}

std::optional<std::string> Cursor::take_astring() {
  const std::string_view atom = take_while(is_astring_char);
  return atom.empty() ? take_string() : std::optional(std::string(atom));
}

std::optional<std::string> Cursor::take_list_mailbox() {
  const auto fits = [](char c) { return is_astring_char(c) || c == '%' || c == '*'; };
  const std::string_view pattern = take_while(fits);
  return pattern.empty() ? take_string() : std::optional(std::string(pattern));
}

std::optional<std::string> Cursor::take_string() {
  if (peek() == '"') return take_quoted();
  const auto literal = take_literal();
  if (!literal) return std::nullopt;
  return std::string(text_.substr(literal->begin, literal->end - literal->begin));
}

// quoted = DQUOTE *QUOTED-CHAR DQUOTE; a backslash stands before DQUOTE and backslash only.
std::optional<std::string> Cursor::take_quoted() {
  std::string text;
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    char c = text_[i];
    if (c == '"') {
      at_ = i + 1;
      return text;
    }
    if (c == '\r' || c == '\n' || c == '\0') break;
    if (c == '\\') {
      if (++i == text_.size()) break;
      c = text_[i];
      if (c != '"' && c != '\\') break;
    }
    text += c;
  }
  return std::nullopt;
}

std::optional<core::Span> Cursor::take_literal() {
  Cursor ahead = *this;
  ahead.take('~');
  if (!ahead.take('{')) return std::nullopt;
  const auto octets = ahead.take_number64();
  if (!octets) return std::nullopt;
  ahead.take('+');
  if (!ahead.take('}')) return std::nullopt;
  ahead.take('\r');
  if (!ahead.take('\n') || *octets > text_.size() - ahead.at_) return std::nullopt;
  const core::Span span{ahead.at_, ahead.at_ + static_cast<std::size_t>(*octets)};
  at_ = span.end;
  return span;
}

std::optional<std::uint64_t> Cursor::take_number64() {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
  if (error != std::errc()) return std::nullopt;
  at_ = static_cast<std::size_t>(end - text_.data());
  return number;
}

std::optional<std::uint32_t> Cursor::take_number() {
  const std::size_t before = at_;
  const auto number = take_number64();
  if (number && *number <= UINT32_MAX) return static_cast<std::uint32_t>(*number);
  at_ = before;
  return std::nullopt;
}

std::string_view Cursor::take_set() {
  return take_while([](char c) { return core::is_digit(c) || c == ':' || c == ',' || c == '*' || c == '$'; });
}

std::string_view Cursor::take_until_blank() {
  return take_while([](char c) { return c != ' '; });
}

}  // namespace imap
