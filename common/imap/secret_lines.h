// Where a password stands in what a client says, line by line: behind a login that is going wrong the next lines may be one,
// too, whatever they look like.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.h"
#include "imap/command.h"

namespace imap {

class SecretLines {
 public:
  SecretLines() = default;
  // after_login: the line before began a login.
  explicit SecretLines(bool after_login) : after_login_(after_login) {}

  // A command, whole or up to a literal, that was parsed. Spans count from its start.
  [[nodiscard]] std::vector<core::Span> of_command(std::string_view command, const ParsedCommand& parsed);
  // A line of an exchange, or in IDLE. is_secret: what the mechanism asks for here is.
  [[nodiscard]] std::vector<core::Span> of_line(std::string_view line, bool is_secret);
  // Lines that nobody has read, the last one perhaps cut. begun: what came before them of their command; empty: nothing.
  [[nodiscard]] std::vector<core::Span> of_untold(std::string_view octets, std::string_view begun);
  // What comes next may belong to a login.
  [[nodiscard]] bool is_after_login() const { return after_login_; }
  // The login was right: what comes now is a command.
  void logged_in() { after_login_ = false; }

 private:
  bool after_login_ = false;
};

}  // namespace imap
