// Who logs in, in whichever way POP3 has, and what shows of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/login.h"
#include "pop3_judge/known.h"
#include "pop3_judge/turn.h"

namespace pop3_judge {

class Credentials {
 public:
  // A command, or a line of an exchange, in the order in which they come. What is wrong with its base64 and what stands in it.
  [[nodiscard]] std::vector<findings::Sight> said(const Line& line);
  void answered(const Turn& turn);

  [[nodiscard]] const std::string& user() const { return user_; }
  // Why they are refused, where the accounts tell.
  [[nodiscard]] std::optional<findings::Sight> why_refused(const findings::Server& server) const;
  // Whoever reads along has read the password: with this turn it has travelled as it is, or in base64.
  [[nodiscard]] bool showed_password(const Turn& turn) const;

 private:
  findings::Login login_;
  std::string user_;
  std::string password_;
};

}  // namespace pop3_judge
