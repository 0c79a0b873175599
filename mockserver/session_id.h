// The ids that a server puts into its replies: {id} for the session and {queue-id} for its mail.
#pragma once

#include <cstdint>
#include <string>

namespace mockserver {

// Both are the same for the same seed and connection, and different for every connection of a server.
// In the shape "AbCdEfGhIjKlMnOpQrStUv--.12345S2".
[[nodiscard]] std::string session_id(std::uint64_t seed, std::uint64_t connection);
// Ten hexadecimal digits: "4F2A90C13B".
[[nodiscard]] std::string queue_id(std::uint64_t seed, std::uint64_t connection);

}  // namespace mockserver
