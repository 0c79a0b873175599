// Whether credentials are right, and if not, which of the classic mistakes they are.
#pragma once

#include <string>
#include <vector>

#include "mockserver/scenario/scenario.h"
#include "sasl/exchange.h"

namespace scenario {

struct Judgement {
  PasswordUsed password = PasswordUsed::kWrong;
  bool user_known = false;
  std::string judged_by = {};  // the password or token that fits, as it was given; where none does the right one

  [[nodiscard]] bool accepted() const { return user_known && password == PasswordUsed::kRight; }
  bool operator==(const Judgement&) const = default;
};

// Judges a claim against the accounts; user names are compared ignoring case. A password or a proof made with one is
// compared with the account's passwords, a token with its token. kNewline: a right or web password with LF or CRLF behind
// it, or behind the user name: what base64 of a line typed into a terminal or an editor carries along.
// A guest's password is right when it looks like that of an account; what proves one never is: of what password?
// Without any accounts every claim that names a user is right, but a proof never: of what password? With `anybody` so is that
// of whoever has no account among those that there are, and there a proof too.
[[nodiscard]] Judgement judge(const sasl::Claim& claim, const std::vector<Account>& accounts,
                              const std::vector<std::string>& guests = {}, bool anybody = false);

}  // namespace scenario
