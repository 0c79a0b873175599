// The lines of a login: what is wrong with their base64 and what stands in it, and who it is that logs in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.h"
#include "sasl/exchange.h"
#include "sasl/response_line.h"
#include "smtp_judge/server.h"
#include "smtp_judge/turn.h"

namespace smtp_judge {

class Login {
 public:
  // AUTH, or a line of the exchange, in the order in which they come; the reply to the one before was given to answered().
  // Spans count from the start of the line.
  [[nodiscard]] std::vector<findings::Sight> said(const Line& line);
  void answered(const Heard& heard);

  // As far as the lines so far say it; empty when they do not.
  [[nodiscard]] const std::string& user() const { return user_; }
  // Why these credentials are refused, where the accounts tell.
  [[nodiscard]] std::optional<findings::Sight> why_refused(const Server& server) const;
  // The last line was an empty one where the password had to come, behind a user name that was none.
  [[nodiscard]] bool has_empty_password() const { return empty_password_; }
  [[nodiscard]] const std::string& mechanism() const { return mechanism_; }

 private:
  [[nodiscard]] std::vector<findings::Sight> response(std::string_view base64, std::size_t offset, sasl::ResponsePlace place);
  void take(const std::string& decoded);

  std::string mechanism_;
  std::optional<sasl::Exchange> exchange_;
  std::size_t responses_ = 0;
  std::string user_;
  std::string password_;
  bool empty_password_ = false;
};

}  // namespace smtp_judge
