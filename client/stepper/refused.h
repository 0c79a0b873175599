// What a server has just refused, whatever the RFC allows.
#pragma once

#include <optional>
#include <vector>

#include "dialogue/log.h"
#include "smtp/input.h"

namespace stepper {

struct Refused {
  smtp::Input input = smtp::Input::kUnknown;  // a command; kAuth for a login that failed later, kData for a message
  int code = 0;                               // of the last refusal
};

// The commands that were refused on this connection and that nothing has been accepted after which could have changed the
// server's mind: any success but of NOOP, HELP, VRFY and EXPN. In the order of the refusals, each once.
[[nodiscard]] std::vector<Refused> refused_now(const dialogue::Log& log);

// The code with which this command was refused, if refused_now() has it.
[[nodiscard]] std::optional<int> code_of_refusal(const dialogue::Log& log, smtp::Input input);

}  // namespace stepper
