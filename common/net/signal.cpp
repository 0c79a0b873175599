#include "net/signal.h"

#include <utility>

#include <uv.h>

namespace net {

struct Signal::Handle {
  uv_signal_t signal{};
  std::function<void()> on_signal;
};

Signal::Signal(Loop& loop, int number, std::function<void()> on_signal) : handle_(new Handle) {
  handle_->on_signal = std::move(on_signal);
  uv_signal_init(loop.native(), &handle_->signal);
  handle_->signal.data = handle_;
  uv_signal_start(
      &handle_->signal, [](uv_signal_t* signal, int) { static_cast<Handle*>(signal->data)->on_signal(); }, number);
  uv_unref(reinterpret_cast<uv_handle_t*>(&handle_->signal));
}

Signal::~Signal() {
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_->signal),
           [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

}  // namespace net
