// One timer for deadlines that move all the time. It is not set anew for every command: when it rings, its owner looks whether
// the time has come, and sets it for the rest.
#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include "net/loop.h"
#include "net/timer.h"

namespace mockserver {

class Alarm {
 public:
  static constexpr std::chrono::milliseconds kNever = std::chrono::milliseconds::max();

  // REQUIRES: loop outlives it.
  Alarm(net::Loop& loop, std::function<void()> on_time) : loop_(loop), timer_(loop, std::move(on_time)) {}

  // Rings at this time of the loop, or before it; kNever: as it was set.
  void set(std::chrono::milliseconds deadline) {
    if (deadline == kNever || (timer_.is_running() && set_for_ <= deadline)) return;
    set_for_ = deadline;
    timer_.start(deadline - loop_.now());
  }
  // Rings after so long, whatever was set.
  void ring_in(std::chrono::milliseconds after) { timer_.start(after); }

 private:
  net::Loop& loop_;
  net::Timer timer_;
  std::chrono::milliseconds set_for_{};
};

}  // namespace mockserver
