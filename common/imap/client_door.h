// The client's side of a session, behind the door of common/protocol.
#pragma once

#include <memory>

#include "protocol/client_session.h"

namespace imap {

[[nodiscard]] std::unique_ptr<protocol::ClientSession> client_behind_door();

}  // namespace imap
