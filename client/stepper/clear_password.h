// Whether what is about to be sent gives a password away to everybody on the way.
#pragma once

#include <string_view>

#include "dialogue/log.h"
#include "protocol/protocol.h"

namespace stepper {

// Whether these octets, sent now, may put a password or a token on the wire unencrypted: asked for, sent unasked behind a
// login that was refused, in a command that is none, or one that the log knows. Challenge and response
// (CRAM-MD5, SCRAM) do not, and a message is the writer's own. Said of what can be read in `bytes`, together with what was
// sent before them and waits for its end.
[[nodiscard]] bool gives_password_away(const protocol::Protocol& spoken, const protocol::ClientSession& session,
                                       const dialogue::Log& log, std::string_view bytes);

}  // namespace stepper
