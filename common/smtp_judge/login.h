// The lines of a login in SMTP, and why it is refused.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/login.h"
#include "smtp_judge/turn.h"

namespace smtp_judge {

class Login {
 public:
  // AUTH, or a line of the exchange, in the order in which they come; the reply to the one before was given to answered().
  // Spans count from the start of the line.
  [[nodiscard]] std::vector<findings::Sight> said(const Line& line);
  void answered(const Heard& heard);

  // Why these credentials are refused, where the accounts tell.
  [[nodiscard]] std::optional<findings::Sight> why_refused(const findings::Server& server) const;

  [[nodiscard]] const std::string& user() const { return login_.user(); }
  [[nodiscard]] bool has_empty_password() const { return login_.has_empty_password(); }
  [[nodiscard]] bool shows_password() const { return login_.shows_password(); }

 private:
  findings::Login login_;
};

}  // namespace smtp_judge
