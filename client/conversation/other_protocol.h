// Which other protocol a port speaks, told by what it says: to go on would bring nothing but a misunderstanding a line.
#pragma once

#include <string_view>

#include "protocol/protocol.h"

namespace client {

// spoken: what the client speaks; octets: what came since the last whole reply, from its beginning; is_greeting: nothing came
// before. Gives an id of scenarios/knowledge/failures.toml ("port-speaks-http"), or empty: it may be what is spoken, or nobody
// knows.
[[nodiscard]] std::string_view other_protocol(const protocol::Protocol& spoken, std::string_view octets, bool is_greeting);

// The same of what is spoken by its name ("imap").
[[nodiscard]] std::string_view other_protocol(std::string_view spoken, std::string_view octets, bool is_greeting);

// The same of what has the form of a reply: FTP and NNTP number theirs too.
[[nodiscard]] std::string_view other_protocol(const protocol::Answer& answer, protocol::Input answers);

}  // namespace client
