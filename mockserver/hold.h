// An answer that is held back until its client waits for it. What the client says too early is there by then, on a busy
// computer as on a quick one, and that it came too early is certain.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "net/loop.h"
#include "net/timer.h"

namespace mockserver {

class Hold {
 public:
  // A client of which nothing is seen gets its answer after so long. More than the second that many sleep instead of reading:
  // what they say then comes too early each time, and not now and then.
  static constexpr std::chrono::milliseconds kLongest{1250};

  // Whether the client with this endpoint, "127.0.0.1:40125", sleeps until something comes; may be empty, and then nobody is
  // held.
  using IsWaiting = std::function<bool(const std::string& client)>;

  // over: the client waits, or the time is over. REQUIRES: loop and is_waiting outlive it.
  Hold(net::Loop& loop, const IsWaiting& is_waiting, std::function<void()> over);

  [[nodiscard]] bool is_wanted() const { return static_cast<bool>(is_waiting_); }
  [[nodiscard]] bool is_running() const { return timer_.is_running(); }
  // REQUIRES: is_wanted().
  void begin(const std::string& client);
  // Something came, or nothing matters any more; `over` is not called.
  void end() { timer_.stop(); }

 private:
  void look();

  net::Loop& loop_;
  const IsWaiting& is_waiting_;
  std::function<void()> over_;
  net::Timer timer_;
  std::string client_;
  std::chrono::milliseconds until_{};
  bool was_waiting_ = false;  // at the last look
};

}  // namespace mockserver
