// What the clients of a server do wrong, as it happens: a judge for each connection.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "dialogue/event.h"
#include "findings/judge.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/scenario.h"

namespace mockserver {

class Judging {
 public:
  // What of the scenario a client can be right or wrong about: the accounts, and whether its certificate may be believed.
  explicit Judging(const scenario::Scenario& scenario);

  // The next event of a connection, as an Observer hears it. Gives what has become sure by it; with kClosed the connection is
  // forgotten.
  [[nodiscard]] std::vector<findings::Finding> take(ConnectionId connection, const Visit& visit, const dialogue::Event& event);
  // Nothing happens there, as Watch::quiet hears it.
  [[nodiscard]] std::vector<findings::Finding> quiet(ConnectionId connection, const Silence& silence);

 private:
  findings::Server server_;
  std::map<ConnectionId, std::unique_ptr<findings::Judge>> judges_;  // null where nobody judges the protocol
};

}  // namespace mockserver
