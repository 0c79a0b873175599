#include "net/responder.h"

#include <utility>

#include <unistd.h>
#include <uv.h>

#include "core/system_text.h"

namespace net {

struct Responder::Handle {
  uv_udp_t udp{};
  Loop* loop = nullptr;
  Answer answer;
};

core::Result<std::unique_ptr<Responder>> Responder::adopt(Loop& loop, int socket, Answer answer) {
  auto* const handle = new Handle;
  handle->loop = &loop;
  handle->answer = std::move(answer);
  uv_udp_init(loop.native(), &handle->udp);
  handle->udp.data = handle;
  std::unique_ptr<Responder> responder(new Responder(handle));
  int status = uv_udp_open(&handle->udp, socket);
  if (status != 0) close(socket);
  const auto room = [](uv_handle_t* from, std::size_t, uv_buf_t* buffer) {
    *buffer = uv_buf_init(static_cast<Handle*>(from->data)->loop->read_buffer(), Loop::kReadBuffer);
  };
  const auto received = [](uv_udp_t* udp, ssize_t size, const uv_buf_t* buffer, const sockaddr* sender, unsigned) {
    if (size < 0 || sender == nullptr) return;
    const auto said = static_cast<Handle*>(udp->data)->answer({buffer->base, static_cast<std::size_t>(size)});
    if (!said) return;
    const uv_buf_t octets = uv_buf_init(const_cast<char*>(said->data()), static_cast<unsigned>(said->size()));
    uv_udp_try_send(udp, &octets, 1, sender);  // libuv changes nothing in it
  };
  if (status == 0) status = uv_udp_recv_start(&handle->udp, room, received);
  if (status != 0) return core::fail(core::Blame::kSystem, core::system_text(-status));
  return responder;
}

Responder::~Responder() {
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_->udp),
           [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

}  // namespace net
