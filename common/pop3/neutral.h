// What crosses the door, from the types of POP3 to those of all protocols and back.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "pop3/answer.h"
#include "pop3/said.h"
#include "pop3/server_config.h"
#include "pop3/session_state.h"
#include "protocol/answer.h"
#include "protocol/said.h"
#include "protocol/server_settings.h"
#include "protocol/state.h"

namespace pop3 {

// The first line, with its response code in brackets, and the lines behind it as far as they are given here.
[[nodiscard]] protocol::Answer neutral(const Answer& answer, const std::vector<std::string>& body = {});
// Of its first line. An answer without a code, of octets that are none, counts as +OK.
[[nodiscard]] Answer typed(const protocol::Answer& answer);

[[nodiscard]] protocol::Said neutral(const Said& said);
[[nodiscard]] protocol::StateChange neutral(const StateChange& change);

// The lines that a server offers are those of CAPA. APOP among them stands in no such answer: it puts a time stamp into the
// greeting (RFC 1939 §7). None at all: what ServerConfig has.
[[nodiscard]] ServerConfig typed(const protocol::ServerSettings& settings);
[[nodiscard]] std::span<const protocol::LimitRow> limits();

}  // namespace pop3
