#include "imap/tokens.h"

#include <algorithm>

#include "core/text.h"

namespace imap {

// comment = "(" *([FWS] ccontent) [FWS] ")"; ccontent = ctext / quoted-pair / comment
void Tokens::skip_comment() {
  std::string said;
  std::size_t depth = 0;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == ')' && --depth == 0) break;
    if (c == '\\' && at_ + 1 < text_.size()) {
      said += text_[++at_];
    } else if (depth > 0) {
      said += c;
    }
    if (c == '(') ++depth;
  }
  if (at_ < text_.size()) ++at_;
  comment_ = core::trim(said);
}

void Tokens::skip_space() {
  for (; !at_end(); ++at_) {
    while (!at_end() && peek() == '(') skip_comment();
    if (at_end() || std::string_view(" \t\r\n").find(peek()) == std::string_view::npos) return;
  }
}

bool Tokens::take(char c) {
  if (at_end() || peek() != c) return false;
  ++at_;
  skip_space();
  return true;
}

std::string_view Tokens::run_without(std::string_view octets) {
  const std::size_t begin = at_;
  at_ = std::min(text_.find_first_of(octets, at_), text_.size());
  return text_.substr(begin, at_ - begin);
}

// quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE; qcontent = qtext / quoted-pair
std::string Tokens::quoted() {
  std::string said;
  for (++at_; !at_end() && peek() != '"'; ++at_) {
    if (peek() == '\\' && at_ + 1 < text_.size()) ++at_;
    said += peek();
  }
  if (!at_end()) ++at_;
  return said;
}

void Tokens::skip_to(std::string_view octets) {
  bool is_in_brackets = false;
  while (!at_end() && (is_in_brackets || octets.find(peek()) == std::string_view::npos)) {
    if (peek() == '"') {
      quoted();
    } else if (peek() == '(') {
      skip_comment();
    } else {
      if (peek() == '<') is_in_brackets = true;
      if (peek() == '>') is_in_brackets = false;
      ++at_;
    }
  }
}

}  // namespace imap
