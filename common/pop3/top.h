// How much of a message TOP shows: the header, the blank line behind it, and so many lines of the body (RFC 1939 §7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pop3 {

class Top {
 public:
  explicit Top(std::uint32_t body_lines) : body_lines_(body_lines) {}

  // How many octets of the next piece belong to it, from the first on. Lines end in LF, with or without a CR.
  std::size_t take(std::string_view piece);
  // Nothing more does.
  [[nodiscard]] bool is_done() const { return in_body_ && body_lines_ == 0; }

 private:
  void end_line();

  std::uint32_t body_lines_;  // still to come
  bool in_body_ = false;
  bool line_is_blank_ = true;  // nothing but a CR in it so far
};

}  // namespace pop3
