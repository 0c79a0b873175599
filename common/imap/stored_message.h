// A message of a folder, of which no more is read than what is asked for.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "imap/digest.h"
#include "mailbox/folder.h"
#include "mailbox/message.h"

namespace imap {

// Neither folder nor entry may go before it does. What is worked out is kept in the folder's notes, so that the next one finds
// it there. Errors are the folder's: id "message-gone" where it has been expunged.
class StoredMessage {
 public:
  StoredMessage(mailbox::Folder& folder, const mailbox::Entry& entry) : folder_(&folder), entry_(&entry) {}

  [[nodiscard]] const mailbox::Entry& entry() const { return *entry_; }

  // ENVELOPE behind `out`.
  core::Result<void> append_envelope(std::string& out);
  // Its parts; as long as this object lives.
  core::Result<const MessageTree*> tree();
  // With CRLF at the end of every line, from the first octet.
  core::Result<std::unique_ptr<mailbox::Content>> content();

 private:
  core::Result<void> learn();

  mailbox::Folder* folder_;
  const mailbox::Entry* entry_;
  std::optional<Digest> digest_;
};

}  // namespace imap
