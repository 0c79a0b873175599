// Who logs in, with LOGIN or AUTHENTICATE, and what shows of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/login.h"
#include "imap_judge/known.h"
#include "imap_judge/turn.h"

namespace imap_judge {

class Credentials {
 public:
  // A command, or a line of an exchange, in the order in which they come. What is wrong with its base64 and what stands in it.
  [[nodiscard]] std::vector<findings::Sight> said(const Line& line);
  void answered(const Turn& turn);

  [[nodiscard]] const std::string& user() const { return user_; }
  // Why they are refused, where the accounts tell.
  [[nodiscard]] std::optional<findings::Sight> why_refused(const findings::Server& server) const;
  // PLAIN has said whom to act for, which some servers do not take (RFC 4616 §2); most have nothing against it.
  [[nodiscard]] bool acts_for_somebody() const { return acts_for_somebody_; }
  // Whoever reads along has read the password: with this turn it has travelled as it is, or in base64.
  [[nodiscard]] bool showed_password(const Turn& turn) const;
  // The server has refused a token and waits for an empty line (RFC 7628 §3.2.3).
  [[nodiscard]] bool is_asked_for_nothing() const { return is_asked_for_nothing_; }

 private:
  findings::Login login_;
  std::string user_;
  std::string password_;
  bool acts_for_somebody_ = false;
  bool is_asked_for_nothing_ = false;
};

}  // namespace imap_judge
