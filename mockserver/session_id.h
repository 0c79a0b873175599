// What a server can put into its replies of which only the connection knows: the ids {id} for the session and {queue-id} for
// its mail, and who speaks with whom.
#pragma once

#include <cstdint>
#include <string>

#include "mockserver/scenario/template.h"

namespace mockserver {

// Both are the same for the same seed and connection, and different for every connection of a server.
// In the shape "AbCdEfGhIjKlMnOpQrStUv--.12345S2".
[[nodiscard]] std::string session_id(std::uint64_t seed, std::uint64_t connection);
// Ten hexadecimal digits: "4F2A90C13B".
[[nodiscard]] std::string queue_id(std::uint64_t seed, std::uint64_t connection);

// {id}, {session}, {queue-id}, {client-ip} and {server-ip}. peer, local: as net::Stream tells them, with their ports.
[[nodiscard]] scenario::Values values_of(std::uint64_t seed, std::uint64_t connection, const std::string& peer,
                                         const std::string& local);

}  // namespace mockserver
