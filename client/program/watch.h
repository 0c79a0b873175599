// What the processes of a program are doing at this moment, as far as the kernel tells others (proc(5)).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace program {

class Watch {
 public:
  // What all the threads of all of them do.
  enum class Rest : std::uint8_t {
    kBusy,       // one runs, or is about to
    kWithClock,  // all sleep, one of them for a time that it has set itself
    kForever,    // all sleep until somebody else wakes them
  };

  // program: the number of its first process. keeper: of the process that orphans come to; 0: nobody keeps them.
  Watch(int program, int keeper) : program_(program), keeper_(keeper) {}

  // Every thread of those that have the connection with this endpoint, "127.0.0.1:40125", sleeps until something comes; of all
  // of them, where nobody is known to have it. Who only lets time pass is about to do something by itself: time.sleep, but not
  // a read with a time-out. Where a runtime sleeps in a call that also waits for others (Go, Node.js), it counts as waiting.
  [[nodiscard]] bool is_waiting(const std::string& endpoint) const;
  // One of them sleeps until somebody types something, or its input is closed.
  [[nodiscard]] bool reads_input() const;
  [[nodiscard]] Rest rest() const;
  // Octets of memory that they have together, about.
  [[nodiscard]] std::uint64_t resident() const;
  // TCP ports that one of them listens on: those of its network that are not in `ours`.
  [[nodiscard]] std::vector<std::uint16_t> listens(const std::vector<std::uint16_t>& ours) const;

 private:
  [[nodiscard]] std::vector<int> processes() const;
  // Those of the processes that have the connection with this endpoint open.
  [[nodiscard]] std::vector<int> holders_of(const std::string& endpoint, const std::vector<int>& among) const;

  int program_;
  int keeper_;
  // The number of the socket at each endpoint, asked for again when nobody has it open: it is the same as long as somebody has.
  mutable std::map<std::string, std::string> sockets_;
};

// The process that has started this one; 0: it has ended.
[[nodiscard]] int parent_of(int process);

}  // namespace program
