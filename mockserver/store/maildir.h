// Messages kept as files, one Maildir an account (https://cr.yp.to/proto/maildir.html).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mockserver/store/message.h"

namespace store {

// DIR/<address>/{tmp,new,cur} for each account and DIR/other/… for everyone else, made when the first message comes.
// The envelope lies beside a message, not in it: DIR/<address>/envelopes/<name of the message>.envelope.
class Maildir {
 public:
  // accounts: the addresses that have a mailbox of their own.
  Maildir(std::string folder, std::vector<std::string> accounts);

  // Makes DIR. Errors (Blame::kInput) say why it cannot be.
  core::Result<void> prepare() const;

  // One copy for each mailbox among the recipients. The files are whole and in place when this returns; it survives the
  // death of the process from then on, not the loss of power. `envelope` is written as it is.
  // Errors (Blame::kSystem) name the file; then no copy is left behind.
  core::Result<void> keep(const Message& message, std::string_view envelope);

 private:
  [[nodiscard]] std::vector<std::string> mailboxes_for(const std::vector<std::string>& recipients) const;

  std::string folder_;
  std::vector<std::string> accounts_;
};

// An address as the name of a folder: letters, digits and @ . _ + - = stay, every other octet becomes %HH, as does a dot
// at the start. Never empty, never "other", at most 200 octets long.
[[nodiscard]] std::string folder_name(std::string_view address);

}  // namespace store
