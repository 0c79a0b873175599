#include "imap/refusal.h"

#include <string>
#include <string_view>

#include "imap/extensions.h"
#include "imap/transitions.h"

namespace imap {

std::optional<Answer> refusal(const Stand& stand, Input input, const ParsedCommand& parsed, const ServerConfig& config) {
  if (input == Input::kUnknown) return bad(parsed.fault ? parsed.fault->text.en : "the command is too long");
  if (!may_come(stand.state, input)) {
    const bool needs_login = stand.state == State::kNotAuthenticated;
    const bool needs_mailbox = stand.state == State::kAuthenticated && row(input).in == kWithMailbox;
    return bad(needs_login ? "log in first" : needs_mailbox ? "select a mailbox first" : "this cannot come now");
  }
  if (input == Input::kStarttls && stand.encrypted) return bad("TLS is active already");
  if (!stand.offered.brings(input, parsed.by_uid)) {
    const bool needs_tls = !stand.encrypted && config.announced(true, false).brings(input);
    if (input == Input::kLogin || needs_tls)
      return no(needs_tls ? "only inside TLS: send STARTTLS first" : "LOGIN is not offered here", "PRIVACYREQUIRED");
    return bad("this command is not supported here");
  }
  if (parsed.fault) return bad(parsed.fault->text.en);
  if (const std::string_view name = lacking(*parsed.command, stand.offered); !name.empty())
    return bad(std::string(name) + " is not supported here");
  return std::nullopt;
}

}  // namespace imap
