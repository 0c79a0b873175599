#include <algorithm>
#include <utility>
#include <vector>

#include "core/nearest.h"
#include "core/text.h"
#include "mockserver/scenario/folders.h"
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

mailbox::Flags flags_in(const Reading& reading, const document::Node& table) {
  mailbox::Flags flags;
  for (const document::Node* const one : strings_of(table.find("flags"))) {
    if (one->text == "\\Seen") {
      flags.seen = true;
    } else if (one->text == "\\Answered") {
      flags.answered = true;
    } else if (one->text == "\\Flagged") {
      flags.flagged = true;
    } else if (one->text == "\\Deleted") {
      flags.deleted = true;
    } else if (one->text == "\\Draft") {
      flags.draft = true;
    } else if (mailbox::is_keyword(one->text)) {
      flags.keywords.push_back(one->text);
    } else {
      reading.problems.add(one->where, core::phrase("'{0}' is no flag", "'{0}' 不是标志", {one->text}),
                           {"for example \"\\\\Seen\"", "例如 \"\\\\Seen\""});
    }
  }
  std::sort(flags.keywords.begin(), flags.keywords.end());
  return flags;
}

}  // namespace

void read_mails(const Reading& reading) {
  std::vector<Mail> mails;
  for (const document::Node* const table : tables_in(reading.document.root, "mail")) {
    const document::Node* const to = table->find("to", document::NodeType::kText);
    if (to != nullptr) check_recipient(reading, *to);
    if (const document::Node* const folder = table->find("folder", document::NodeType::kText)) check_folder(reading, *folder);
    mails.push_back({to == nullptr ? "" : to->text, string_in(*table, "message").value_or(""),
                     string_in(*table, "folder").value_or(""), flags_in(reading, *table)});
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
