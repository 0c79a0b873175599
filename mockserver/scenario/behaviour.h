// What a scenario answers: rules laid over the core server. No I/O; time and randomness come in.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "mockserver/scenario/lazy_values.h"
#include "mockserver/scenario/scenario.h"
#include "smtp/server_session.h"

namespace scenario {

struct Decision {
  smtp::Reply reply;
  std::string bytes;                                         // what goes out for it
  std::shared_ptr<const dialogue::Explanation> explanation;  // null when the core server's own reply is kept
  bool close = false;
  std::chrono::milliseconds delay{};
};

// The behaviour of one connection. REQUIRES: the scenario outlives it.
class Behaviour {
 public:
  Behaviour(const Scenario& scenario, LazyValues connection_values);

  // The first rule that matches decides; without one, what the session proposed. now: seconds since 1970, for {timestamp}.
  // A login that needs one more word of the server gets that first, as a 334, and the decision with its final claim.
  Decision decide(const smtp::Turn& turn, const smtp::SessionState& state, std::int64_t now);

  // on = "timeout"; nothing when no rule speaks of it.
  std::optional<Decision> decide_timeout(const smtp::SessionState& state, std::int64_t now);

  // Of the last AUTH command, in capitals; empty before there was one.
  [[nodiscard]] const std::string& mechanism() const { return mechanism_; }

 private:
  const Scenario* scenario_;
  LazyValues values_;
  std::string mechanism_;               // of the last AUTH command: rules may ask for it until the exchange is over
  bool initial_response_ = false;       // it carried one
  std::unique_ptr<Decision> withheld_;  // until the client has answered the last challenge
};

}  // namespace scenario
