// What the clients of a server do wrong, as it happens: a judge for each connection.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "dialogue/event.h"
#include "findings/finding.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/scenario.h"
#include "smtp_judge/judge.h"

namespace mockserver {

class Judging {
 public:
  // What of the scenario a client can be right or wrong about: the accounts, and whether its certificate may be believed.
  explicit Judging(const scenario::Scenario& scenario);

  // The next event of a connection, as an Observer hears it. Gives what has become sure by it; with kClosed the connection is
  // forgotten.
  [[nodiscard]] std::vector<findings::Finding> take(ConnectionId connection, const dialogue::Event& event);

 private:
  smtp_judge::Server server_;
  std::map<ConnectionId, smtp_judge::Judge> judges_;
};

}  // namespace mockserver
