#include "mockserver/scenario/facts.h"

#include <algorithm>
#include <variant>

#include "core/text.h"
#include "mockserver/scenario/guest.h"
#include "mockserver/scenario/message_remarks.h"

namespace scenario {
namespace {

using protocol::Role;
using protocol::Turn;

bool fits(Wanted wanted, bool right) { return wanted == Wanted::kAny || (wanted == Wanted::kRight) == right; }

// A line that is no command, other than one that was too long to tell.
bool is_unknown(const Turn& turn) { return turn.input.is(Role::kUnknown) && !turn.said.is_too_long; }

constexpr unsigned bit(On on, bool set = true) { return set ? 1U << static_cast<unsigned>(on) : 0U; }

// A turn may be several things at once: a command that carries credentials is a login too. A time-out is no turn.
unsigned on_bits(const Turn& turn) {
  return bit(On::kAny) | bit(On::kCommand) | bit(On::kConnect, turn.input.is(Role::kConnect)) |
         bit(On::kMessage, turn.brings_message) | bit(On::kChallenge, turn.challenge.has_value()) |
         bit(On::kAuth, turn.claim.has_value() || turn.bad_credentials) | bit(On::kUnknown, is_unknown(turn));
}

}  // namespace

Facts::Facts(const Scenario& scenario, const protocol::ServerSession& session, const Turn& turn, const Around& around)
    : scenario_(&scenario),
      session_(&session),
      turn_(&turn),
      around_(around),
      on_(on_bits(turn)),
      order_right_(turn.in_order),
      syntax_right_(!turn.said.fault && !turn.said.too_large && !turn.bad_credentials && !turn.input.is(Role::kUnknown)) {
  if (turn.claim) judgement_ = judge(*turn.claim, scenario.accounts, scenario.guests, scenario.welcomes_anybody);
}

Facts::Facts(const Scenario& scenario, const protocol::ServerSession& session, const Around& around)
    : scenario_(&scenario), session_(&session), around_(around) {}

bool Facts::form_fits(const When& when) const { return fits(when.order, order_right_) && fits(when.syntax, syntax_right_); }

bool Facts::conditions_hold(const When& when) const {
  return std::all_of(when.conditions.begin(), when.conditions.end(), [&](const Condition& one) { return holds(one, *this); });
}

const protocol::FactValue& Facts::fact(std::string_view name) const {
  for (const auto& [known, value] : asked_) {
    if (known == name) return value;
  }
  return asked_.emplace_front(name, session_->fact(name)).second;
}

std::optional<std::string_view> Facts::known_text(std::string_view name) const {
  const auto* const text = std::get_if<std::string>(&fact(name));
  return text == nullptr ? std::nullopt : std::optional<std::string_view>(*text);
}

std::size_t Facts::number(std::string_view name) const {
  const auto* const number = std::get_if<std::size_t>(&fact(name));
  return number == nullptr ? 0 : *number;
}

bool Facts::flag(std::string_view name) const {
  const auto* const is = std::get_if<bool>(&fact(name));
  return is != nullptr && *is;
}

std::optional<bool> Facts::known_flag(std::string_view name) const {
  const auto* const is = std::get_if<bool>(&fact(name));
  return is == nullptr ? std::nullopt : std::optional(*is);
}

std::string_view Facts::hello() const {
  const std::string_view verb = text("hello");
  return verb.empty() ? kNoName : verb;
}

std::optional<Word> Facts::wants() const {
  return turn_ != nullptr && turn_->challenge ? std::optional(Word(turn_->challenge->wants)) : std::nullopt;
}

bool Facts::shows(protocol::MistakeId mistake) const {
  if (turn_ == nullptr) return false;
  const std::vector<protocol::Remark>& remarks = turn_->said.remarks;
  const auto is_it = [&](const protocol::Remark& remark) { return remark.kind == mistake; };
  if (std::any_of(remarks.begin(), remarks.end(), is_it)) return true;
  return is_about_messages(mistake) && turn_->brings_message && message().shows(mistake);
}

bool Facts::is_login(std::string_view address) const {
  const std::string_view user = text("logged-in");
  if (address.empty() || user.empty()) return false;
  if (user.find('@') != std::string_view::npos) return core::equals_ignoring_case(address, user);
  return core::equals_ignoring_case(address.substr(0, address.rfind('@')), user);
}

template <typename Test>
bool Facts::any_recipient(Test test) const {
  const auto* const recipients = std::get_if<std::vector<std::string>>(&fact("own-recipients"));
  return recipients != nullptr && std::any_of(recipients->begin(), recipients->end(), test);
}

bool Facts::has_recipient(const Pattern& pattern, Values* captures) const {
  return any_recipient([&](const std::string& address) { return fits(pattern, address, captures); });
}

bool Facts::has_recipient_known(bool known) const {
  return any_recipient([&](const std::string& address) {
    const auto is_it = [&](const Account& account) { return core::equals_ignoring_case(account.user, address); };
    const bool is_account = std::any_of(scenario_->accounts.begin(), scenario_->accounts.end(), is_it);
    return (is_account || is_guest(address, scenario_->guests) || scenario_->welcomes_anybody) == known;
  });
}

MessageFacts& Facts::message() const {
  if (!message_) message_.emplace(turn_->said.message);
  return *message_;
}

bool Facts::from_is_sender() const {
  const std::optional<std::string> from = message().from();
  const std::optional<std::string_view> sender = known_text("own-sender");
  return from && sender && core::equals_ignoring_case(*from, *sender);
}

bool Facts::from_is_login() const {
  const std::optional<std::string> from = message().from();
  return from && is_login(*from);
}

Values Facts::captures(const Rule& rule) const {
  Values all;
  for (const Condition& condition : rule.when.conditions) (void)holds(condition, *this, &all);
  return all;
}

}  // namespace scenario
