// Sits beside a program that nobody watches: types when it asks, and notices when it waits for what can never come, or takes
// too much memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "client/program/run.h"
#include "client/program/services.h"
#include "client/program/typed_streams.h"
#include "client/program/watch.h"
#include "net/loop.h"
#include "net/timer.h"

namespace program {

class Attendant {
 public:
  // Each is called once, from the loop.
  struct Events {
    std::function<void()> stuck;
    std::function<void()> too_large;
  };

  // REQUIRES: all of them outlive it; options.typist is there.
  Attendant(net::Loop& loop, const RunOptions& options, TypedStreams& streams, Events events);

  // The program runs.
  void begin(const Watch& watch, const Services& services);

 private:
  // What changes when something happens; whatever it counts.
  struct Progress {
    std::uint64_t written = 0;
    std::uint64_t on_the_wire = 0;
    std::uint64_t typed = 0;
    bool operator==(const Progress&) const = default;
  };

  void look();
  [[nodiscard]] bool has_heard_all();
  [[nodiscard]] bool answer();
  [[nodiscard]] bool is_stuck(Watch::Rest rest) const;

  const RunOptions& options_;
  TypedStreams& streams_;
  Events events_;
  const Watch* watch_ = nullptr;
  const Services* services_ = nullptr;
  Progress last_;
  std::chrono::milliseconds quiet_{0};  // that everything slept, since anything happened
  std::uint64_t heard_ = 0;             // octets written when something was typed last
  std::uint64_t typed_ = 0;
  bool has_ended_ = false;             // the input
  std::chrono::milliseconds spun_{0};  // since it was busy with nothing that shows, all its connections closed
  net::Timer timer_;
};

}  // namespace program
