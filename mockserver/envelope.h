// The envelope of a stored message as JSON: what was said about it, which is not in it.
#pragma once

#include <string>

#include "mockserver/store/message.h"
#include "protocol/fact.h"

namespace mockserver {

// The envelope as the session knows it: paths, parameters, login, name of the client, encryption.
[[nodiscard]] store::Message message_from(const protocol::Knows& session);

// One object, indented, in UTF-8 with a LF at its end: reverse_path, forward_paths, body, smtputf8, dsn (ret, envid,
// recipients; only when the client said something of it), user, mechanism, tls, client, client_address and received
// (ISO 8601, UTC).
[[nodiscard]] std::string envelope_json(const store::Message& message);

}  // namespace mockserver
