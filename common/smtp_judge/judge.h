// What a client did wrong in a dialogue of SMTP: first causes, each when it is sure, and what followed from them.
//
//   Judge judge;
//   for each event of a connection, as it happens: judge.take(event); tell(judge.take_findings());
//
// No I/O and no clock: time is that of the events, and what quiet() says. Events come as they are, before anything is masked.
// Which ids it knows, and which need more than one dialogue shows, stands in README.md of this folder.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "dialogue/event.h"
#include "findings/finding.h"
#include "smtp_judge/server.h"

namespace smtp_judge {

class Judge {
 public:
  explicit Judge(Server server = {});
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  // The next event of a log. kConnected begins a new connection, and the numbers of findings with it.
  void take(const dialogue::Event& event);
  // Nothing else has happened up to now; on the clock of the events. untold: octets of the client that came and stand in no
  // event yet, since their line has no end. Some mistakes show only in silence: ask every second or so, or never.
  void quiet(std::chrono::microseconds now, std::string_view untold = {});

  // Those that have become sure since the last call, in their order.
  [[nodiscard]] std::vector<findings::Finding> take_findings();

 private:
  struct Parts;

  Server server_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace smtp_judge
