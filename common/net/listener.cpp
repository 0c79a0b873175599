#include "net/listener.h"

#include <cstring>
#include <utility>

#include <unistd.h>
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
  std::unique_ptr<Listener> listener = make(loop, std::move(accepted));
  int status = uv_tcp_bind(&listener->handle_->tcp, reinterpret_cast<const sockaddr*>(&where), 0);
  if (status == 0) status = listener->begin();
  if (status != 0) return core::Failure(listen_error(status, address, port));
  return listener;
}

core::Result<std::unique_ptr<Listener>> Listener::adopt(Loop& loop, int socket,
                                                        std::function<void(std::unique_ptr<Stream>)> accepted) {
  std::unique_ptr<Listener> listener = make(loop, std::move(accepted));
  int status = uv_tcp_open(&listener->handle_->tcp, socket);
  if (status != 0) close(socket);
  if (status == 0) status = listener->begin();
  if (status != 0) return core::Failure(listen_error(status, "socket", static_cast<std::uint16_t>(socket)));
  return listener;
}

std::unique_ptr<Listener> Listener::make(Loop& loop, std::function<void(std::unique_ptr<Stream>)> accepted) {
  auto* const handle = new Handle;
  handle->loop = &loop;
  handle->accepted = std::move(accepted);
  uv_tcp_init(loop.native(), &handle->tcp);
  handle->tcp.data = handle;
  return std::unique_ptr<Listener>(new Listener(handle));  // from here on closes the handle on every path
}

int Listener::begin() {
  send_at_once(handle_->tcp);  // inherited by every connection
  if (!handle_->accepted) return 0;
  return uv_listen(reinterpret_cast<uv_stream_t*>(&handle_->tcp), kBacklog, [](uv_stream_t* server, int failed) {
    if (failed != 0) return;
    Handle& self = *static_cast<Handle*>(server->data);
    std::unique_ptr<Stream> stream(new Stream(*self.loop));
    if (uv_accept(server, reinterpret_cast<uv_stream_t*>(stream->native())) == 0) self.accepted(std::move(stream));
  });
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
