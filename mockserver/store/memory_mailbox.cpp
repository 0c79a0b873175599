#include "mockserver/store/memory_mailbox.h"

#include <utility>

#include "mockserver/store/stored_mailbox.h"

namespace store {

using mailbox::FolderName;

MemoryMailbox::MemoryMailbox(std::shared_ptr<MemoryPool> pool, std::uint32_t uid_validity)
    : pool_(std::move(pool)), uid_validity_(uid_validity), inbox_(std::make_shared<MemoryFolder>(pool_, uid_validity)) {}

core::Result<std::shared_ptr<mailbox::Folder>> MemoryMailbox::open(const FolderName& name) {
  if (name.is_inbox()) return inbox_;
  const auto found = folders_.find(name);
  if (found == folders_.end()) return no_folder();
  return found->second;
}

core::Result<std::vector<FolderName>> MemoryMailbox::folders() {
  std::vector<FolderName> names{FolderName::inbox()};
  for (const auto& [name, folder] : folders_) names.push_back(name);
  return names;
}

core::Result<void> MemoryMailbox::create(const FolderName& name) {
  if (name.is_inbox() || folders_.contains(name)) return folder_exists();
  folders_[name] = std::make_shared<MemoryFolder>(pool_, ++uid_validity_);
  return {};
}

MemoryFolder& MemoryMailbox::delivery(const std::optional<FolderName>& folder) {
  if (!folder || folder->is_inbox()) return *inbox_;
  (void)create(*folder);
  return *folders_.at(*folder);
}

core::Result<void> MemoryMailbox::erase(const FolderName& name) {
  if (name.is_inbox()) return core::fail(core::Blame::kCaller, {"INBOX cannot be deleted", "INBOX 不能删除"});
  const auto found = folders_.find(name);
  if (found == folders_.end()) return no_folder();
  found->second->leave();
  folders_.erase(found);
  return {};
}

std::shared_ptr<MemoryFolder> MemoryMailbox::taking_all(MemoryFolder& from) {
  auto folder = std::make_shared<MemoryFolder>(pool_, ++uid_validity_);
  folder->take_all(from);
  return folder;
}

core::Result<void> MemoryMailbox::rename(const FolderName& from, const FolderName& to) {
  if (to.is_inbox() || folders_.contains(to)) return folder_exists();
  if (from.is_inbox()) {
    folders_[to] = taking_all(*inbox_);
    return {};
  }
  const auto all = folders().and_then([&](const auto& names) { return renames(names, from, to); });
  if (!all) return core::Failure(all.error());
  for (const auto& [old_name, name] : *all) {
    const auto old = folders_.extract(old_name);
    folders_[name] = taking_all(*old.mapped());
    old.mapped()->leave();
  }
  return {};
}

core::Result<std::vector<FolderName>> MemoryMailbox::subscriptions() {
  return std::vector<FolderName>(subscriptions_.begin(), subscriptions_.end());
}

core::Result<void> MemoryMailbox::subscribe(const FolderName& name, bool wanted) {
  if (wanted) {
    subscriptions_.insert(name);
  } else {
    subscriptions_.erase(name);
  }
  return {};
}

}  // namespace store
