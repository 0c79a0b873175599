// The one event loop of a program (libuv). Everything in net/ belongs to a loop and dies before it.
//
// Making one also tells the process to ignore SIGPIPE: writing to a connection that is gone is an error of that
// connection, not the end of the program.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

struct uv_loop_s;

namespace net {

class Loop {
 public:
  Loop();
  ~Loop();  // REQUIRES: every handle made on it was destroyed before
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Runs until nothing is left to wait for, or stop() is called.
  void run();
  void stop();

  // Milliseconds of a clock that only goes forward; the same within one turn of the loop.
  [[nodiscard]] std::chrono::milliseconds now() const;
  // Microseconds of the same kind of clock, read now: for the times in the log.
  [[nodiscard]] static std::chrono::microseconds precise_now();

  // Which libuv runs, as "libuv 1.44.2".
  [[nodiscard]] static std::string library_version();

  [[nodiscard]] uv_loop_s* native() { return loop_.get(); }

  // All streams of a loop read into this one buffer, one after the other: an idle connection holds none.
  static constexpr std::size_t kReadBuffer = std::size_t{64} * 1024;
  [[nodiscard]] char* read_buffer() { return read_buffer_.get(); }

 private:
  std::unique_ptr<uv_loop_s> loop_;
  std::unique_ptr<char[]> read_buffer_;
};

}  // namespace net
