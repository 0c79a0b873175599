// A user's folders as Maildir++ has them: the INBOX is the Maildir itself, "Work.Reports" is .Work.Reports in it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailbox/mailbox.h"
#include "mockserver/store/maildir_folder.h"

namespace store {

// Names of folders are in modified UTF-7 on the disk; subscriptions are lines of the file `subscriptions`. Both as Dovecot has
// them.
class MaildirMailbox final : public mailbox::Mailbox {
 public:
  // root: the Maildir. Made when it is first needed.
  explicit MaildirMailbox(std::string root);

  core::Result<std::shared_ptr<mailbox::Folder>> open(const mailbox::FolderName& name) override;
  core::Result<std::vector<mailbox::FolderName>> folders() override;
  core::Result<void> create(const mailbox::FolderName& name) override;
  core::Result<void> erase(const mailbox::FolderName& name) override;
  core::Result<void> rename(const mailbox::FolderName& from, const mailbox::FolderName& to) override;
  core::Result<std::vector<mailbox::FolderName>> subscriptions() override;
  core::Result<void> subscribe(const mailbox::FolderName& name, bool wanted) override;

  // Where mail is delivered: the folder, which is made where it is not there, or INBOX.
  core::Result<std::shared_ptr<MaildirFolder>> delivery(const std::optional<mailbox::FolderName>& folder);

 private:
  [[nodiscard]] std::string path_of(const mailbox::FolderName& name) const;
  [[nodiscard]] bool is_there(const mailbox::FolderName& name) const;
  [[nodiscard]] std::shared_ptr<MaildirFolder> folder(const mailbox::FolderName& name);
  void close(const mailbox::FolderName& name);
  core::Result<void> rename_inbox(const mailbox::FolderName& to);

  std::string root_;
  std::shared_ptr<MaildirFolder> inbox_;
  std::map<mailbox::FolderName, std::weak_ptr<MaildirFolder>> open_;  // the others
};

}  // namespace store
