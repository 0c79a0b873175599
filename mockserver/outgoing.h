// What goes out to one client: what its session says is collected, and leaves in as few writes as may be.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "core/action.h"
#include "mockserver/pieces.h"
#include "net/driver.h"
#include "net/stream.h"
#include "protocol/server_session.h"

namespace mockserver {

class Outgoing {
 public:
  struct Events {
    std::function<void()> on_pause_over;  // nothing is left to be done behind a Pause
    std::function<void()> on_start_tls;   // the order to do so has its turn
    std::function<void()> on_written;     // behind every write
  };

  // REQUIRES: loop, stream and session outlive it. The events come as net::Driver has them.
  Outgoing(net::Loop& loop, net::Stream& stream, protocol::ServerSession& session, Events events);

  // The session has said something so long.
  void count(std::size_t octets) { collected_ += octets; }
  // The answer that is pulled next is to be cut so.
  void cut(const scenario::Split& split) { cutter_.emplace(split); }
  // The next octets of an answer that is pulled.
  void add_piece(std::string octets, bool is_last);
  // So much was collected that it is time to write.
  [[nodiscard]] bool is_much() const;

  // What the session wants to be done, behind what is to be done already.
  void take_actions();
  // All that was collected.
  void perform();
  // Behind what was performed and before what was collected.
  void perform(core::Actions actions) { driver_.perform(std::move(actions)); }

  // The Pause that runs is over now. REQUIRES: is_pausing().
  void cut_pause() { driver_.cut_pause(); }
  // A Pause runs: nothing else can be said.
  [[nodiscard]] bool is_pausing() const { return driver_.is_pausing(); }
  // The last word has been said, or the connection reset.
  [[nodiscard]] bool is_closing() const { return driver_.is_closing(); }

 private:
  protocol::ServerSession& session_;
  net::Driver driver_;
  std::optional<Cutter> cutter_;  // of the answer that is pulled
  core::Actions actions_;         // of the next perform()
  std::size_t collected_ = 0;     // octets of replies in them, and in the session
};

}  // namespace mockserver
