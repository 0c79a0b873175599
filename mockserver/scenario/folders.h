// Folders of a scenario's mailboxes by the names that its files give them.
#pragma once

#include <string_view>

#include "mailbox/folder_name.h"
#include "mailbox/mailbox.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

// name: as people read it, its levels separated as the server separates them; empty: INBOX. Errors (Blame::kInput) say why it
// can be none.
[[nodiscard]] core::Result<mailbox::FolderName> folder_named(const Scenario& scenario, std::string_view name);

// The folder, which is made where it is not there. Errors are those of the mailbox, and of the name.
[[nodiscard]] core::Result<std::shared_ptr<mailbox::Folder>> open_folder(const Scenario& scenario, mailbox::Mailbox& mailbox,
                                                                         std::string_view name);

// A message into it, with these flags. received: seconds since 1970.
[[nodiscard]] core::Result<void> put_into(mailbox::Folder& folder, std::string_view content, const mailbox::Flags& flags,
                                          std::int64_t received);

}  // namespace scenario
