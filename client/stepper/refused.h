// What a server has just refused, whatever the RFC allows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialogue/log.h"
#include "protocol/input.h"

namespace stepper {

struct Refused {
  protocol::Input input;  // a command; the one that began it for a login or a message that was refused later
  std::string code;       // of the last refusal
};

// The commands that were refused on this connection and that nothing has been accepted after which could have changed the
// server's mind: any success but of what leaves the dialogue alone. In the order of the refusals, each once.
[[nodiscard]] std::vector<Refused> refused_now(const dialogue::Log& log);

// The code with which this command was refused, if refused_now() has it.
[[nodiscard]] std::optional<std::string> code_of_refusal(const dialogue::Log& log, protocol::Input input);

}  // namespace stepper
