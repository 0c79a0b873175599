#include "net/socket.h"

#include <algorithm>

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <uv.h>

namespace net {
namespace {

constexpr std::size_t kMostWaiting = std::size_t{8} << 20U;  // octets

// -1 when it is closed.
uv_os_fd_t descriptor_of(const uv_tcp_s& tcp) {
  uv_os_fd_t socket = -1;
  return uv_fileno(reinterpret_cast<const uv_handle_t*>(&tcp), &socket) == 0 ? socket : -1;
}

}  // namespace

void send_at_once(uv_tcp_s& tcp) { uv_tcp_nodelay(&tcp, 1); }

void acknowledge(uv_tcp_s& tcp) {
  const int on = 1;
  setsockopt(descriptor_of(tcp), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
}

void shut_down(uv_tcp_s& tcp) { shutdown(descriptor_of(tcp), SHUT_WR); }

int pending_error(const uv_tcp_s& tcp) {
  int error = 0;
  socklen_t size = sizeof(error);
  if (getsockopt(descriptor_of(tcp), SOL_SOCKET, SO_ERROR, &error, &size) != 0) return 0;
  return uv_translate_sys_error(error);
}

std::size_t never_sent(const uv_tcp_s& tcp) {
  int octets = 0;
  if (ioctl(descriptor_of(tcp), SIOCOUTQNSD, &octets) != 0) return 0;
  return static_cast<std::size_t>(std::max(octets, 0));
}

std::string read_waiting(const uv_tcp_s& tcp) {
  // Asked once: who goes on sending would not let it end.
  int waiting = 0;
  if (ioctl(descriptor_of(tcp), FIONREAD, &waiting) != 0 || waiting <= 0) return {};
  std::string all(std::min(static_cast<std::size_t>(waiting), kMostWaiting), '\0');
  std::size_t filled = 0;
  for (ssize_t count = 1; count > 0 && filled < all.size();) {
    count = recv(descriptor_of(tcp), all.data() + filled, all.size() - filled, MSG_DONTWAIT);
    if (count > 0) filled += static_cast<std::size_t>(count);
  }
  all.resize(filled);
  return all;
}

}  // namespace net
