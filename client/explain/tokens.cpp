#include "client/explain/tokens.h"

#include <algorithm>
#include <utility>

#include "client/explain/characters.h"
#include "core/show.h"

namespace explain {
namespace {

char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// Quotes, dashes and full-width punctuation separate words as ASCII punctuation does: U+2000–U+206F, U+3000–U+303F,
// U+FF00–U+FFEF, U+00A0–U+00BF.
bool separates(char32_t c) {
  return (c >= 0xA0 && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
         (c >= 0xFF00 && c <= 0xFFEF);
}

bool in_address(char c) { return is_word(c) || std::string_view("._-+=").find(c) != std::string_view::npos; }

// Where the run of address characters around `at` begins and ends.
std::size_t run_begin(std::string_view text, std::size_t at) {
  while (at > 0 && in_address(text[at - 1])) --at;
  return at;
}
std::size_t run_end(std::string_view text, std::size_t at) {
  while (at < text.size() && in_address(text[at])) ++at;
  return at;
}

bool is_ipv4(std::string_view run) {
  const auto dots = std::count(run.begin(), run.end(), '.');
  return dots == 3 && run.size() <= 15 && run.size() >= 7 &&
         std::all_of(run.begin(), run.end(), [](char c) { return is_digit(c) || c == '.'; });
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

}  // namespace

std::vector<Token> tokens(std::string_view text, std::size_t most) {
  std::vector<Token> found;
  std::size_t at = 0;
  while (at < text.size() && found.size() < most) {
    if (is_word(text[at])) {
      Token token{{}, at, at};
      for (; at < text.size() && is_word(text[at]); ++at) token.text += lower(text[at]);
      token.end = at;
      found.push_back(std::move(token));
      continue;
    }
    const std::size_t length = core::utf8_sequence_length(text.substr(at, 4));
    if (length >= 2 && !separates(core::utf8_decode(text.substr(at, length)))) {
      found.push_back({std::string(text.substr(at, length)), at, at + length});
    }
    at += std::max<std::size_t>(1, length);
  }
  return found;
}

std::string without_mailboxes(std::string_view text) {
  std::string out(text);
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    blank(out, run_begin(text, at), run_end(text, at + 1));
  }
  return out;
}

std::string without_addresses(std::string_view text) {
  std::string out = without_mailboxes(text);
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
    blank(out, run_begin(text, at), std::min(text.find_first_of(" \t\n\"'<>", at), text.size()));
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = run_end(text, at);
    if (end > at && is_ipv4(text.substr(at, end - at))) blank(out, at, end);
    at = std::max(end, at + 1);
  }
  return out;
}

}  // namespace explain
