#include "net/socket.h"

#include <sys/socket.h>
#include <uv.h>

namespace net {

void send_at_once(uv_tcp_s& tcp) { uv_tcp_nodelay(&tcp, 1); }

void shut_down(uv_tcp_s& tcp) {
  uv_os_fd_t socket = -1;
  if (uv_fileno(reinterpret_cast<const uv_handle_t*>(&tcp), &socket) == 0) shutdown(socket, SHUT_WR);
}

}  // namespace net
