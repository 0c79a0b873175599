// Answers to commands that look at no mail: CAPABILITY, ID, NOOP, ENABLE …
#pragma once

#include <optional>

#include "imap/answer.h"
#include "imap/command.h"
#include "imap/selected.h"
#include "imap/server_config.h"

namespace imap {

// Nothing: this one needs a mailbox. selected: the mailbox that is open.
[[nodiscard]] std::optional<Answer> plain_answer(const Command& command, const ServerConfig& config,
                                                 const Capabilities& offered, const std::optional<Selected>& selected);

}  // namespace imap
