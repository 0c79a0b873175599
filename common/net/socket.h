// What is said to the system about a socket of libuv. Internal to net/.
#pragma once

struct uv_tcp_s;

namespace net {

// Small lines go back and forth: waiting to fill a packet would only slow the dialogue down (TCP_NODELAY).
void send_at_once(uv_tcp_s& tcp);

// FIN. REQUIRES: nothing waits to be written, and nothing will be.
void shut_down(uv_tcp_s& tcp);

}  // namespace net
