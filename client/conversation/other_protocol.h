// Which other protocol a port speaks, told by what it says: to go on in SMTP would bring nothing but a misunderstanding a line.
#pragma once

#include <string_view>

#include "smtp/input.h"
#include "smtp/reply.h"

namespace client {

// octets: what came since the last whole reply, from its beginning; is_greeting: nothing came before. Gives an id of
// scenarios/knowledge/failures.toml ("port-speaks-http"), or empty: it may be SMTP, or nobody knows.
[[nodiscard]] std::string_view other_protocol(std::string_view octets, bool is_greeting);

// The same of what has the form of a reply: FTP and NNTP number theirs too.
[[nodiscard]] std::string_view other_protocol(const smtp::Reply& reply, smtp::Input answers);

}  // namespace client
