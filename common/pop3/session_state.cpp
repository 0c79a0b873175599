#include "pop3/session_state.h"

#include <charconv>
#include <utility>

#include "pop3/words.h"

namespace pop3 {
namespace {

// RFC 1939 §7: the time stamp in the greeting has the form of a message identifier.
std::string_view time_stamp_in(std::string_view greeting) {
  const std::size_t end = greeting.rfind('>');
  const std::size_t begin = end == std::string_view::npos ? end : greeting.rfind('<', end);
  if (begin == std::string_view::npos) return {};
  const std::string_view stamp = greeting.substr(begin, end + 1 - begin);
  return stamp.find('@') == std::string_view::npos || stamp.find(' ') != std::string_view::npos ? std::string_view() : stamp;
}

template <typename Number>
std::optional<Number> number_in(std::string_view word) {
  Number number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size() && !word.empty() ? std::optional(number) : std::nullopt;
}

}  // namespace

const NotNow* SessionState::not_now(Input input) const {
  if (!has_transition(state_, input)) return &find_not_now(state_, input, Lacking::kState);
  if (input != Input::kStls) return nullptr;
  if (memory_.encrypted) return &find_not_now(state_, input, Lacking::kPlainText);
  return memory_.utf8 ? &find_not_now(state_, input, Lacking::kNoUtf8) : nullptr;
}

std::optional<RemarkKind> SessionState::number_remark(const Command& command) const {
  const Argument argument = row(command.verb).argument;
  const bool names_message = argument == Argument::kMessage || argument == Argument::kMessageAndLines ||
                             (argument == Argument::kMessageOrNone && !command.argument.empty());
  if (!names_message || state_ != State::kTransaction) return std::nullopt;
  if (command.message == 0 || (memory_.messages && command.message > *memory_.messages)) return RemarkKind::kNumberNotThere;
  return memory_.marks.count(command.message) > 0 ? std::optional(RemarkKind::kNumberDeleted) : std::nullopt;
}

bool SessionState::is_offered(Input input, const Capabilities& capabilities) const {
  if (input == Input::kApop) return !memory_.time_stamp.empty();
  const std::string_view by = row(input).offered_by;
  return by.empty() || capabilities.offers(by);
}

std::vector<Input> SessionState::legal_commands() const {
  std::vector<Input> commands;
  for (const InputRow& one : kInputs) {
    if (one.verb.empty() || not_now(one.input) != nullptr) continue;
    // Before CAPA nobody knows; of APOP the greeting has told.
    const bool is_known = memory_.capabilities.has_value() || one.input == Input::kApop;
    if (is_known && !is_offered(one.input, memory_.capabilities.value_or(Capabilities()))) continue;
    commands.push_back(one.input);
  }
  return commands;
}

StateChange SessionState::apply(Input input, const Command* command, const Answer& answer, std::string_view user) {
  StateChange change{state_, state_, {}};
  const Transition* const transition = find_transition(state_, input, answer.outcome);
  // There is no TLS in TLS, whatever a server says.
  const bool fits = transition != nullptr && !(input == Input::kStls && memory_.encrypted);
  if (fits) {
    change.to = transition->to.value_or(state_);
    change.rule = transition->rule;
    if (answer.outcome == Outcome::kOk) remember(input, command, answer, user);
  } else if (answer.outcome == Outcome::kRefused) {
    change.rule = row(input).rule;
  }
  state_ = change.to;
  return change;
}

void SessionState::remember(Input input, const Command* command, const Answer& answer, std::string_view user) {
  switch (input) {
    case Input::kConnect: memory_.time_stamp = time_stamp_in(answer.text); break;
    case Input::kUser: memory_.name = command != nullptr ? command->user : std::string(); break;
    case Input::kPass: log_in(memory_.name); break;
    case Input::kApop: log_in(command != nullptr ? std::string_view(command->user) : std::string_view()); break;
    case Input::kAuth:
    case Input::kAuthResponse: log_in(user); break;
    case Input::kUtf8: memory_.utf8 = true; break;
    case Input::kStat: {
      std::string_view text = answer.text;
      const auto messages = number_in<std::uint32_t>(take_word(text));
      const auto octets = number_in<std::uint64_t>(take_word(text));
      // Of what is left: those that are marked are not counted.
      if (messages && octets && memory_.marks.empty()) learn_count(*messages, *octets);
      break;
    }
    case Input::kRetr: ++memory_.retrieved; break;
    case Input::kDele:
      if (command != nullptr) memory_.marks.insert(command->message);
      break;
    case Input::kRset: memory_.marks.clear(); break;
    case Input::kCapa:
    case Input::kStls:
    case Input::kList:
    case Input::kNoop:
    case Input::kTop:
    case Input::kUidl:
    case Input::kQuit:
    case Input::kUnknown: break;
  }
}

void SessionState::log_in(std::string_view user) {
  memory_.user = user.empty() ? kUnnamedUser : user;
  memory_.capabilities.reset();  // they may be others now (RFC 2449 §5)
}

void SessionState::learn_count(std::uint32_t messages, std::uint64_t octets) {
  memory_.messages = messages;
  memory_.octets = octets;
}

void SessionState::forget_count() {
  memory_.messages.reset();
  memory_.octets.reset();
}

StateChange SessionState::secured() {
  if (state_ == State::kConnected) {
    memory_.encrypted = true;
    return {state_, state_, "RFC 8314 §3.1"};
  }
  if (state_ != State::kHandshake) return {state_, state_, {}};
  Memory fresh;
  fresh.time_stamp = std::move(memory_.time_stamp);
  fresh.encrypted = fresh.upgraded = true;
  memory_ = std::move(fresh);
  state_ = State::kAuthorization;
  return {State::kHandshake, state_, "RFC 2595 §4"};
}

StateChange SessionState::close() {
  const StateChange change{state_, state_ == State::kUpdate ? state_ : State::kClosed, "RFC 1939 §3"};
  state_ = change.to;
  return change;
}

}  // namespace pop3
