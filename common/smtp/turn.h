// Something that waits for the server's answer.
#pragma once

#include <optional>

#include "sasl/exchange.h"
#include "smtp/client_stream.h"
#include "smtp/reply.h"
#include "smtp/session_state.h"

namespace smtp {

struct Turn {
  Input input = Input::kConnect;
  Said said;  // empty for kConnect
  Legality legality = Legality::kLegal;
  std::optional<sasl::Challenge> challenge;  // the answer proposed is this challenge
  std::optional<sasl::Claim> claim;          // judge it; proposed is 535. It may come twice: see sasl/exchange.h
  Reply proposed;                            // what a server that only knows the RFCs answers
  bool closes = false;                       // the session ends after the answer whatever it is
};

// What happened when an answer was given; for the log.
struct Answered {
  Input input = Input::kConnect;
  StateChange change;
};

}  // namespace smtp
