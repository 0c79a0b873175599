// What comes from whoever does not speak IMAP, or does not know how.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.h"

namespace imap {

// A TLS handshake in clear.
[[nodiscard]] bool begins_tls(std::string_view octets);

// Where a password may stand in a line that is no command: behind the words with which a login begins in any of the protocols.
[[nodiscard]] std::vector<core::Span> secrets_of_stranger(std::string_view line);

}  // namespace imap
