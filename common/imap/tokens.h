// The words that header fields are made of (RFC 5322 §3.2, RFC 2045 §5.1), read from any octets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace imap {

// A walk through a value. Words are what they mean: without quotes, backslashes and comments. Every step goes on or says that
// it cannot, so that whoever walks comes to an end.
class Tokens {
 public:
  // text: has to outlive this object.
  explicit Tokens(std::string_view text) : text_(text) {}

  // Passes over white space and comments, nested ones too; one that is never closed goes to the end.
  void skip_space();
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  // The octet that comes. REQUIRES: not at_end().
  [[nodiscard]] char peek() const { return text_[at_]; }
  // Whether the octet comes; if so, passes over it and the space behind it.
  bool take(char c);

  // What comes as long as it is none of these octets; perhaps nothing. Neither skips space.
  std::string_view run_without(std::string_view octets);
  // A quoted-string with its quotes off; also one that is never closed. REQUIRES: a quote comes.
  std::string quoted();
  // Goes on to the next of these octets that stands outside of quotes, comments and angle brackets, or to the end.
  void skip_to(std::string_view octets);

  // What the last comment says that has been passed over; empty: there was none since forget_comment().
  [[nodiscard]] const std::string& comment() const { return comment_; }
  void forget_comment() { comment_.clear(); }

  [[nodiscard]] std::size_t place() const { return at_; }
  void go_to(std::size_t place) { at_ = place; }

 private:
  void skip_comment();

  std::string_view text_;
  std::size_t at_ = 0;
  std::string comment_;
};

}  // namespace imap
