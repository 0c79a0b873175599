// The client's side of POP3 behind the door.
#pragma once

#include <memory>

#include "protocol/client_session.h"

namespace pop3 {

[[nodiscard]] std::unique_ptr<protocol::ClientSession> client_behind_door();

}  // namespace pop3
