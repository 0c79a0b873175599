#include "client/stepper/clear_password.h"

#include <algorithm>
#include <string>

namespace stepper {
namespace {

// The line of an exchange that the server waits for, and whatever is sent behind it without waiting.
bool gives_away_in_exchange(const protocol::Protocol& spoken, const protocol::ClientSession& session, std::string_view octets) {
  const std::size_t end = std::min(octets.find_first_of("\r\n"), octets.size());
  const bool cancels = octets.substr(0, end) == "*" && end < octets.size();
  if (session.next_is_secret() && !cancels) return true;
  return !spoken.secrets_in_lines(octets.substr(end), true).empty();
}

}  // namespace

bool gives_password_away(const protocol::Protocol& spoken, const protocol::ClientSession& session, const dialogue::Log& log,
                         std::string_view bytes) {
  if (session.is_encrypted()) return false;
  const std::string all = std::string(session.unfinished()) + std::string(bytes);
  if (session.mode() == protocol::Mode::kLogin && session.awaited() == 0) return gives_away_in_exchange(spoken, session, all);
  if (session.mode() == protocol::Mode::kContent || session.mode() == protocol::Mode::kChunk) return false;
  return log.knows(all) || !spoken.secrets_in_lines(all, session.is_after_login()).empty();
}

}  // namespace stepper
