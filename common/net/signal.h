// A signal as an event of the loop. Waiting for one does not keep the loop running.
#pragma once

#include <functional>

#include "net/loop.h"

namespace net {

class Signal {
 public:
  // Calls back in the loop each time `number` (SIGINT, SIGTERM, SIGWINCH …) arrives.
  Signal(Loop& loop, int number, std::function<void()> on_signal);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

 private:
  struct Handle;
  Handle* handle_;
};

}  // namespace net
