// What the stepper looks at: one dialogue as it stands. Borrowed for the length of a call.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "client/stepper/delivered.h"
#include "dialogue/log.h"
#include "findings/verdicts.h"
#include "mockserver/scenario/scenario.h"
#include "protocol/protocol.h"
#include "tls/engine.h"

namespace stepper {

struct View {
  const dialogue::Log& log;
  const protocol::Protocol& protocol;
  const protocol::ClientSession& session;
  const protocol::Knows& memory;       // of the server
  const scenario::Scenario* scenario;  // null: a real server
  bool is_mock = true;
  bool is_open = false;
  bool is_closed = false;
  bool is_settled = false;                       // nothing can come before something is sent
  std::string address;                           // "127.0.0.1:40125"
  bool is_replaying = false;                     // going back: what was sent before goes out again by itself
  bool is_securing = false;                      // a TLS handshake is under way
  const tls::Details* tls = nullptr;             // of the connection, also when its handshake failed; null in clear
  std::optional<Delivered> delivered{};          // what the mock kept last of this dialogue
  bool may_give_password_away = false;           // --insecure: a password goes out in clear without a question
  std::chrono::microseconds now{};               // since the log began, as its events have it
  std::string client_name{};                     // of the client to this server; empty: that of the guide
  const findings::Verdicts* verdicts = nullptr;  // what was told of the log; null: nobody looks for mistakes
};

}  // namespace stepper
