// What was sent, as events of the log: each thing said with its octets, and what nobody can read yet.
#pragma once

#include <string>
#include <vector>

#include "dialogue/event.h"
#include "smtp/client_session.h"

namespace client {

// The events of one send: `bytes` went out, `said` is what ClientSession::send() made of them, `session` how it stands now.
// was_secret: the line that was being sent carries a password. The octets of the events are `bytes`, in order.
[[nodiscard]] std::vector<dialogue::Event> sent_events(const std::string& bytes, std::vector<smtp::Said> said,
                                                       const smtp::ClientSession& session, bool was_secret);

}  // namespace client
