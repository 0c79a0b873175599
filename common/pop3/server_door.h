// The server's side of POP3 behind the door.
#pragma once

#include <memory>

#include "protocol/protocol.h"

namespace pop3 {

[[nodiscard]] std::shared_ptr<const protocol::Server> server_behind_door(const protocol::ServerSettings& settings);

}  // namespace pop3
