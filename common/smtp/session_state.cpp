#include "smtp/session_state.h"

#include <bit>
#include <utility>

namespace smtp {

bool SessionState::is_lacking(Lacking what) const {
  switch (what) {
    case Lacking::kNothing: return true;
    case Lacking::kBeingNobody: return !memory_.user.empty();
    case Lacking::kEhlo: return !memory_.extended;
    case Lacking::kEhloInTls: return memory_.upgraded;
    case Lacking::kClearText: return memory_.encrypted;
    case Lacking::kChunking: return !memory_.extensions.offers("CHUNKING");
    case Lacking::kLines: return declares(memory_.mail_parameters, "BODY", "BINARYMIME");
    case Lacking::kRecipient: return memory_.refused_recipients > 0;
  }
  return false;
}

const NotNow* SessionState::find_reason(Input input, bool forgiven) const {
  for (std::uint32_t left = reasons_for(state_, input); left != 0; left &= left - 1) {
    const NotNow& row = kNotNow[static_cast<std::size_t>(std::countr_zero(left))];
    if (is_lacking(row.lacking) && (forgiven || !is_forgiven(row))) return &row;
  }
  return nullptr;
}

const NotNow* SessionState::obstacle(Input input) const { return find_reason(input, false); }

std::optional<RemarkKind> SessionState::order_remark(Input input) const {
  const NotNow* row = obstacle(input);
  if (row == nullptr) row = find_reason(input, true);
  return row == nullptr ? std::nullopt : std::optional(row->mistake);
}

bool SessionState::is_offered(Input input) const { return memory_.extensions.brings(input) || row(input).may_be_silent; }

std::vector<Input> SessionState::legal_commands() const {
  std::vector<Input> commands;
  for (const CommandRow& row : kCommands) {
    if (row.verb.empty() || legality(row.input) != Legality::kLegal) continue;
    // What a server takes after HELO, which it need not, it has not announced.
    const bool is_let_pass = !memory_.extended && order_remark(row.input).has_value();
    if (is_offered(row.input) || is_let_pass) commands.push_back(row.input);
  }
  return commands;
}

StateChange SessionState::apply(Input input, const Command* command, const Reply& reply, std::string_view user) {
  StateChange change{state_, state_, {}};
  const Transition* const transition = row_for(input, reply.code);
  if (reply.code.value() == 421) {
    // RFC 5321 §3.8: 421 may answer anything and announces that the server closes.
    change.to = State::kClosed;
    change.rule = "RFC 5321 §3.8";
  } else if (transition != nullptr) {
    change.to = transition->next(state_);
    change.rule = transition->rule;
    remember(input, command, reply, user);
  } else if (reply.code.is_negative()) {
    change.rule = row(input).rule;
  }
  if (input == Input::kRcpt && reply.code.is_negative() && kTransaction.has(state_)) ++memory_.refused_recipients;
  state_ = change.to;
  return change;
}

// A refusal of what could not come changes nothing. A success is taken as the server means it, but there is no TLS in TLS.
const Transition* SessionState::row_for(Input input, ReplyCode code) const {
  const Transition* const transition = find_transition(state_, input, outcome_of(code));
  if (transition == nullptr || (!code.is_negative() && input != Input::kStarttls)) return transition;
  return obstacle(input) == nullptr ? transition : nullptr;
}

StateChange SessionState::secured() {
  if (state_ == State::kConnected) {
    memory_.encrypted = true;
    return {state_, state_, "RFC 8314 §3"};
  }
  if (state_ != State::kHandshake) return {state_, state_, {}};
  Memory fresh;
  if (leniency_.mail_without_hello) {
    fresh.client_name = std::move(memory_.client_name);
    fresh.extended = memory_.extended;
    fresh.extensions = std::move(memory_.extensions);
  }
  memory_ = std::move(fresh);
  memory_.encrypted = memory_.upgraded = true;
  const StateChange change{state_, leniency_.mail_without_hello ? State::kReady : kSecuredState, "RFC 3207 §4.2"};
  state_ = change.to;
  return change;
}

// What else an input brings is nothing to be remembered.
void SessionState::remember(Input input, const Command* command, const Reply& reply, std::string_view user) {
  const bool taken = reply.code.is_positive();
  if (input == Input::kHelo || input == Input::kEhlo) {
    clear_buffers();
    memory_.extended = input == Input::kEhlo;
    memory_.upgraded = false;
    memory_.client_name = command != nullptr ? command->argument : std::string();
    memory_.extensions = memory_.extended ? Extensions::from_reply(reply) : Extensions();
  } else if (input == Input::kMail) {
    clear_buffers();
    ++memory_.transactions;
    if (command == nullptr) return;
    memory_.reverse_path = command->path;
    memory_.mail_parameters = command->parameters;
  } else if (input == Input::kRcpt && command != nullptr) {
    memory_.forward_paths.push_back(command->path);
    memory_.rcpt_parameters.push_back(command->parameters);
  } else if ((input == Input::kAuth || input == Input::kAuthResponse) && taken) {
    memory_.user = user.empty() ? kUnnamedUser : user;
  } else if (input == Input::kMessage) {
    if (taken) ++memory_.messages;
    clear_buffers();
  } else if (input == Input::kRset || (input == Input::kBdat && reply.code.is_negative())) {
    clear_buffers();
  }
}

void SessionState::clear_buffers() {
  memory_.reverse_path.reset();
  memory_.mail_parameters.clear();
  memory_.forward_paths.clear();
  memory_.rcpt_parameters.clear();
  memory_.refused_recipients = 0;
  memory_.message_size = 0;
}

}  // namespace smtp
