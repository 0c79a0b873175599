// The servers of a scenario's path, each listening on this computer, all for the same mailboxes: what one has taken the next
// one shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "client/conversation/door.h"
#include "client/conversation/mock_accounts.h"
#include "core/result.h"
#include "findings/server.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/store/memory.h"
#include "net/loop.h"

namespace client {

class EmbeddedServers {
 public:
  // loop and scenario outlive it. seed: as mockserver::Options::seed.
  EmbeddedServers(net::Loop& loop, const scenario::Scenario& scenario, std::uint64_t seed);
  ~EmbeddedServers();
  EmbeddedServers(const EmbeddedServers&) = delete;
  EmbeddedServers& operator=(const EmbeddedServers&) = delete;

  // Starts them all; does nothing when they run. Errors (Blame::kSystem): nobody can listen.
  core::Result<void> start();
  // The same for servers that have never seen a client, at the ports of those before. Their connections are gone.
  core::Result<void> start_anew();

  // number: as scenario::server_of().
  [[nodiscard]] Door door(std::size_t number) const;
  [[nodiscard]] const scenario::Scenario& scenario(std::size_t number) const { return scenario::server_of(scenario_, number); }
  // What a client can be right or wrong about there.
  [[nodiscard]] findings::Server known(std::size_t number) const;
  // What it says of its clients.
  [[nodiscard]] MockAccounts& accounts(std::size_t number) { return *running_[number].accounts; }
  [[nodiscard]] const MockAccounts& accounts(std::size_t number) const { return *running_[number].accounts; }

  // The message that was kept last; null when none came beside those of the scenarios.
  [[nodiscard]] const mockserver::StoredMessage* last_kept() const;

 private:
  struct Running {
    std::uint16_t port = 0;
    std::uint16_t tls_port = 0;
    std::unique_ptr<MockAccounts> accounts;
    std::unique_ptr<mockserver::MockServer> server = {};
  };
  core::Result<void> start(std::size_t number);

  net::Loop& loop_;
  const scenario::Scenario& scenario_;
  std::uint64_t seed_;
  std::unique_ptr<store::Memory> mailboxes_;
  std::size_t lay_there_ = 0;     // messages, before a client came
  std::vector<Running> running_;  // by their numbers
};

}  // namespace client
