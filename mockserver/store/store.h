// Where a server puts the messages that it answers 250 for, and where they are read again.
#pragma once

#include "core/result.h"
#include "mailbox/mailbox.h"
#include "mockserver/store/message.h"
#include "mockserver/store/place.h"

namespace store {

// A mailbox for each account, and one for everyone else.
class Store : public mailbox::Provider {
 public:
  // Once, before anything else. Errors (Blame::kInput) say why nothing can be kept there.
  virtual core::Result<void> prepare() = 0;

  // One copy into the INBOX of each mailbox among the recipients. All are whole and in place when this returns; gives where.
  // Errors (Blame::kSystem) say what could not be written; then no copy is left behind.
  virtual core::Result<Places> deliver(Message message) = 0;

  // The mailbox of those who have no account.
  virtual mailbox::Mailbox& others() = 0;
};

}  // namespace store
