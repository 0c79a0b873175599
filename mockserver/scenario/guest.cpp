#include "mockserver/scenario/guest.h"

#include <algorithm>

#include "core/password_form.h"
#include "core/text.h"

namespace scenario {

std::vector<std::string> domains_of(const Scenario& scenario) {
  std::vector<std::string> domains;
  const auto add = [&](std::string_view domain) {
    std::string one = core::to_lower(domain);
    if (std::find(domains.begin(), domains.end(), one) == domains.end()) domains.push_back(std::move(one));
  };
  for (const Account& account : scenario.accounts) {
    const std::size_t at = account.user.rfind('@');
    if (at != std::string::npos) add(std::string_view(account.user).substr(at + 1));
  }
  for (const std::string& sign : scenario.signs) {
    const bool is_domain = sign.find('.') != std::string::npos && sign.find(' ') == std::string::npos;
    if (is_domain && !scenario.accounts.empty()) add(sign);
  }
  return domains;
}

bool is_guest(std::string_view address, const std::vector<std::string>& domains) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string domain = core::to_lower(address.substr(at + 1));
  return std::find(domains.begin(), domains.end(), domain) != domains.end();
}

bool looks_like_password(std::string_view text, const Account& account) {
  if (account.web_password.empty()) return !text.empty();
  return core::has_form_of(text, account.password);
}

}  // namespace scenario
