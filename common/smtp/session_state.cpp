#include "smtp/session_state.h"

#include <utility>

namespace smtp {
namespace {

// What a server that has forgotten the EHLO refuses (RFC 5321 §4.1.4).
bool needs_hello(Input input) { return input == Input::kMail || input == Input::kAuth; }

}  // namespace

Legality SessionState::legality(Input input) const {
  if (!has_transition(state_, input)) return Legality::kOutOfOrder;
  return lacking(needs_of(state_, input));
}

Legality SessionState::lacking(Needs needs) const {
  switch (needs) {
    case Needs::kNothing: break;
    case Needs::kLoginPossible:
      if (!memory_.user.empty()) return Legality::kAlreadyLoggedIn;
      if (!memory_.extended && !leniency_.auth_after_helo) return Legality::kNeedsEhlo;
      break;
    case Needs::kPlainText:
      if (memory_.encrypted) return Legality::kAlreadyEncrypted;
      break;
    case Needs::kChunking:
      if (!memory_.extensions.offers("CHUNKING")) return Legality::kNotOffered;
      break;
    case Needs::kLines:
      if (declares(memory_.mail_parameters, "BODY", "BINARYMIME")) return Legality::kNeedsBdat;
      break;
  }
  return Legality::kLegal;
}

std::optional<RemarkKind> SessionState::order_remark(Input input) const {
  switch (legality(input)) {
    case Legality::kLegal:
      if (memory_.upgraded && state_ == State::kReady && needs_hello(input)) return RemarkKind::kStarttlsWithoutEhlo;
      if (input == Input::kAuth && state_ == State::kReady && !memory_.extended) return RemarkKind::kHeloThenAuth;
      return std::nullopt;
    case Legality::kNeedsEhlo: return RemarkKind::kHeloThenAuth;
    case Legality::kNotOffered: return RemarkKind::kExtensionNotOffered;
    case Legality::kAlreadyLoggedIn:
    case Legality::kAlreadyEncrypted:
    case Legality::kNeedsBdat: return RemarkKind::kBadSequence;
    case Legality::kOutOfOrder: break;
  }
  if (state_ == State::kGreeted) return memory_.upgraded ? RemarkKind::kStarttlsWithoutEhlo : RemarkKind::kNoHelo;
  const bool in_transaction = state_ == State::kMail || state_ == State::kRcpt || state_ == State::kBdat;
  if (input == Input::kMail && in_transaction) return RemarkKind::kNestedMail;
  const bool sends_message = input == Input::kData || input == Input::kBdat || input == Input::kMessage;
  if (sends_message && memory_.refused_recipients > 0) return RemarkKind::kRecipientRefusedIgnored;
  return RemarkKind::kBadSequence;
}

std::vector<Input> SessionState::legal_commands() const {
  std::vector<Input> commands;
  for (const CommandRow& row : kCommands) {
    if (row.verb.empty() || legality(row.input) != Legality::kLegal) continue;
    if (row.input == Input::kAuth && memory_.extended && memory_.extensions.mechanisms().empty()) continue;
    if (row.input == Input::kStarttls && !memory_.extensions.offers("STARTTLS")) continue;
    commands.push_back(row.input);
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
    change.to = transition->to;
    change.rule = transition->rule;
    remember(input, command, reply, user);
  } else if (reply.code.is_negative()) {
    change.rule = row(input).rule;
  }
  const bool in_transaction = state_ == State::kMail || state_ == State::kRcpt || state_ == State::kBdat;
  if (input == Input::kRcpt && reply.code.is_negative() && in_transaction) ++memory_.refused_recipients;
  state_ = change.to;
  return change;
}

// A refusal of what could not come changes nothing. A success is taken as the server means it, but there is no TLS in TLS.
const Transition* SessionState::row_for(Input input, ReplyCode code) const {
  const Transition* const transition = find_transition(state_, input, outcome_of(code));
  if (transition == nullptr || (!code.is_negative() && transition->needs != Needs::kPlainText)) return transition;
  return lacking(transition->needs) == Legality::kLegal ? transition : nullptr;
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

void SessionState::remember(Input input, const Command* command, const Reply& reply, std::string_view user) {
  switch (input) {
    case Input::kHelo:
    case Input::kEhlo:
      clear_buffers();
      memory_.extended = input == Input::kEhlo;
      memory_.upgraded = false;
      memory_.client_name = command != nullptr ? command->argument : std::string();
      memory_.extensions = memory_.extended ? Extensions::from_reply(reply) : Extensions();
      break;
    case Input::kMail:
      clear_buffers();
      ++memory_.transactions;
      if (command == nullptr) break;
      memory_.reverse_path = command->path;
      memory_.mail_parameters = command->parameters;
      break;
    case Input::kRcpt:
      if (command == nullptr) break;
      memory_.forward_paths.push_back(command->path);
      memory_.rcpt_parameters.push_back(command->parameters);
      break;
    case Input::kRset: clear_buffers(); break;
    case Input::kAuth:
    case Input::kAuthResponse:
      if (reply.code.is_positive()) memory_.user = user.empty() ? kUnnamedUser : user;
      break;
    case Input::kMessage:
      if (reply.code.is_positive()) ++memory_.messages;
      clear_buffers();
      break;
    case Input::kBdat:
      if (reply.code.is_negative()) clear_buffers();
      break;
    case Input::kData:
    case Input::kVrfy:
    case Input::kExpn:
    case Input::kHelp:
    case Input::kNoop:
    case Input::kQuit:
    case Input::kStarttls:
    case Input::kUnknown:
    case Input::kConnect: break;
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
