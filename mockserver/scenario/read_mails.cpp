#include <algorithm>
#include <utility>
#include <vector>

#include "core/nearest.h"
#include "core/text.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

// Where there is no account, whoever logs in finds what came for anybody.
void check_recipient(const Reading& reading, const document::Node& to) {
  const std::vector<Account>& accounts = reading.draft.scenario.accounts;
  const auto is_it = [&](const Account& account) { return core::equals_ignoring_case(account.user, to.text); };
  if (accounts.empty() || std::any_of(accounts.begin(), accounts.end(), is_it)) return;
  std::vector<std::string_view> users;
  for (const Account& account : accounts) users.push_back(account.user);
  reading.problems.add(to.where, core::phrase("there is no account '{0}'", "没有账户 '{0}'", {to.text}),
                       core::proposal(to.text, users));
}

}  // namespace

void read_mails(const Reading& reading) {
  std::vector<Mail> mails;
  for (const document::Node* const table : tables_in(reading.document.root, "mail")) {
    const document::Node* const to = table->find("to", document::NodeType::kText);
    if (to != nullptr) check_recipient(reading, *to);
    mails.push_back({to == nullptr ? "" : to->text, string_in(*table, "message").value_or("")});
  }
  Scenario& scenario = reading.draft.scenario;
  if (!mails.empty()) scenario.mails = std::move(mails);
  // Accounts of one's own are others than those of the provider, whose messages nobody could fetch.
  std::erase_if(scenario.mails, [&](const Mail& mail) {
    const auto is_it = [&](const Account& account) { return core::equals_ignoring_case(account.user, mail.to); };
    return !scenario.accounts.empty() && std::none_of(scenario.accounts.begin(), scenario.accounts.end(), is_it);
  });
}

}  // namespace scenario
