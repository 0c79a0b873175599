#include "client/program/post_office.h"

#include <cstdint>
#include <set>
#include <utility>

#include "mockserver/envelope.h"
#include "mockserver/scenario/guest.h"
#include "mockserver/store/maildir.h"
#include "mockserver/store/memory.h"
#include "mockserver/unix_time.h"

namespace program {

std::unique_ptr<store::Store> open_post_office(const Street& street, const std::optional<std::string>& folder) {
  std::set<std::string> accounts;
  std::set<std::string> domains;
  for (const Stand& stand : street.stands) {
    for (const scenario::Account& account : stand.scenario.accounts) accounts.insert(core::to_lower(account.user));
    for (std::string& domain : scenario::domains_of(stand.scenario)) domains.insert(std::move(domain));
  }
  store::Owners owners{{accounts.begin(), accounts.end()}, {domains.begin(), domains.end()}};
  if (folder) return std::make_unique<store::Maildir>(*folder, std::move(owners), mockserver::envelope_json);
  return std::make_unique<store::Memory>(std::move(owners), static_cast<std::uint32_t>(mockserver::unix_time()));
}

}  // namespace program
