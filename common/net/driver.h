// Carries out the actions of a session on a stream, in order, pauses included.
#pragma once

#include <functional>
#include <memory>

#include "core/action.h"
#include "net/loop.h"
#include "net/stream.h"
#include "net/timer.h"

namespace net {

// Consecutive Sends of one batch become one write, so that replies to pipelined commands leave together (RFC 2920 §3.2). The
// stream goes on being read in a Pause: what comes then has come before the rest was said.
class Driver {
 public:
  // stream and loop outlive the driver. on_idle: called when a Pause has ended and nothing is left to do, so that the
  // owner has the session go on with what arrived meanwhile. on_start_tls: called where a StartTls stands in the order; the
  // owner knows which engine to give to Stream::start_tls. May be empty when no session here asks for it. on_written: called
  // behind every write of what is to be sent; may be empty.
  Driver(Loop& loop, Stream& stream, std::function<void()> on_idle, std::function<void()> on_start_tls = {},
         std::function<void()> on_written = {});

  // Calls back for a StartTls and for writes only. What comes behind a Close or a Reset is dropped.
  void perform(core::Actions actions);
  // A Pause is running: the owner must not answer what arrives.
  [[nodiscard]] bool is_pausing() const;
  // The Pause is over now. It may call back on_idle. REQUIRES: is_pausing().
  void cut_pause();
  // A Close or a Reset was carried out.
  [[nodiscard]] bool is_closing() const { return closing_; }

 private:
  void run();
  void on_pause_over();

  Stream& stream_;
  std::function<void()> on_idle_;
  std::function<void()> on_start_tls_;
  std::function<void()> on_written_;
  core::Actions queue_;
  std::unique_ptr<Timer> pause_;  // made at the first Pause: most sessions have none
  Loop& loop_;
  bool closing_ = false;
};

}  // namespace net
