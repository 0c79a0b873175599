// What one user has: an INBOX into which mail is delivered, and folders beside it. No I/O here: see mockserver/store.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mailbox/folder.h"
#include "mailbox/folder_name.h"

namespace mailbox {

// Folders are given out shared: two sessions that open the same one share it, and hear of each other's changes. A folder that
// is deleted or renamed while somebody has it open only answers with errors (id "folder-gone") from then on.
// Errors without another word are Blame::kSystem.
class Mailbox {
 public:
  Mailbox() = default;
  virtual ~Mailbox() = default;
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // INBOX is always there. Error with id "no-folder": this one is not.
  virtual core::Result<std::shared_ptr<Folder>> open(const FolderName& name) = 0;

  // The folders, INBOX first, the others sorted. One above another need not be among them: "a.b" can be there without "a".
  virtual core::Result<std::vector<FolderName>> folders() = 0;
  // Error with id "folder-exists". A folder above it is not made.
  virtual core::Result<void> create(const FolderName& name) = 0;
  // With its messages; what is below it stays. Errors: "no-folder", and Blame::kCaller for INBOX.
  virtual core::Result<void> erase(const FolderName& name) = 0;
  // With everything below it; it may be there only as the level above others. Messages keep their order, UIDVALIDITY grows. Of
  // INBOX only the messages go; it stays, empty (RFC 9051 §6.3.6). Errors: "no-folder", "folder-exists" for any name that it
  // would need, Blame::kCaller for one that becomes too long.
  virtual core::Result<void> rename(const FolderName& from, const FolderName& to) = 0;

  // Names that the user wants to be shown; they need not exist (RFC 9051 §6.3.7).
  virtual core::Result<std::vector<FolderName>> subscriptions() = 0;
  virtual core::Result<void> subscribe(const FolderName& name, bool wanted) = 0;
};

// Who owns which mailbox.
class Provider {
 public:
  Provider() = default;
  virtual ~Provider() = default;
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;

  // The mailbox of whoever has logged in with this name; letter case of A–Z does not count. nullptr: no such user. Lives as
  // long as the provider.
  virtual Mailbox* mailbox_of(std::string_view user) = 0;
};

}  // namespace mailbox
