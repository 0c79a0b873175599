#include "mockserver/scenario/judge.h"

#include <algorithm>
#include <string_view>

#include "core/text.h"

namespace scenario {
namespace {

std::string_view without_line_end(std::string_view text) {
  if (!text.ends_with('\n')) return text;
  text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

const Account* find_account(std::string_view user, const std::vector<Account>& accounts) {
  const auto hit = std::find_if(accounts.begin(), accounts.end(),
                                [&](const Account& account) { return core::equals_ignoring_case(account.user, user); });
  return hit == accounts.end() ? nullptr : &*hit;
}

bool proves_with_newline(const sasl::Claim& claim, std::string_view password) {
  return claim.proves(std::string(password) + "\n") || claim.proves(std::string(password) + "\r\n");
}

PasswordUsed compare(const sasl::Claim& claim, const Account& account) {
  if (claim.proves(account.password)) return PasswordUsed::kRight;
  const bool has_web = !account.web_password.empty();
  if (has_web && claim.proves(account.web_password)) return PasswordUsed::kWeb;
  if (proves_with_newline(claim, account.password)) return PasswordUsed::kNewline;
  if (has_web && proves_with_newline(claim, account.web_password)) return PasswordUsed::kNewline;
  return PasswordUsed::kWrong;
}

}  // namespace

Judgement judge(const sasl::Claim& claim, const std::vector<Account>& accounts) {
  if (accounts.empty()) return {claim.user.empty() ? PasswordUsed::kWrong : PasswordUsed::kRight, !claim.user.empty()};
  const std::string_view name = without_line_end(claim.user);
  const bool newline_in_name = name.size() != claim.user.size();
  const Account* const account = find_account(name, accounts);
  const bool known = account != nullptr && !newline_in_name;
  if (claim.password.empty()) return {PasswordUsed::kEmpty, known};
  if (account == nullptr) return {PasswordUsed::kWrong, false};
  // Nobody may act for somebody else here (RFC 4616 §2): the accounts of a scenario have no such right.
  const bool for_another = !claim.authorization.empty() && !core::equals_ignoring_case(claim.authorization, claim.user);
  const PasswordUsed used = for_another ? PasswordUsed::kWrong : compare(claim, *account);
  if (newline_in_name && used != PasswordUsed::kWrong) return {PasswordUsed::kNewline, false};
  return {used, known};
}

}  // namespace scenario
