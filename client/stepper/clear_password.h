// Whether what is about to be sent gives a password away to everybody on the way.
#pragma once

#include <string_view>

#include "smtp/client_session.h"

namespace stepper {

// Whether these octets, sent now, put a password or a token on the wire unencrypted. Challenge and response (CRAM-MD5, SCRAM)
// do not. Said of what can be read in `bytes`, together with what was sent before them and waits for its end.
[[nodiscard]] bool gives_password_away(const smtp::ClientSession& session, std::string_view bytes);

}  // namespace stepper
