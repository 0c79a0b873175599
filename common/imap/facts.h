// What a server knows, by name (protocol/fact.h).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "imap/command.h"
#include "imap/mail_access.h"
#include "imap/session_state.h"
#include "protocol/fact.h"
#include "sasl/claim.h"

namespace imap {

// All there is to look at.
struct Known {
  const Memory& memory;
  const ParsedCommand* parsed;  // that is being answered; null: nothing is
  std::string_view octets;      // of it
  const sasl::Claim* claim;     // null: it is no login
  std::string tag;              // of the answer
  std::uint64_t announced = 0;  // octets of a literal that are waited for
  char separator = mailbox::FolderName::kSeparator;
  const MailAccess* mail = {};  // null: nothing is known of what lies in mailboxes
};

[[nodiscard]] std::span<const protocol::FactRow> facts();
[[nodiscard]] protocol::FactValue fact(const Known& known, std::string_view name);

}  // namespace imap
