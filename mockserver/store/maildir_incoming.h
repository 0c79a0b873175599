// A message on its way into a Maildir folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mailbox/folder.h"
#include "mailbox/line_ends.h"
#include "mockserver/store/files.h"
#include "mockserver/store/uid_list.h"

namespace store {

class MaildirFolder;

// A file in tmp that becomes a message in new, or in cur where it has flags. The folder must outlive it.
class MaildirIncoming final : public mailbox::Incoming {
 public:
  MaildirIncoming(MaildirFolder& folder, mailbox::Flags flags, std::int64_t received);
  ~MaildirIncoming() override;

  // Makes the file, and what the INBOX lacks of its folders. REQUIRES: called first. `envelope`: what is written to
  // envelopes/<base name>.envelope, before anybody can see the message; empty: nothing.
  core::Result<void> begin(std::string_view envelope);
  core::Result<void> write(std::string_view octets) override;
  core::Result<mailbox::Uid> commit() override;
  // The same without a UID, which it gets when somebody looks. REQUIRES: no flags.
  core::Result<void> deliver();
  // Of the file, as it stands now.
  [[nodiscard]] const std::string& path() const { return path_; }
  // After either: as if it had never been.
  void take_back() { is_taken_ = false; }

 private:
  core::Result<void> create(std::string_view envelope);
  core::Result<void> finish();
  core::Result<void> has_failed(core::Failure why);

  MaildirFolder& folder_;
  mailbox::Flags flags_;
  Known message_;
  mailbox::LineEnds ends_;
  File file_;
  std::string path_;      // where it is now; empty: nowhere
  std::string envelope_;  // likewise
  core::Result<void> written_;
  bool is_taken_ = false;
};

}  // namespace store
