// The envelope of a stored message as JSON: what was said about it, which is not in it.
#pragma once

#include <string>

#include "mockserver/store/message.h"

namespace mockserver {

// One object, indented, in UTF-8 with a LF at its end: reverse_path, forward_paths, user, client, client_address and
// received (ISO 8601, UTC).
[[nodiscard]] std::string envelope_json(const store::Message& message);

}  // namespace mockserver
