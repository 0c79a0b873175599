// What goes wrong on a network, in words a person can act on. `status` is libuv's negative error number.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"

namespace net {

// A connection that was up has failed.
[[nodiscard]] core::Error stream_error(int status);

// The peer ended the connection in the middle of the TLS handshake (Blame::kPeer).
[[nodiscard]] core::Error handshake_closed_error();

// No connection to host and port came about. tried: the addresses of the host that were, as text.
[[nodiscard]] core::Error connect_error(int status, const std::string& host, std::uint16_t port,
                                        const std::vector<std::string>& tried);

// The name of a host could not be turned into an address.
[[nodiscard]] core::Error lookup_error(int status, const std::string& host);

// Listening on address and port is not possible.
[[nodiscard]] core::Error listen_error(int status, const std::string& address, std::uint16_t port);

}  // namespace net
