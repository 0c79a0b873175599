// What a server says of itself when it has begun to listen.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/text.h"
#include "mockserver/mock_server.h"

namespace mockserver {

// "p/first listens on 127.0.0.1 port 2525 for SMTP with STARTTLS; accounts: alice". bind: the address as it was given. seed:
// what chance comes from, told where a rule goes by chance. Safe to print.
[[nodiscard]] core::Text announcement(const MockServer& server, std::string_view bind, std::uint64_t seed);

}  // namespace mockserver
