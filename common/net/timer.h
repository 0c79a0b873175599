// One-shot timer.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "net/loop.h"

namespace net {

class Timer {
 public:
  Timer(Loop& loop, std::function<void()> on_time);
  ~Timer();  // never calls back afterwards
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Starts, or starts anew. Zero means: in the next turn of the loop.
  void start(std::chrono::milliseconds after);
  void stop();
  [[nodiscard]] bool is_running() const;

 private:
  struct Handle;
  Handle* handle_;  // freed by libuv's close callback
};

}  // namespace net
