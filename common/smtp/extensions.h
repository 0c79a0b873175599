// The extensions a server announced in its answer to EHLO (RFC 5321 §4.1.1.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "smtp/input.h"
#include "smtp/reply.h"

namespace smtp {

class Extensions {
 public:
  Extensions() = default;
  // Every line of the reply behind the first is one ehlo-line: keyword and parameters.
  static Extensions from_reply(const Reply& reply);
  // From lines without codes: {"PIPELINING", "AUTH LOGIN PLAIN"}.
  static Extensions from_lines(const std::vector<std::string>& lines);

  [[nodiscard]] bool offers(std::string_view keyword) const;
  // Whether the command is offered by them: its keyword is there, or every server has it. Some servers announce "AUTH=" alone.
  [[nodiscard]] bool brings(Input command) const;
  // The parameters of the first line with this keyword, as written; empty when there are none or it is not offered.
  [[nodiscard]] std::string_view parameters(std::string_view keyword) const;
  // Mechanisms of AUTH, and of the old form AUTH= that some servers send beside it.
  [[nodiscard]] bool offers_mechanism(std::string_view mechanism) const;
  // All of them, upper case, each once, in their order.
  [[nodiscard]] std::vector<std::string> mechanisms() const;
  [[nodiscard]] std::vector<std::string> lines() const;
  [[nodiscard]] bool empty() const { return text_.empty(); }
  bool operator==(const Extensions&) const = default;

 private:
  std::string text_;  // the lines, each with an LF behind it: every session keeps them, and most only ask what is in them
};

}  // namespace smtp
