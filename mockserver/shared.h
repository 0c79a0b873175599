// What all connections to one scenario of a mock server share.
#pragma once

#include <functional>
#include <memory>

#include "core/result.h"
#include "mockserver/handshake.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/behaviour.h"
#include "net/loop.h"
#include "protocol/protocol.h"

namespace mockserver {

// Outlives them.
struct Shared {
  net::Loop& loop;
  const scenario::Scenario& scenario;
  std::shared_ptr<const protocol::Server> server;  // the scenario's
  const Options& options;
  scenario::History& history;
  std::function<core::Result<void>(StoredMessage)> keep;  // stores a message before it is answered
  scenario::MailboxOf mailbox_of;
  Handshake::MakeEngine make_engine;
  std::function<void(ConnectionId)> gone;  // destroys the connection
};

}  // namespace mockserver
