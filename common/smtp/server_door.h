// The server's side of SMTP behind the door.
#pragma once

#include <memory>

#include "protocol/protocol.h"

namespace smtp {

[[nodiscard]] std::shared_ptr<const protocol::Server> server_behind_door(const protocol::ServerSettings& settings);

}  // namespace smtp
