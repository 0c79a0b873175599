// Watches how long the server is silent: says so after a while, and later that it is over.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "client/conversation/waiting.h"
#include "core/result.h"
#include "net/loop.h"
#include "net/timer.h"

namespace client {

class Watch {
 public:
  struct Wishes {
    std::optional<std::chrono::milliseconds> patience;  // as deadlines() takes it
    bool gives_up = true;                               // otherwise the silence is only remarked
    std::function<void(const core::Error&)> remark;     // what silence, once as long as it lasts
    std::function<void(const core::Error&)> give_up;
  };
  // loop outlives it.
  Watch(net::Loop& loop, Wishes wishes);

  // Something happened: from here on this is waited for.
  void wait_for(Waiting waiting);

 private:
  void on_time();

  Wishes wishes_;
  Waiting waiting_;
  bool remarked_ = false;
  net::Timer timer_;
};

}  // namespace client
