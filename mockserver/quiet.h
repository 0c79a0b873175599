// How long a client has been quiet: since when, when that becomes too long, and what of it hangs in the air meanwhile.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "mockserver/alarm.h"
#include "protocol/server_session.h"

namespace mockserver {

class Quiet {
 public:
  using Time = std::chrono::milliseconds;  // by the clock of the loop
  static constexpr Time kNever = Alarm::kNever;

  // idle_timeout: until the session is ended; silence: until what is unfinished is remarked. session outlives it.
  Quiet(const protocol::ServerSession& session, Time idle_timeout, Time silence)
      : session_(session), idle_timeout_(idle_timeout), silence_(silence) {}

  // Octets came.
  void heard(Time now) { last_octet_ = now; }
  // Something complete was dealt with, or goes on being dealt with.
  void dealt(Time now) { last_turn_ = now; }
  // A whole command came: what hangs in the air now is something else.
  void took_turn(Time now) {
    dealt(now);
    remarked_.clear();
  }
  void starts(Time now) { last_turn_ = last_octet_ = now; }

  [[nodiscard]] Time last_turn() const { return last_turn_; }

  // What may come of silence as things stand.
  struct Consequences {
    bool is_ended = false;
    bool is_remarked = false;
    bool is_told = false;
    Time often{};  // … between two times, at first
  };
  // When each of them is due; kNever: it is not.
  struct Deadlines {
    Time ended = kNever;
    Time remarked = kNever;
    Time told = kNever;
    [[nodiscard]] Time first() const;
  };
  [[nodiscard]] Deadlines deadlines(const Consequences& may) const;
  // It is told now.
  void tell(Time now);

  struct Remarked {
    std::string text;
    std::vector<protocol::Remark> remarks;
  };
  // What is to be said of the silence, once. REQUIRES: it is due.
  [[nodiscard]] Remarked remark();
  // What was said of it.
  [[nodiscard]] const std::vector<protocol::MistakeId>& remarked() const { return remarked_; }

 private:
  [[nodiscard]] Time since() const;
  // From the last complete command, so that a trickle of octets does not hold a session for ever; in mail data, which may
  // rightly take long, from the last octet.
  [[nodiscard]] Time idle_deadline() const;
  // When it is to be told again that nothing happens: `often` at first, since most of what silence shows shows soon, then
  // seldom; kNever when it has lasted so long that nobody waits any more.
  [[nodiscard]] Time telling_deadline(Time often) const;
  // kNever: nothing is unfinished, or it was remarked already.
  [[nodiscard]] Time silence_deadline() const;

  const protocol::ServerSession& session_;
  Time idle_timeout_;
  Time silence_;
  Time last_turn_{};
  Time last_octet_{};
  std::vector<protocol::MistakeId> remarked_;
  Time told_since_{};  // the silence that was told of last: since when, and how much of it
  Time told_{};
};

// "0.5 s".
[[nodiscard]] std::string seconds_text(Quiet::Time time);

}  // namespace mockserver
