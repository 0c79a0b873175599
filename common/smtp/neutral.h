// What crosses the door, from the types of SMTP to those of all protocols and back.
#pragma once

#include <optional>
#include <span>

#include "protocol/answer.h"
#include "protocol/said.h"
#include "protocol/server_settings.h"
#include "protocol/state.h"
#include "smtp/client_stream.h"
#include "smtp/reply.h"
#include "smtp/server_config.h"
#include "smtp/session_state.h"

namespace smtp {

[[nodiscard]] protocol::Answer neutral(const Reply& reply);
[[nodiscard]] protocol::Answer neutral(Reply&& reply);
// REQUIRES: its code is one of SMTP. An answer without a code, of octets that are none, counts as 250.
[[nodiscard]] Reply typed(const protocol::Answer& answer);

// But for the message, which may be long: whoever has it moves it.
[[nodiscard]] protocol::Said neutral(const Said& said);

[[nodiscard]] protocol::StateChange neutral(const StateChange& change);

// Every quirk and limit that SMTP has a name for. REQUIRES: the names are of the tables in door.h.
[[nodiscard]] ServerConfig typed(const protocol::ServerSettings& settings);
[[nodiscard]] std::span<const protocol::QuirkRow> quirks();
[[nodiscard]] std::span<const protocol::LimitRow> limits();

}  // namespace smtp
