// POP3 for whoever speaks of no protocol in particular.
#pragma once

#include "protocol/protocol.h"

namespace pop3 {

[[nodiscard]] const protocol::Protocol& door();

}  // namespace pop3
