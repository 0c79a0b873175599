// Messages kept as files, one Maildir an account (https://cr.yp.to/proto/maildir.html).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mockserver/store/maildir_mailbox.h"
#include "mockserver/store/recipients.h"
#include "mockserver/store/store.h"

namespace store {

// DIR/<address>/{tmp,new,cur} for each account and DIR/other/… for everyone else, made when the first message comes or somebody
// looks. The envelope lies beside a message, not in it: DIR/<address>/envelopes/<name of the message>.envelope.
class Maildir final : public Store {
 public:
  // envelope: what is written beside a message.
  Maildir(std::string folder, Owners owners, std::function<std::string(const Message&)> envelope);

  // Makes DIR.
  core::Result<void> prepare() override;
  // What has been delivered survives the death of the process, not the loss of power.
  core::Result<Places> deliver(Message message) override;
  mailbox::Mailbox* mailbox_of(std::string_view user) override;
  mailbox::Mailbox& others() override;

 private:
  MaildirMailbox& mailbox(std::size_t number);

  std::string folder_;
  Recipients recipients_;
  std::function<std::string(const Message&)> envelope_;
  std::vector<std::unique_ptr<MaildirMailbox>> mailboxes_;  // by their numbers, made when needed
};

}  // namespace store
