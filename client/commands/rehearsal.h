// The guided path of a scenario, led to its end in memory before anybody steps through it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "mockserver/scenario/scenario.h"

namespace commands {

// A step that does not go as the file says.
struct Stumble {
  std::size_t step = 0;             // index into Scenario::steps
  bool is_reached = true;           // false: what was answered before leads elsewhere
  std::optional<std::string> code;  // of what answers it; nothing: no reply comes
  std::string reply;                // its last line
};

// The first such step; nothing when all is as it should be, and where only the network could tell: TLS that fails on purpose, a
// port on which nobody listens, octets that are no reply, a reply that comes by chance, a connection that breaks.
[[nodiscard]] std::optional<Stumble> rehearse(const scenario::Scenario& scenario);

}  // namespace commands
