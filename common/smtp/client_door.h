// The client's side of SMTP behind the door.
#pragma once

#include <memory>

#include "protocol/client_session.h"
#include "protocol/server_settings.h"

namespace smtp {

// known: of the server, of a scenario; null: a real one.
[[nodiscard]] std::unique_ptr<protocol::ClientSession> client_behind_door(const protocol::ServerSettings* known);

}  // namespace smtp
