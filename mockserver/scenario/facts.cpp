#include "mockserver/scenario/facts.h"

#include <algorithm>

#include "core/text.h"

namespace scenario {
namespace {

template <typename T>
bool holds(const std::optional<T>& wanted, const T& actual) {
  return !wanted || *wanted == actual;
}

bool holds(Wanted wanted, bool right) { return wanted == Wanted::kAny || (wanted == Wanted::kRight) == right; }

std::string address_of(const smtp::Path& path) {
  if (!path.mailbox) return {};
  return path.mailbox->domain().empty() ? path.mailbox->local_part() : path.mailbox->text();
}

// The address as somebody wrote it whose MAIL or RCPT could not be parsed: what stands behind the colon, unbracketed.
std::string written_address(std::string_view argument) {
  std::string_view address = core::trim(argument.substr(std::min(argument.size(), argument.find(':') + 1)));
  if (address.starts_with('<')) address.remove_prefix(1);
  return std::string(address.substr(0, address.find('>')));
}

// A response that is no base64, does not fit the mechanism, is too long or gives the login up with "*". The session marks
// an initial response of that kind with a fault although the AUTH command itself is well-formed.
bool is_bad_credentials(const smtp::Turn& turn) {
  if (turn.claim || turn.challenge) return false;
  if (turn.input == smtp::Input::kAuth) return turn.said.fault && turn.said.command;
  return turn.input == smtp::Input::kAuthResponse;
}

// A line that is no command, other than one that was too long to tell.
bool is_unknown(const smtp::Turn& turn) {
  if (turn.input != smtp::Input::kUnknown) return false;
  return !turn.said.fault || turn.said.fault->fault != smtp::CommandFault::kTooLong;
}

constexpr unsigned bit(On on, bool set = true) { return set ? 1U << static_cast<unsigned>(on) : 0U; }

// A turn may be several things at once: AUTH with an initial response is a command and a login. A time-out is no turn.
unsigned on_bits(const smtp::Turn& turn, bool bad_credentials) {
  return bit(On::kAny) | bit(On::kCommand) | bit(On::kConnect, turn.input == smtp::Input::kConnect) |
         bit(On::kMessage, turn.input == smtp::Input::kMessage) | bit(On::kChallenge, turn.challenge.has_value()) |
         bit(On::kAuth, turn.claim.has_value() || bad_credentials) | bit(On::kUnknown, is_unknown(turn));
}

}  // namespace

Facts::Facts(const Scenario& scenario, const smtp::Turn& turn, const smtp::SessionState& state, std::string_view mechanism,
             bool initial_response)
    : scenario_(&scenario),
      turn_(&turn),
      state_(&state),
      mechanism_(mechanism),
      initial_response_(initial_response),
      bad_credentials_(is_bad_credentials(turn)),
      on_(on_bits(turn, bad_credentials_)),
      order_right_(turn.legality == smtp::Legality::kLegal),
      syntax_right_(!turn.said.fault && !turn.said.too_large && !bad_credentials_ && turn.input != smtp::Input::kUnknown) {
  if (turn.claim) judgement_ = judge(*turn.claim, scenario.accounts);
}

bool Facts::conditions_hold(const Rule& rule) const {
  const When& when = rule.when;
  if (rule.on != On::kUnknown && !(holds(when.order, order_right_) && holds(when.syntax, syntax_right_))) return false;
  if (!session_fits(when) || !login_fits(when)) return false;
  if (when.argument && !core::matches_glob(argument(), *when.argument)) return false;
  return envelope_fits(when);
}

bool Facts::session_fits(const When& when) const {
  if (when.authenticated && *when.authenticated == memory().user.empty()) return false;
  if (!holds(when.tls, memory().encrypted)) return false;
  if (!when.hello) return true;
  const Hello said = memory().extended ? Hello::kEhlo : memory().client_name.empty() ? Hello::kNone : Hello::kHelo;
  return *when.hello == said;
}

bool Facts::login_fits(const When& when) const {
  if (when.mechanism && *when.mechanism != mechanism_) return false;
  if (!holds(when.initial_response, initial_response_)) return false;
  if (when.wants && (!turn_->challenge || turn_->challenge->wants != *when.wants)) return false;
  if (when.password && (!judgement_ || judgement_->password != *when.password)) return false;
  return !when.user_known || (judgement_ && judgement_->user_known == *when.user_known);
}

bool Facts::envelope_fits(const When& when) const {
  if (when.sender && (!sender() || !core::matches_glob(*sender(), *when.sender))) return false;
  if (when.sender_is_login && *when.sender_is_login != sender_is_login()) return false;
  const auto fits_pattern = [&](const std::string& address) { return core::matches_glob(address, *when.recipient); };
  if (when.recipient && !some_recipient(fits_pattern)) return false;
  const auto fits_knowledge = [&](const std::string& address) {
    const auto is_it = [&](const Account& account) { return core::equals_ignoring_case(account.user, address); };
    return std::any_of(scenario_->accounts.begin(), scenario_->accounts.end(), is_it) == *when.recipient_known;
  };
  return !when.recipient_known || some_recipient(fits_knowledge);
}

template <typename Test>
bool Facts::some_recipient(Test test) const {
  if (asks(smtp::Input::kRcpt)) return test(recipient());
  const std::vector<smtp::Path>& taken = memory().forward_paths;
  return std::any_of(taken.begin(), taken.end(), [&](const smtp::Path& path) { return test(address_of(path)); });
}

// A user name without "@" is the local part of the user's address.
bool Facts::sender_is_login() const {
  const std::string& user = memory().user;
  if (!sender() || sender()->empty() || user.empty()) return false;
  if (user.find('@') != std::string::npos) return core::equals_ignoring_case(*sender(), user);
  return core::equals_ignoring_case(std::string_view(*sender()).substr(0, sender()->rfind('@')), user);
}

std::string_view Facts::verb() const { return turn_->said.line().substr(0, turn_->said.line().find(' ')); }

std::string_view Facts::argument() const {
  if (turn_->said.command) return turn_->said.command->argument;
  const std::string_view line = turn_->said.line();
  const std::size_t space = line.find(' ');
  return space == std::string_view::npos ? std::string_view() : core::trim(line.substr(space + 1));
}

const std::optional<std::string>& Facts::sender() const {
  if (sender_made_) return sender_;
  sender_made_ = true;
  if (asks(smtp::Input::kMail)) {
    sender_ = turn_->said.command ? address_of(turn_->said.command->path) : written_address(argument());
  } else if (memory().reverse_path) {
    sender_ = address_of(*memory().reverse_path);
  }
  return sender_;
}

std::string Facts::recipient() const {
  if (asks(smtp::Input::kRcpt)) {
    return turn_->said.command ? address_of(turn_->said.command->path) : written_address(argument());
  }
  return memory().forward_paths.empty() ? std::string() : address_of(memory().forward_paths.back());
}

}  // namespace scenario
