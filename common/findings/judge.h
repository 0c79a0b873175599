// What a client did wrong in a dialogue: first causes, each when it is sure, and what followed from them.
//
//   const auto judge = findings::make_judge("smtp", server);
//   for each event of a connection, as it happens: judge->take(event); tell(judge->take_findings());
//
// No I/O and no clock: time is that of the events, and what quiet() says. Events come as they are, before anything is masked.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "dialogue/event.h"
#include "findings/finding.h"
#include "findings/server.h"

namespace findings {

class Judge {
 public:
  Judge() = default;
  virtual ~Judge() = default;
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  // The next event of a log. kConnected begins a new connection, and the numbers of findings with it.
  virtual void take(const dialogue::Event& event) = 0;
  // Nothing else has happened up to now; on the clock of the events. untold: octets of the client that came and stand in no
  // event yet, since their line has no end. Some mistakes show only in silence: ask every second or so, or never.
  virtual void quiet(std::chrono::microseconds now, std::string_view untold) = 0;
  // Those that have become sure since the last call, in their order.
  [[nodiscard]] virtual std::vector<Finding> take_findings() = 0;
};

// Of the protocol of this name ("smtp"); null when nobody judges that. Who links them says which there are:
// common/all_judges.cpp for the programs.
[[nodiscard]] std::unique_ptr<Judge> make_judge(std::string_view protocol, Server server = {});

}  // namespace findings
