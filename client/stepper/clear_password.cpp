#include "client/stepper/clear_password.h"

#include <string>

#include "client/stepper/login.h"
#include "smtp/command.h"

namespace stepper {
namespace {

// An AUTH line that carries the password, or behind which the password follows without waiting.
bool is_password_login(std::string_view line, bool more_follows) {
  const smtp::ParsedCommand parsed = smtp::parse_command(line, {});
  if (!parsed.command || parsed.command->verb != smtp::Input::kAuth || !sends_password(parsed.command->mechanism)) return false;
  return !parsed.secrets.empty() || more_follows;
}

}  // namespace

bool gives_password_away(const smtp::ClientSession& session, std::string_view bytes) {
  if (session.state().memory().encrypted) return false;
  const std::string all = std::string(session.unfinished()) + std::string(bytes);
  if (session.mode() == smtp::Mode::kAuth)
    return session.next_is_secret() && !all.starts_with("*\r") && !all.starts_with("*\n");
  if (session.mode() != smtp::Mode::kCommand) return false;
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t lf = rest.find('\n');
    std::string_view line = rest.substr(0, lf);
    rest.remove_prefix(lf == std::string_view::npos ? rest.size() : lf + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_password_login(line, !rest.empty())) return true;
  }
  return false;
}

}  // namespace stepper
