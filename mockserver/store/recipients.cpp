#include "mockserver/store/recipients.h"

#include <algorithm>

#include "core/text.h"

namespace store {

std::optional<std::size_t> Recipients::number_of(std::string_view address) {
  std::vector<std::string>& accounts = owners_.accounts;
  const auto found = std::find_if(accounts.begin(), accounts.end(),
                                  [&](const std::string& user) { return core::equals_ignoring_case(user, address); });
  if (found != accounts.end()) return static_cast<std::size_t>(found - accounts.begin()) + 1;
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || accounts.size() >= most_) return std::nullopt;
  const std::string domain = core::to_lower(address.substr(at + 1));
  if (std::find(owners_.domains.begin(), owners_.domains.end(), domain) == owners_.domains.end()) return std::nullopt;
  accounts.push_back(core::to_lower(address));
  return accounts.size();
}

std::vector<std::size_t> Recipients::mailboxes(const std::vector<std::string>& addresses) {
  std::vector<std::size_t> all;
  for (const std::string& address : addresses) all.push_back(number_of(address).value_or(kOthers));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Places Recipients::places(const std::vector<std::string>& addresses) {
  const std::vector<std::size_t> numbers = mailboxes(addresses);
  Places all;
  for (const std::size_t number : numbers) all.push_back({number == kOthers ? std::string() : account(number), {}, {}});
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto at = std::lower_bound(numbers.begin(), numbers.end(), number_of(addresses[i]).value_or(kOthers));
    all[static_cast<std::size_t>(at - numbers.begin())].recipients.push_back(i);
  }
  return all;
}

}  // namespace store
