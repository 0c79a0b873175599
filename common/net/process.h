// A program that was started, and how it ended.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "net/loop.h"

namespace net {

class Process {
 public:
  struct Start {
    std::vector<std::string> command;      // the program, looked for along PATH, and its arguments. REQUIRES: not empty
    std::vector<int> descriptors;          // what it has as 0, 1, 2 …
    std::vector<std::string> environment;  // "NAME=value" each
    std::string folder = {};               // in which it runs; empty: that of its parent
  };
  // status: what it said at exit; signal: what ended it, or 0. Runs inside the loop; may destroy the process.
  using OnEnd = std::function<void(int status, int signal)>;

  // In the process group of its parent. Errors (Blame::kSystem): it cannot be started.
  static core::Result<std::unique_ptr<Process>> start(Loop& loop, const Start& start, OnEnd on_end);
  ~Process();  // kills it when it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void kill(int signal);  // nothing when it has ended
  [[nodiscard]] int id() const;

 private:
  struct Handle;
  explicit Process(Handle* handle) : handle_(handle) {}
  Handle* handle_;
};

}  // namespace net
