#include "mockserver/store/recipients.h"

#include <algorithm>

#include "core/text.h"

namespace store {

std::optional<std::size_t> Recipients::account(std::string_view address) const {
  const auto found = std::find_if(accounts_.begin(), accounts_.end(),
                                  [&](const std::string& user) { return core::equals_ignoring_case(user, address); });
  if (found == accounts_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - accounts_.begin());
}

std::vector<std::size_t> Recipients::mailboxes(const std::vector<std::string>& addresses) const {
  std::vector<std::size_t> all;
  for (const std::string& address : addresses) all.push_back(account(address).value_or(others()));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace store
