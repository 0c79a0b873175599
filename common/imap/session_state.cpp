#include "imap/session_state.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "imap/answer.h"
#include "imap/extensions.h"

namespace imap {

StateChange SessionState::apply(Input input, const Command* command, const protocol::Answer& answer, std::string_view user) {
  StateChange change{state_, state_, {}};
  const Outcome outcome = outcome_of(answer);
  const Transition* const transition = find_transition(state_, input, outcome);
  // There is no TLS in TLS, whatever a server says.
  const bool fits = !(input == Input::kStarttls && memory_.encrypted);
  if (transition != nullptr && fits) {
    change.to = transition->to;
    change.rule = transition->rule;
  } else if (may_come(state_, input) || outcome == Outcome::kRefused) {
    change.rule = row(input).rule;
  }
  const bool goes_on = outcome == Outcome::kMore && input != Input::kAuthResponse;
  if ((outcome == Outcome::kOk || goes_on) && fits && may_come(state_, input)) remember(input, command, change.to, user);
  state_ = change.to;
  if (state_ != State::kSelected && state_ != State::kIdleSelected) forget_mailbox();
  return change;
}

void SessionState::remember(Input input, const Command* command, State next, std::string_view user) {
  if (command != nullptr && uses_mod_sequences(*command)) memory_.mod_sequences = true;
  switch (input) {
    case Input::kLogin:
    case Input::kAuthResponse: memory_.user = user.empty() ? kUnnamedUser : user; break;
    case Input::kAuthenticate:
      if (command != nullptr) memory_.mechanism = command->words<Authenticate>().mechanism;
      if (command != nullptr) memory_.login_tag = command->tag;
      if (next == State::kAuthenticated) memory_.user = user.empty() ? kUnnamedUser : user;
      break;
    case Input::kSelect:
    case Input::kExamine:
      if (command != nullptr) memory_.mailbox = command->words<SelectWords>().name;
      memory_.read_only = input == Input::kExamine;
      break;
    case Input::kEnable: {
      if (command == nullptr) break;
      const auto& wanted = command->words<Enable>().capabilities;
      const auto asks = [&](std::string_view name) { return std::find(wanted.begin(), wanted.end(), name) != wanted.end(); };
      memory_.rev2 = memory_.rev2 || asks("IMAP4REV2");
      memory_.utf8 = memory_.utf8 || memory_.rev2 || asks("UTF8=ACCEPT");
      break;
    }
    case Input::kId:
      memory_.identified = true;
      if (command == nullptr) break;
      for (const auto& [name, value] : command->words<IdFields>().fields) {
        if (core::equals_ignoring_case(name, "name")) memory_.client = value.value_or(std::string());
      }
      break;
    case Input::kIdle:
      if (command != nullptr) memory_.idle_tag = command->tag;
      break;
    default: break;
  }
}

void SessionState::forget_mailbox() {
  memory_.mailbox.clear();
  memory_.read_only = false;
  memory_.messages.reset();
  memory_.uid_validity.reset();
  memory_.uid_next.reset();
}

void SessionState::learn_uids(std::optional<std::uint32_t> validity, std::optional<std::uint32_t> next) {
  if (validity) memory_.uid_validity = validity;
  if (next) memory_.uid_next = next;
}

StateChange SessionState::secured() {
  if (state_ == State::kConnected) {
    memory_.encrypted = true;
    return {state_, state_, "RFC 8314 §3.2"};
  }
  if (state_ != State::kHandshake) return {state_, state_, {}};
  memory_ = Memory();
  memory_.encrypted = true;
  state_ = State::kNotAuthenticated;
  return {State::kHandshake, state_, "RFC 9051 §6.2.1"};
}

StateChange SessionState::close() {
  const StateChange change{state_, State::kLogout, "RFC 9051 §3.4"};
  state_ = State::kLogout;
  return change;
}

protocol::StateChange neutral(const StateChange& change) { return {&row(change.from), &row(change.to), change.rule}; }

}  // namespace imap
