// Why a command cannot be carried out, whatever the mailbox holds.
#pragma once

#include <optional>

#include "imap/answer.h"
#include "imap/command.h"
#include "imap/server_config.h"
#include "imap/state.h"

namespace imap {

// Where the session stands.
struct Stand {
  State state = State::kConnected;
  bool encrypted = false;
  Capabilities offered = {};  // now
};

// It may not come there, is not offered, or does not fit its grammar. Nothing: it may be tried.
[[nodiscard]] std::optional<Answer> refusal(const Stand& stand, Input input, const ParsedCommand& parsed,
                                            const ServerConfig& config);

}  // namespace imap
