// What a stream needs once TLS runs on it. Internal to net/.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "net/timer.h"
#include "tls/engine.h"

namespace net {

struct Secured {
  // on_time: see soon().
  Secured(Loop& loop, std::unique_ptr<tls::Engine> with, std::function<void()> on_time)
      : engine(std::move(with)), timer(loop, std::move(on_time)) {}

  // Calls on_time from the loop: nobody is called back from within his own call.
  void soon() { timer.start(std::chrono::milliseconds(0)); }

  std::unique_ptr<tls::Engine> engine;
  std::string held;           // plain octets that came while the owner did not want any
  bool is_up = false;         // the handshake is complete, and the owner was told
  bool is_finishing = false;  // finish() was called
  bool has_waited = false;    // octets were written before the handshake was complete
  Timer timer;
};

}  // namespace net
