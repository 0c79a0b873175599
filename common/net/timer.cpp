#include "net/timer.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <uv.h>

namespace net {

struct Timer::Handle {
  uv_timer_t timer{};
  std::function<void()> on_time;

  static Handle& of(uv_timer_t* timer) { return *static_cast<Handle*>(timer->data); }
};

Timer::Timer(Loop& loop, std::function<void()> on_time) : handle_(new Handle) {
  handle_->on_time = std::move(on_time);
  uv_timer_init(loop.native(), &handle_->timer);
  handle_->timer.data = handle_;
}

Timer::~Timer() {
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_->timer),
           [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

void Timer::start(std::chrono::milliseconds after) {
  const auto wait = static_cast<std::uint64_t>(std::max<std::chrono::milliseconds::rep>(0, after.count()));
  uv_timer_start(
      &handle_->timer, [](uv_timer_t* timer) { Handle::of(timer).on_time(); }, wait, 0);
}

void Timer::stop() { uv_timer_stop(&handle_->timer); }

bool Timer::is_running() const { return uv_is_active(reinterpret_cast<const uv_handle_t*>(&handle_->timer)) != 0; }

}  // namespace net
