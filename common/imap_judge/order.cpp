#include "imap_judge/order.h"

#include "core/text.h"

namespace imap_judge {
namespace {

using findings::Sight;
using imap::Input;
using imap::State;

Sight all_of_it(std::string_view id, const Line& line, core::Text expected = {}) {
  return {id, {0, line.text().size()}, true, std::move(expected)};
}

bool needs_mailbox(const Line& line) { return imap::row(line.parsed.verb).in == imap::kWithMailbox; }

// Whoever says goodbye, asks again or tries another way has understood.
bool goes_on_without_login(const Line& line) { return !imap::may_come(State::kNotAuthenticated, line.parsed.verb); }

}  // namespace

std::optional<Sight> ignores_refusal(const Line& line, const Known& known) {
  if (line.is(Input::kLogout)) return std::nullopt;
  if (known.said_bye) return all_of_it("bye-not-handled", line);
  const bool login = known.refused.login && !known.has_user && goes_on_without_login(line);
  const bool select = known.refused.select && !known.mailbox && needs_mailbox(line);
  if (!login && !select && !known.refused.greeting) return std::nullopt;
  if (select && known.refused.had_mailbox) return all_of_it("failed-select-closes", line, core::same("SELECT …"));
  if (known.refused.seemed_ok) return all_of_it("ok-searched-anywhere", line, core::same("LOGOUT"));
  return all_of_it("reply-not-checked", line, core::same("LOGOUT"));
}

std::optional<Sight> out_of_order(const Line& line, const Known& known) {
  const State state = known.state();
  if (state == State::kConnected || state == State::kLogout || line.parsed.verb == Input::kUnknown) return std::nullopt;
  if (!imap::may_come(state, line.parsed.verb)) {
    if (state == State::kNotAuthenticated)
      return all_of_it("imap-not-logged-in", line, core::same("LOGIN \"user\" \"password\""));
    if (state == State::kAuthenticated && needs_mailbox(line))
      return all_of_it("select-forgotten", line, core::same("SELECT INBOX"));
    return all_of_it("imap-bad-sequence", line);
  }
  if (line.is(Input::kStarttls) && known.encrypted) return all_of_it("imap-bad-sequence", line);
  // RFC 4959 §3: the response may come along where SASL-IR is offered.
  const bool has_response = line.command() != nullptr && line.is(Input::kAuthenticate) &&
                            line.command()->words<imap::Authenticate>().initial_response.has_value();
  if (has_response && known.lacks("SASL-IR")) return all_of_it("auth-no-wait-for-plus", line, core::same("+"));
  const bool is_idle = line.is(Input::kIdle);
  if (is_idle && known.capabilities && !known.capabilities->brings(Input::kIdle))
    return all_of_it("idle-not-offered", line, core::same("NOOP"));
  return std::nullopt;
}

}  // namespace imap_judge
