// SMTP for whoever speaks of no protocol in particular.
#pragma once

#include "protocol/protocol.h"

namespace smtp {

[[nodiscard]] const protocol::Protocol& door();

}  // namespace smtp
