#include "smtp/session_state.h"

namespace smtp {

Legality SessionState::legality(Input input) const {
  if (!has_transition(state_, input)) return Legality::kOutOfOrder;
  if (input == Input::kAuth) {
    if (!memory_.user.empty()) return Legality::kAlreadyLoggedIn;
    if (!memory_.extended && !auth_after_helo_) return Legality::kNeedsEhlo;
  }
  return Legality::kLegal;
}

std::optional<RemarkKind> SessionState::order_remark(Input input) const {
  switch (legality(input)) {
    case Legality::kLegal: return std::nullopt;
    case Legality::kNeedsEhlo: return RemarkKind::kHeloThenAuth;
    case Legality::kAlreadyLoggedIn: return RemarkKind::kBadSequence;
    case Legality::kOutOfOrder: break;
  }
  if (state_ == State::kGreeted) return RemarkKind::kNoHelo;
  if (input == Input::kMail && (state_ == State::kMail || state_ == State::kRcpt)) return RemarkKind::kNestedMail;
  if (input == Input::kData && memory_.refused_recipients > 0) return RemarkKind::kRecipientRefusedIgnored;
  return RemarkKind::kBadSequence;
}

std::vector<Input> SessionState::legal_commands() const {
  std::vector<Input> commands;
  for (const CommandRow& row : kCommands) {
    if (row.verb.empty() || legality(row.input) != Legality::kLegal) continue;
    if (row.input == Input::kAuth && memory_.extended && !memory_.extensions.offers("AUTH")) continue;
    commands.push_back(row.input);
  }
  return commands;
}

StateChange SessionState::apply(Input input, const Command* command, const Reply& reply, std::string_view user) {
  StateChange change{state_, state_, {}};
  const Transition* const transition = find_transition(state_, input, outcome_of(reply.code));
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
  if (input == Input::kRcpt && reply.code.is_negative() && state_ != State::kReady) ++memory_.refused_recipients;
  state_ = change.to;
  return change;
}

void SessionState::remember(Input input, const Command* command, const Reply& reply, std::string_view user) {
  switch (input) {
    case Input::kHelo:
    case Input::kEhlo:
      clear_buffers();
      memory_.extended = input == Input::kEhlo;
      memory_.client_name = command != nullptr ? command->argument : std::string();
      memory_.extensions = memory_.extended ? Extensions::from_reply(reply) : Extensions();
      break;
    case Input::kMail:
      clear_buffers();
      if (command != nullptr) memory_.reverse_path = command->path;
      break;
    case Input::kRcpt:
      if (command != nullptr) memory_.forward_paths.push_back(command->path);
      break;
    case Input::kRset: clear_buffers(); break;
    case Input::kAuth:
    case Input::kAuthResponse:
      if (reply.code.is_positive()) memory_.user = user;
      break;
    case Input::kMessage:
      if (reply.code.is_positive()) ++memory_.messages;
      clear_buffers();
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
  memory_.forward_paths.clear();
  memory_.refused_recipients = 0;
  memory_.message_size = 0;
}

}  // namespace smtp
