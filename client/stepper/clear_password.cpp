#include "client/stepper/clear_password.h"

#include <algorithm>
#include <string>

#include "smtp/credentials.h"

namespace stepper {
namespace {

// The line of an exchange that the server waits for, and whatever is sent behind it without waiting.
bool gives_away_in_exchange(const smtp::ClientSession& session, std::string_view octets) {
  const std::size_t end = std::min(octets.find_first_of("\r\n"), octets.size());
  const bool cancels = octets.substr(0, end) == "*" && end < octets.size();
  if (session.next_is_secret() && !cancels) return true;
  return !smtp::secrets_in_lines(octets.substr(end), true).empty();
}

}  // namespace

bool gives_password_away(const smtp::ClientSession& session, const dialogue::Log& log, std::string_view bytes) {
  if (session.state().memory().encrypted) return false;
  const std::string all = std::string(session.unfinished()) + std::string(bytes);
  if (session.mode() == smtp::Mode::kAuth && session.awaited() == 0) return gives_away_in_exchange(session, all);
  if (session.mode() == smtp::Mode::kData || session.mode() == smtp::Mode::kChunk) return false;
  return log.knows(all) || !smtp::secrets_in_lines(all, session.is_after_login()).empty();
}

}  // namespace stepper
