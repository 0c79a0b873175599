// Where in a SASL exchange an event stands: what its base64 means depends on the mechanism and on what came before.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "dialogue/log.h"
#include "sasl/parts.h"

namespace dialogue {

struct AuthTurn {
  std::string mechanism;  // upper case
  sasl::Speaker speaker = sasl::Speaker::kClient;
  std::size_t round = 0;  // as sasl::parts() counts
};

// Of an AUTH command, a 334 or a response in `log`; nothing for any other event. event: of this log.
[[nodiscard]] std::optional<AuthTurn> auth_turn(const Log& log, const Event& event);

}  // namespace dialogue
