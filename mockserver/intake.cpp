#include "mockserver/intake.h"

#include <utility>

#include "core/show.h"
#include "mockserver/envelope.h"
#include "mockserver/scenario/folders.h"
#include "mockserver/unix_time.h"

namespace mockserver {

store::Message message_of(const protocol::ServerSession& session, Bearer bearer, std::string content) {
  store::Message message = message_from(session);
  message.mechanism = std::move(bearer.mechanism);
  message.client_address = std::move(bearer.address);
  message.received = unix_time();
  message.content = std::move(content);
  return message;
}

std::optional<std::string> sort_into_folder(const scenario::Scenario& scenario, const scenario::Decision& decision,
                                            store::Message& message) {
  const std::string& name = decision.effects.folder;
  if (name.empty()) return std::nullopt;
  if (const auto folder = scenario::folder_named(scenario, name)) message.folder = *folder;
  const std::string because = decision.explanation == nullptr ? std::string() : ": " + decision.explanation->because.en;
  return "the message goes into the folder " + core::show_bytes(name) + because;
}

}  // namespace mockserver
