#include "net/listener.h"

#include <cstring>
#include <utility>

#include <uv.h>

#include "net/errors.h"
#include "net/socket.h"

namespace net {
namespace {

// The kernel cuts it to its own limit (net.core.somaxconn). A load test opens thousands of connections at once.
constexpr int kBacklog = 4096;

}  // namespace

struct Listener::Handle {
  uv_tcp_t tcp{};
  Loop* loop = nullptr;
  std::function<void(std::unique_ptr<Stream>)> accepted;
};

core::Result<std::unique_ptr<Listener>> Listener::open(Loop& loop, const std::string& address, std::uint16_t port,
                                                       std::function<void(std::unique_ptr<Stream>)> accepted) {
  sockaddr_storage where{};
  if (uv_ip4_addr(address.c_str(), port, reinterpret_cast<sockaddr_in*>(&where)) != 0 &&
      uv_ip6_addr(address.c_str(), port, reinterpret_cast<sockaddr_in6*>(&where)) != 0) {
    return core::Failure(listen_error(UV_EINVAL, address, port));
  }
  auto* const handle = new Handle;
  handle->loop = &loop;
  handle->accepted = std::move(accepted);
  uv_tcp_init(loop.native(), &handle->tcp);
  handle->tcp.data = handle;
  std::unique_ptr<Listener> listener(new Listener(handle));  // from here on closes the handle on every path

  int status = uv_tcp_bind(&handle->tcp, reinterpret_cast<const sockaddr*>(&where), 0);
  if (status == 0) send_at_once(handle->tcp);  // inherited by every connection
  if (status == 0 && handle->accepted) {
    status = uv_listen(reinterpret_cast<uv_stream_t*>(&handle->tcp), kBacklog, [](uv_stream_t* server, int failed) {
      if (failed != 0) return;
      Handle& self = *static_cast<Handle*>(server->data);
      std::unique_ptr<Stream> stream(new Stream(*self.loop));
      if (uv_accept(server, reinterpret_cast<uv_stream_t*>(stream->native())) == 0) self.accepted(std::move(stream));
    });
  }
  if (status != 0) return core::Failure(listen_error(status, address, port));
  return listener;
}

Listener::~Listener() {
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_->tcp),
           [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

std::uint16_t Listener::port() const {
  sockaddr_storage address{};
  int size = sizeof(address);
  uv_tcp_getsockname(&handle_->tcp, reinterpret_cast<sockaddr*>(&address), &size);
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

}  // namespace net
