// What is said to the system about a socket of libuv, and asked of it. Internal to net/.
#pragma once

#include <cstddef>
#include <string>

struct uv_tcp_s;

namespace net {

// Small lines go back and forth: waiting to fill a packet would only slow the dialogue down (TCP_NODELAY).
void send_at_once(uv_tcp_s& tcp);

// What has come is acknowledged now, not with the next octets that are sent (RFC 1122 §4.2.3.2).
void acknowledge(uv_tcp_s& tcp);

// FIN. REQUIRES: nothing waits to be written, and nothing will be.
void shut_down(uv_tcp_s& tcp);

// What the kernel still holds against the connection, as an error of libuv; 0: nothing.
[[nodiscard]] int pending_error(const uv_tcp_s& tcp);

// Octets that the kernel has taken and not put on the wire, since the other side has no room for them: a reset destroys them.
[[nodiscard]] std::size_t never_sent(const uv_tcp_s& tcp);

// What has arrived and waits in the kernel at this moment, at most 8 MiB of it; more than a kernel holds by default.
[[nodiscard]] std::string read_waiting(const uv_tcp_s& tcp);

}  // namespace net
