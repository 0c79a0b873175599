// IMAP as everything else sees it.
#pragma once

#include "protocol/protocol.h"

namespace imap {

[[nodiscard]] const protocol::Protocol& door();

}  // namespace imap
