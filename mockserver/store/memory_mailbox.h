// A user's folders in memory.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "mailbox/mailbox.h"
#include "mockserver/store/memory_folder.h"

namespace store {

class MemoryMailbox final : public mailbox::Mailbox {
 public:
  // uid_validity: of the INBOX; folders that are made later have greater ones.
  MemoryMailbox(std::shared_ptr<MemoryPool> pool, std::uint32_t uid_validity);

  core::Result<std::shared_ptr<mailbox::Folder>> open(const mailbox::FolderName& name) override;
  core::Result<std::vector<mailbox::FolderName>> folders() override;
  core::Result<void> create(const mailbox::FolderName& name) override;
  core::Result<void> erase(const mailbox::FolderName& name) override;
  core::Result<void> rename(const mailbox::FolderName& from, const mailbox::FolderName& to) override;
  core::Result<std::vector<mailbox::FolderName>> subscriptions() override;
  core::Result<void> subscribe(const mailbox::FolderName& name, bool wanted) override;

  // Where mail is delivered: the folder, which is made where it is not there, or INBOX.
  [[nodiscard]] MemoryFolder& delivery(const std::optional<mailbox::FolderName>& folder);

 private:
  // Another folder of this name, with all its messages.
  std::shared_ptr<MemoryFolder> taking_all(MemoryFolder& from);

  std::shared_ptr<MemoryPool> pool_;
  std::uint32_t uid_validity_;  // the last one given
  std::shared_ptr<MemoryFolder> inbox_;
  std::map<mailbox::FolderName, std::shared_ptr<MemoryFolder>> folders_;  // the others
  std::set<mailbox::FolderName> subscriptions_;
};

}  // namespace store
