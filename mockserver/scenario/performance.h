// A connection to the server of a scenario, in memory: what is said and what it answers, without a network.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/store/memory.h"
#include "protocol/protocol.h"

namespace scenario {

// What whoever logs in finds, at the scenario's server or at the others of its path: their messages, or where the scenario has
// none a mailbox with one. The scenario outlives it.
class Mailboxes {
 public:
  explicit Mailboxes(const Scenario& scenario);

  mailbox::Mailbox& mailbox_of(std::string_view user);
  // A message that a server has taken, where the path goes on with reading it.
  void keep(const Decision& decision, const protocol::Knows& session, std::string content);

 private:
  void fill();

  const Scenario& scenario_;
  std::vector<std::string> users_;
  std::unique_ptr<store::Memory> store_;  // made when somebody reads
};

// One connection. A command that begins TLS is answered and the handshake is done at once.
class Performance {
 public:
  struct Answered {
    Decision decision;
    std::string octets;       // that went out
    bool begins_tls = false;  // … and then the handshake
  };

  // number: of the connection, from 1. scenario: whose server it is. scenario, history and mailboxes outlive it.
  Performance(const Scenario& scenario, History& history, std::uint64_t number, Mailboxes& mailboxes);

  void receive(std::string_view octets) { session_->receive(octets); }
  // The answer to the next thing that was said; nothing when all was answered. now: since the first connection.
  std::optional<Answered> answer(std::chrono::milliseconds now);
  // What a rule does while a message is coming in; nothing where none does. The connection is over then.
  std::optional<Decision> interrupt(std::chrono::milliseconds now);

  // Nothing more can come, or only the network could tell how it goes on.
  [[nodiscard]] bool is_over() const { return session_->is_over() || is_broken_; }
  [[nodiscard]] bool takes_commands() const { return !is_over() && session_->takes_commands(); }

 private:
  void say(protocol::Turn& turn, Decision& decision);

  Mailboxes& mailboxes_;
  std::shared_ptr<const protocol::Server> server_;
  std::unique_ptr<protocol::ServerSession> session_;
  Behaviour behaviour_;
  bool is_broken_ = false;
};

}  // namespace scenario
