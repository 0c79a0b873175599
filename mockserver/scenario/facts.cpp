#include "mockserver/scenario/facts.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

#include "core/text.h"
#include "mockserver/scenario/message_remarks.h"
#include "smtp/address.h"

namespace scenario {
namespace {

template <typename T>
bool holds(const std::optional<T>& wanted, const T& actual) {
  return !wanted || *wanted == actual;
}

bool holds(Wanted wanted, bool right) { return wanted == Wanted::kAny || (wanted == Wanted::kRight) == right; }

std::string address_of(const smtp::Path& path) { return path.mailbox ? path.mailbox->plain_text() : std::string(); }

// "\"alice\"@x" is alice@x (RFC 5321 §4.1.2).
std::string plain_address(std::string_view address) {
  const auto mailbox = smtp::Mailbox::parse(address, true);
  return mailbox ? mailbox->plain_text() : std::string(address);
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

// RFC 1870 §3: 1*20DIGIT; more than fits is as much as fits.
std::optional<std::size_t> number_of(const smtp::Parameter& size) {
  if (!size.value || size.value->empty()) return std::nullopt;
  std::size_t number = 0;
  const char* const end = size.value->data() + size.value->size();
  const auto [stop, error] = std::from_chars(size.value->data(), end, number);
  if (error == std::errc::result_out_of_range) return std::numeric_limits<std::size_t>::max();
  return stop == end && error == std::errc() ? std::optional(number) : std::nullopt;
}

bool over(const std::optional<std::size_t>& most, std::size_t actual) { return !most || actual > *most; }

bool fits_pattern(const std::optional<Pattern>& pattern, std::string_view text) { return !pattern || pattern->matches(text); }

// A turn may be several things at once: AUTH with an initial response is a command and a login. A time-out is no turn.
unsigned on_bits(const smtp::Turn& turn, bool bad_credentials) {
  return bit(On::kAny) | bit(On::kCommand) | bit(On::kConnect, turn.input == smtp::Input::kConnect) |
         bit(On::kMessage, turn.input == smtp::Input::kMessage) | bit(On::kChallenge, turn.challenge.has_value()) |
         bit(On::kAuth, turn.claim.has_value() || bad_credentials) | bit(On::kUnknown, is_unknown(turn));
}

}  // namespace

Facts::Facts(const Scenario& scenario, const smtp::Turn& turn, const smtp::SessionState& state, const Around& around)
    : scenario_(&scenario),
      turn_(&turn),
      state_(&state),
      around_(around),
      bad_credentials_(is_bad_credentials(turn)),
      on_(on_bits(turn, bad_credentials_)),
      order_right_(turn.legality == smtp::Legality::kLegal),
      syntax_right_(!turn.said.fault && !turn.said.too_large && !bad_credentials_ && turn.input != smtp::Input::kUnknown) {
  if (turn.claim) judgement_ = judge(*turn.claim, scenario.accounts);
}

bool Facts::conditions_hold(const Rule& rule) const {
  const When& when = rule.when;
  if (rule.on != On::kUnknown && !(holds(when.order, order_right_) && holds(when.syntax, syntax_right_))) return false;
  if (!session_fits(when) || !line_fits(when) || !login_fits(when) || !envelope_fits(when)) return false;
  if (when.message == nullptr) return true;
  if (!asks(smtp::Input::kMessage) && !turn_->said.has_chunk) return false;
  const auto is_sender = [&](std::string_view from) {
    return sender() && core::equals_ignoring_case(plain_address(from), *sender());
  };
  const auto is_users = [&](std::string_view from) { return is_login(plain_address(from)); };
  const MessageWhen& message_when = *when.message;
  if (!message().fit(message_when)) return false;
  const auto is_any = [](std::string_view) { return true; };
  if (message_when.from_has_address && *message_when.from_has_address != message().from(is_any)) return false;
  if (message_when.from_is_sender && *message_when.from_is_sender != message().from(is_sender)) return false;
  return !message_when.from_is_login || *message_when.from_is_login == message().from(is_users);
}

bool Facts::session_fits(const When& when) const {
  if (when.authenticated && *when.authenticated == memory().user.empty()) return false;
  if (!holds(when.tls, memory().encrypted) || !holds(when.state, state_->state())) return false;
  if (!over(when.connections_over, around_.connections) || !fits_pattern(when.client, client())) return false;
  if (!fits_pattern(when.user, user())) return false;
  if (!when.hello) return true;
  const Hello said = memory().extended ? Hello::kEhlo : memory().client_name.empty() ? Hello::kNone : Hello::kHelo;
  return *when.hello == said;
}

bool Facts::line_fits(const When& when) const {
  if (!fits_pattern(when.argument, argument())) return false;
  const std::vector<smtp::Remark>& remarks = turn_->said.remarks;
  const auto is_it = [&](const smtp::Remark& remark) { return remark.kind == *when.mistake; };
  if (!when.mistake || std::any_of(remarks.begin(), remarks.end(), is_it)) return true;
  return is_about_messages(*when.mistake) && asks(smtp::Input::kMessage) && message().shows(*when.mistake);
}

bool Facts::login_fits(const When& when) const {
  if (when.mechanism && *when.mechanism != around_.mechanism) return false;
  if (!holds(when.initial_response, around_.initial_response)) return false;
  if (when.wants && (!turn_->challenge || turn_->challenge->wants != *when.wants)) return false;
  if (when.password && (!judgement_ || judgement_->password != *when.password)) return false;
  return !when.user_known || (judgement_ && judgement_->user_known == *when.user_known);
}

bool Facts::envelope_fits(const When& when) const {
  if (when.sender && (!sender() || !when.sender->matches(*sender()))) return false;
  if (when.sender_is_login && *when.sender_is_login != (sender() && is_login(*sender()))) return false;
  if (!size_fits(when)) return false;
  if (when.recipient && !recipient_like(*when.recipient)) return false;
  const auto fits_knowledge = [&](std::string_view address) {
    const auto is_it = [&](const Account& account) { return core::equals_ignoring_case(account.user, address); };
    return std::any_of(scenario_->accounts.begin(), scenario_->accounts.end(), is_it) == *when.recipient_known;
  };
  return !when.recipient_known || recipient_like(fits_knowledge);
}

bool Facts::size_fits(const When& when) const {
  if (when.declared_size_over && !over(when.declared_size_over, declared_size().value_or(0))) return false;
  const std::size_t this_one = asks(smtp::Input::kRcpt) ? 1 : 0;
  return over(when.size_over, memory().message_size) && over(when.recipients_over, memory().forward_paths.size() + this_one);
}

// A user name without "@" is the local part of the user's address.
bool Facts::is_login(std::string_view address) const {
  const std::string& user = memory().user;
  if (address.empty() || user.empty()) return false;
  if (user.find('@') != std::string::npos) return core::equals_ignoring_case(address, user);
  return core::equals_ignoring_case(address.substr(0, address.rfind('@')), user);
}

template <typename Test>
std::optional<std::string> Facts::recipient_like(Test test) const {
  if (asks(smtp::Input::kRcpt)) {
    return test(recipient()) ? std::optional(recipient()) : std::nullopt;
  }
  for (const smtp::Path& path : memory().forward_paths) {
    std::string address = address_of(path);
    if (test(address)) return address;
  }
  return std::nullopt;
}

std::optional<std::string> Facts::recipient_like(const Pattern& pattern) const {
  return recipient_like([&](std::string_view address) { return pattern.matches(address); });
}

MessageFacts& Facts::message() const {
  if (!message_) message_.emplace(turn_->said.message);
  return *message_;
}

Values Facts::captures(const Rule& rule) const {
  const When& when = rule.when;
  Values all;
  const auto capture = [&](const std::optional<Pattern>& pattern, std::string_view text) {
    if (!pattern) return;
    if (auto values = pattern->captures(text)) all.merge(*values);
  };
  capture(when.argument, argument());
  capture(when.client, client());
  capture(when.user, user());
  if (when.sender) capture(when.sender, sender().value_or(""));
  if (when.recipient) capture(when.recipient, recipient_like(*when.recipient).value_or(""));
  if (when.message != nullptr) message().capture(*when.message, all);
  return all;
}

std::string_view Facts::verb() const { return turn_->said.line().substr(0, turn_->said.line().find(' ')); }

std::string_view Facts::argument() const {
  if (turn_->said.command) return turn_->said.command->argument;
  const std::string_view line = turn_->said.line();
  const std::size_t space = line.find(' ');
  return space == std::string_view::npos ? std::string_view() : core::trim(line.substr(space + 1));
}

std::string_view Facts::client() const {
  const bool introduces = asks(smtp::Input::kHelo) || asks(smtp::Input::kEhlo);
  return introduces ? argument() : std::string_view(memory().client_name);
}

std::string_view Facts::user() const { return turn_->claim ? turn_->claim->user : memory().user; }

std::optional<std::size_t> Facts::declared_size() const {
  const bool now = asks(smtp::Input::kMail) && turn_->said.command;
  const auto& parameters = now ? turn_->said.command->parameters : memory().mail_parameters;
  const smtp::Parameter* const size = smtp::find_parameter(parameters, "SIZE");
  return size == nullptr ? std::nullopt : number_of(*size);
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

const std::string& Facts::recipient() const {
  if (recipient_) return *recipient_;
  if (!asks(smtp::Input::kRcpt)) {
    recipient_ = memory().forward_paths.empty() ? std::string() : address_of(memory().forward_paths.back());
  } else if (turn_->said.command) {
    recipient_ = address_of(turn_->said.command->path);
  } else {
    recipient_ = written_address(argument());
  }
  return *recipient_;
}

}  // namespace scenario
