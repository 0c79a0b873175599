// A message on its way from the session into the store.
#pragma once

#include <optional>
#include <string>

#include "mockserver/scenario/behaviour.h"
#include "mockserver/store/message.h"
#include "protocol/server_session.h"

namespace mockserver {

// Who has brought it, as far as the session does not know.
struct Bearer {
  std::string mechanism;  // by which he has logged in; empty: he has not
  std::string address;    // "127.0.0.1:40125"
};

// As it is stored, with the envelope that the session knows and the time of day.
[[nodiscard]] store::Message message_of(const protocol::ServerSession& session, Bearer bearer, std::string content);

// Puts it where the decision wants it, if that is another folder than INBOX, and gives the reason, in English, for the log.
std::optional<std::string> sort_into_folder(const scenario::Scenario& scenario, const scenario::Decision& decision,
                                            store::Message& message);

}  // namespace mockserver
