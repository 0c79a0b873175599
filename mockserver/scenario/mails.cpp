#include "mockserver/scenario/mails.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/text.h"
#include "mockserver/scenario/folders.h"

namespace scenario {
namespace {

core::Result<std::shared_ptr<mailbox::Folder>> folder_of(const Mail& mail, const Scenario& scenario, store::Store& store) {
  mailbox::Mailbox* const own = store.mailbox_of(mail.to);
  return open_folder(scenario, own != nullptr ? *own : store.others(), mail.folder);
}

// Nothing has come for it: nothing of an earlier life of the server either.
core::Result<bool> is_empty(mailbox::Folder& folder) {
  auto listed = folder.list();
  if (!listed) return core::Failure(listed.error());
  return (*listed)->entries.empty();
}

// INBOX gets it as one that was delivered.
core::Result<void> deliver(const Mail& mail, mailbox::Folder& folder, store::Store& store, std::int64_t now) {
  std::string content = core::replace_all(mail.message, "\n", "\r\n");
  if (!mail.folder.empty() || mail.flags != mailbox::Flags{}) return put_into(folder, content, mail.flags, now);
  store::Message message;
  message.forward_paths = {mail.to};
  message.received = now;
  message.content = std::move(content);
  const auto delivered = store.deliver(std::move(message));
  return delivered ? core::Result<void>() : core::Failure(delivered.error());
}

}  // namespace

core::Result<void> deliver_mails(const Scenario& scenario, store::Store& store, std::int64_t now) {
  std::set<std::string> full;
  const auto place_of = [](const Mail& mail) { return core::to_lower(mail.to) + "\n" + mail.folder; };
  std::vector<std::shared_ptr<mailbox::Folder>> folders;
  for (const Mail& mail : scenario.mails) {
    auto folder = folder_of(mail, scenario, store);
    if (!folder) return core::Failure(folder.error());
    auto empty = is_empty(**folder);
    if (!empty) return core::Failure(empty.error());
    if (!*empty) full.insert(place_of(mail));
    folders.push_back(std::move(*folder));
  }
  for (std::size_t i = 0; i < folders.size(); ++i) {
    const Mail& mail = scenario.mails[i];
    if (full.contains(place_of(mail))) continue;
    if (auto done = deliver(mail, *folders[i], store, now); !done) return done;
  }
  return {};
}

core::Result<void> keep_sent(const Scenario& scenario, store::Store& store, const store::Message& message) {
  mailbox::Mailbox* const own = scenario.sent_folder.empty() ? nullptr : store.mailbox_of(message.user);
  if (own == nullptr) return {};
  const auto folder = open_folder(scenario, *own, scenario.sent_folder);
  if (!folder) return core::Failure(folder.error());
  return put_into(**folder, message.content, {.seen = true}, message.received);
}

}  // namespace scenario
