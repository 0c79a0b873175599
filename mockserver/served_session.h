// What is said between one client and the server: the session answers as the scenario has it, what goes out is collected, and
// all of it is recorded. When it is time to speak is for the owner, who has the clock and the socket (Connection).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mockserver/outgoing.h"
#include "mockserver/recorder.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/shared.h"
#include "net/stream.h"
#include "protocol/server_session.h"

namespace mockserver {

class ServedSession {
 public:
  // Time by the clock of the loop.
  using Time = std::chrono::milliseconds;

  // REQUIRES: shared and stream outlive it. on_pause_over, on_start_tls: as Outgoing::Events.
  ServedSession(const Shared& shared, ConnectionId id, net::Stream& stream, std::function<void()> on_pause_over,
                std::function<void()> on_start_tls);

  [[nodiscard]] protocol::ServerSession& session() { return *session_; }
  [[nodiscard]] const protocol::ServerSession& session() const { return *session_; }
  [[nodiscard]] Recorder& recorder() { return recorder_; }
  [[nodiscard]] const Recorder& recorder() const { return recorder_; }
  [[nodiscard]] Outgoing& outgoing() { return outgoing_; }
  [[nodiscard]] const Outgoing& outgoing() const { return outgoing_; }
  // "127.0.0.1:40125": of the client. Asked of the kernel once, and only where it is needed.
  [[nodiscard]] const std::string& peer();

  // A handshake is complete.
  void secured();

  // What is answered to the turn. A message that is taken by it is stored by then; one that cannot be stored is refused for
  // now, so that the client keeps it. last_turn: when the last whole command came.
  [[nodiscard]] scenario::Decision decide(protocol::Turn& turn, Time last_turn);
  // It is answered so; it goes out with what is collected. What the session itself cannot do, Effects::then, is left to do.
  void answer(protocol::Turn& turn, scenario::Decision& decision);
  // The next octets of an answer; false when it cannot be gone on with. REQUIRES: session().is_sending().
  bool pull();
  // What the client waits for, unasked; false when there is nothing.
  bool announce();

  // Says the last word of its own accord, after its delay; Effects::then is left to do where it is not kClose.
  void end_with(const scenario::Decision& decision, protocol::Occasion occasion);
  // … as the scenario has it for a client that is silent for too long, and otherwise as the session does.
  [[nodiscard]] std::optional<scenario::Decision> decide_timeout(Time now);
  void time_out();
  // … because a rule ends the dialogue in the middle of a message. REQUIRES: mail data is coming in.
  [[nodiscard]] std::optional<scenario::Decision> decide_midway(Time now);
  // … at once, whatever is still to be said.
  void shut_down();
  // The client has gone. remarked: what was said already of what it left unfinished.
  void part(const std::vector<protocol::MistakeId>& remarked);

  // The last word was the answer to the client's.
  [[nodiscard]] bool has_said_goodbye() const { return said_goodbye_; }

 private:
  void keep(std::string content, scenario::Decision& decision);
  [[nodiscard]] std::optional<scenario::Decision> own_words(protocol::Occasion occasion, const std::string& more = {}) const;

  const Shared& shared_;
  net::Stream& stream_;
  std::unique_ptr<protocol::ServerSession> session_;
  scenario::Behaviour behaviour_;
  Recorder recorder_;
  Outgoing outgoing_;
  std::string peer_;       // once it was asked for
  std::string mechanism_;  // by which the client has logged in
  bool said_goodbye_ = false;
};

}  // namespace mockserver
