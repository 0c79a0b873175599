#include "net/readable.h"

#include <utility>

#include <uv.h>  // brings fcntl with it

namespace net {

struct Readable::Handle {
  // epoll refuses regular files and /dev/null, which never block: an idle handle asks for those in every turn.
  union Either {
    uv_poll_t poll;
    uv_idle_t idle;
    uv_handle_t any;
  };
  Either uv{};
  bool pollable = false;
  std::function<void()> on_readable;
};

Readable::Readable(Loop& loop, int fd, std::function<void()> on_readable) : handle_(new Handle) {
  handle_->on_readable = std::move(on_readable);
  // uv_poll_init makes the descriptor non-blocking. On a terminal standard output shares that flag, and a screen would
  // lose what it cannot write at once; polling itself does not need it.
  const int flags = fcntl(fd, F_GETFL);
  handle_->pollable = uv_poll_init(loop.native(), &handle_->uv.poll, fd) == 0;
  if (flags != -1) fcntl(fd, F_SETFL, flags);
  if (!handle_->pollable) uv_idle_init(loop.native(), &handle_->uv.idle);
  handle_->uv.any.data = handle_;
  resume();
}

Readable::~Readable() {
  uv_close(&handle_->uv.any, [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

void Readable::pause() {
  if (handle_->pollable) {
    uv_poll_stop(&handle_->uv.poll);
  } else {
    uv_idle_stop(&handle_->uv.idle);
  }
}

void Readable::resume() {
  if (handle_->pollable) {
    uv_poll_start(&handle_->uv.poll, UV_READABLE | UV_DISCONNECT,
                  [](uv_poll_t* poll, int, int) { static_cast<Handle*>(poll->data)->on_readable(); });
  } else {
    uv_idle_start(&handle_->uv.idle, [](uv_idle_t* idle) { static_cast<Handle*>(idle->data)->on_readable(); });
  }
}

}  // namespace net
