#include "mockserver/scenario/judge.h"

#include <algorithm>
#include <string_view>

#include "core/text.h"
#include "mockserver/scenario/guest.h"

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

struct Comparison {
  PasswordUsed used = PasswordUsed::kWrong;
  std::string by;
};

// What an account takes, what it once did not take, and both with a line end: in the order in which they are tried.
Comparison compare(const sasl::Claim& claim, std::string_view right, std::string_view web) {
  struct Candidate {
    PasswordUsed used;
    std::string_view password;
    std::string_view end;
  };
  for (const Candidate& one : {Candidate{PasswordUsed::kRight, right, ""}, Candidate{PasswordUsed::kWeb, web, ""},
                               Candidate{PasswordUsed::kNewline, right, "\n"}, Candidate{PasswordUsed::kNewline, right, "\r\n"},
                               Candidate{PasswordUsed::kNewline, web, "\n"}, Candidate{PasswordUsed::kNewline, web, "\r\n"}}) {
    const std::string candidate = std::string(one.password).append(one.end);
    if (!one.password.empty() && claim.proves(candidate)) return {one.used, candidate};
  }
  return {PasswordUsed::kWrong, std::string(right)};
}

Comparison compare(const sasl::Claim& claim, const Account& account) {
  if (claim.is_token) return compare(claim, account.token, {});
  return compare(claim, account.password, account.web_password);
}

PasswordUsed judge_guest(const sasl::Claim& claim, const Account& account) {
  if (claim.is_token || claim.is_proof) return PasswordUsed::kWrong;
  const std::string_view said = claim.password.reveal();
  if (looks_like_password(said, account)) return PasswordUsed::kRight;
  const std::string_view bare = without_line_end(said);
  return bare.size() != said.size() && looks_like_password(bare, account) ? PasswordUsed::kNewline : PasswordUsed::kWrong;
}

// With any password, but one that has a line end behind it is no less a mistake.
PasswordUsed judge_anybody(const sasl::Claim& claim) {
  const std::string_view said = claim.password.reveal();
  return without_line_end(said).size() == said.size() ? PasswordUsed::kRight : PasswordUsed::kNewline;
}

}  // namespace

Judgement judge(const sasl::Claim& claim, const std::vector<Account>& accounts, const std::vector<std::string>& guests,
                bool anybody) {
  if (accounts.empty()) {
    const bool right = !claim.user.empty() && !claim.is_proof;
    return {right ? PasswordUsed::kRight : PasswordUsed::kWrong, !claim.user.empty()};
  }
  const std::string_view name = without_line_end(claim.user);
  const bool newline_in_name = name.size() != claim.user.size();
  const Account* const account = find_account(name, accounts);
  const bool is_known_guest = account == nullptr && is_guest(name, guests);
  const bool known = (account != nullptr || is_known_guest || (anybody && !name.empty())) && !newline_in_name;
  if (claim.password.empty() && !claim.is_proof) return {PasswordUsed::kEmpty, known};
  if (anybody && account == nullptr) return {newline_in_name ? PasswordUsed::kNewline : judge_anybody(claim), known};
  if (is_known_guest) {
    const PasswordUsed used = judge_guest(claim, accounts.front());
    return {newline_in_name && used != PasswordUsed::kWrong ? PasswordUsed::kNewline : used, known};
  }
  if (account == nullptr) return {PasswordUsed::kWrong, false};
  const Comparison compared = compare(claim, *account);
  // Nobody may act for somebody else here (RFC 4616 §2): the accounts of a scenario have no such right.
  const bool for_another = !claim.authorization.empty() && !core::equals_ignoring_case(claim.authorization, claim.user);
  const PasswordUsed used = for_another ? PasswordUsed::kWrong : compared.used;
  if (newline_in_name && used != PasswordUsed::kWrong) return {PasswordUsed::kNewline, false, compared.by};
  return {used, known, compared.by};
}

}  // namespace scenario
