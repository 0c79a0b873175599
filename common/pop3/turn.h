// Something that waits for the server's answer.
#pragma once

#include <cstdint>
#include <optional>

#include "pop3/answer.h"
#include "pop3/said.h"
#include "pop3/session_state.h"
#include "sasl/exchange.h"

namespace pop3 {

struct Turn {
  Input input = Input::kConnect;
  Said said;                                 // empty for kConnect
  const NotNow* not_now = nullptr;           // it may not come now
  std::optional<sasl::Challenge> challenge;  // the answer proposed is this challenge
  std::optional<sasl::Claim> claim;          // judge it; proposed is -ERR [AUTH]. It may come twice: see sasl/exchange.h
  std::uint64_t octets = 0;                  // of the message that the command names
  bool updates = false;                      // QUIT in TRANSACTION: see ServerSession::update()
  Answer proposed;                           // what a server that only knows the RFCs answers
  bool closes = false;                       // the session ends after the answer whatever it is
};

// What happened when an answer was given; for the log.
struct Answered {
  Input input = Input::kConnect;
  StateChange change;
};

}  // namespace pop3
