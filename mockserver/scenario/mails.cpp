#include "mockserver/scenario/mails.h"

#include <set>
#include <string>
#include <utility>

#include "core/text.h"
#include "mailbox/folder_name.h"

namespace scenario {
namespace {

// Nothing has come for it: nothing of an earlier life of the server either.
core::Result<bool> is_empty(store::Store& store, const std::string& user) {
  mailbox::Mailbox* const own = store.mailbox_of(user);
  auto inbox = (own != nullptr ? *own : store.others()).open(mailbox::FolderName::inbox());
  if (!inbox) return core::Failure(inbox.error());
  auto listed = (*inbox)->list();
  if (!listed) return core::Failure(listed.error());
  return (*listed)->entries.empty();
}

}  // namespace

core::Result<void> deliver_mails(const Scenario& scenario, store::Store& store, std::int64_t now) {
  std::set<std::string> full;
  for (const Mail& mail : scenario.mails) {
    auto empty = is_empty(store, mail.to);
    if (!empty) return core::Failure(empty.error());
    if (!*empty) full.insert(core::to_lower(mail.to));
  }
  for (const Mail& mail : scenario.mails) {
    if (full.contains(core::to_lower(mail.to))) continue;
    store::Message message;
    message.forward_paths = {mail.to};
    message.received = now;
    message.content = core::replace_all(mail.message, "\n", "\r\n");
    if (const auto delivered = store.deliver(std::move(message)); !delivered) return core::Failure(delivered.error());
  }
  return {};
}

}  // namespace scenario
