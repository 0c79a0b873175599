// Messages that come into a folder: from a client, or out of another one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "imap/answer.h"
#include "imap/selected.h"
#include "mailbox/folder.h"

namespace imap {

// Errors are those of the folder; then it is not there.
[[nodiscard]] core::Result<mailbox::Uid> append_to(mailbox::Folder& folder, std::string_view message,
                                                   const mailbox::Flags& flags, std::optional<std::int64_t> received);

// Copies messages (indices, ascending, at least one) with their flags and dates, all or none. Gives the response code:
// "COPYUID 38505 304,319:320 3956:3958" (RFC 4315 §3).
[[nodiscard]] core::Result<std::string> copy_to(const Selected& from, const std::vector<std::uint32_t>& messages,
                                                mailbox::Folder& to);

// The folder that is to take a message cannot be opened: the client may make it and try again.
[[nodiscard]] Answer not_there(const core::Error& error);

}  // namespace imap
