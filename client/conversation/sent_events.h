// What was sent, as events of the log: each thing said with its octets, and what nobody can read yet.
#pragma once

#include <cstddef>
#include <vector>

#include "core/tape.h"
#include "dialogue/event.h"
#include "protocol/protocol.h"

namespace client {

// How a session stood before something was sent.
struct Before {
  explicit Before(const protocol::ClientSession& session)
      : untold(session.is_held() ? 0 : session.unread()), is_secret(session.next_is_secret()) {}

  std::size_t untold;  // octets in events already, to which what is sent will be added
  bool is_secret;      // the line that was being sent carries a password
};

// The events of one send in that protocol: `said` is what ClientSession::send() made of the octets, `session` how it stands
// now. Takes all that is in `sent`.
[[nodiscard]] std::vector<dialogue::Event> sent_events(core::Tape& sent, const std::vector<protocol::Said>& said,
                                                       const protocol::ClientSession& session, const Before& before,
                                                       const protocol::Protocol& spoken);

}  // namespace client
