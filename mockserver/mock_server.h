// The mock server as a library: what smtplab-mock runs and what the client embeds in its own loop.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "dialogue/event.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/store/message.h"
#include "net/loop.h"
#include "smtp/session_state.h"

namespace mockserver {

using ConnectionId = std::uint64_t;

// Called for every event of every connection, with what the server remembers after it. Runs inside the loop; must not
// destroy the server.
using Observer = std::function<void(ConnectionId, const dialogue::Event&, const smtp::Memory&)>;

// A message the server answered 250 for.
using StoredMessage = store::Message;

struct Options {
  std::string bind = "127.0.0.1";
  std::uint16_t smtp_port = 0;       // 0: any free one
  std::optional<std::string> store;  // folder for Maildirs; nothing: messages stay in memory
  std::uint64_t seed = 0;            // {id} and chance come from it
  bool patient = false;              // no time-outs: a person steps by hand
  bool once = false;                 // take one connection and stop listening
  Observer observer;                 // may be empty; then no events are made at all
};

class MockServer {
 public:
  // REQUIRES: loop outlives the server.
  MockServer(net::Loop& loop, scenario::Scenario scenario, Options options);
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  // Starts listening. Errors (Blame::kSystem) name the address and say what to do.
  core::Result<void> listen();
  [[nodiscard]] std::uint16_t smtp_port() const;  // the real one, after listen()

  // Stops listening; every client hears 421 and is closed. The loop then runs empty of this server.
  void shut_down();

  [[nodiscard]] const std::vector<StoredMessage>& messages() const;  // without Options::store
  [[nodiscard]] std::size_t connections() const;                     // open now
  [[nodiscard]] const scenario::Scenario& scenario() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mockserver
