#include "mockserver/scenario/facts.h"

#include <algorithm>

#include "core/text.h"
#include "mockserver/scenario/message_remarks.h"
#include "smtp/address.h"

namespace scenario {
namespace {

bool fits(Wanted wanted, bool right) { return wanted == Wanted::kAny || (wanted == Wanted::kRight) == right; }

// "\"alice\"@x" is alice@x (RFC 5321 §4.1.2).
std::string plain_address(std::string_view address) {
  const auto mailbox = smtp::Mailbox::parse(address, true);
  return mailbox ? mailbox->plain_text() : std::string(address);
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

Facts::Facts(const Scenario& scenario, const smtp::Turn& turn, const smtp::SessionState& state, const Around& around)
    : Known(state.memory(), turn, around.mechanism),
      scenario_(&scenario),
      state_(&state),
      around_(around),
      bad_credentials_(is_bad_credentials(turn)),
      on_(on_bits(turn, bad_credentials_)),
      order_right_(turn.legality == smtp::Legality::kLegal),
      syntax_right_(!turn.said.fault && !turn.said.too_large && !bad_credentials_ && turn.input != smtp::Input::kUnknown) {
  if (turn.claim) judgement_ = judge(*turn.claim, scenario.accounts);
}

bool Facts::form_fits(const When& when) const { return fits(when.order, order_right_) && fits(when.syntax, syntax_right_); }

bool Facts::conditions_hold(const When& when) const {
  return std::all_of(when.conditions.begin(), when.conditions.end(), [&](const Condition& one) { return holds(one, *this); });
}

Hello Facts::hello() const {
  if (memory().extended) return Hello::kEhlo;
  return memory().client_name.empty() ? Hello::kNone : Hello::kHelo;
}

std::optional<Word> Facts::wants() const {
  return turn().challenge ? std::optional(Word(turn().challenge->wants)) : std::nullopt;
}

bool Facts::shows(smtp::RemarkKind mistake) const {
  const std::vector<smtp::Remark>& remarks = turn().said.remarks;
  const auto is_it = [&](const smtp::Remark& remark) { return remark.kind == mistake; };
  if (std::any_of(remarks.begin(), remarks.end(), is_it)) return true;
  return is_about_messages(mistake) && asks(smtp::Input::kMessage) && message().shows(mistake);
}

bool Facts::is_login(std::string_view address) const {
  const std::string& user = memory().user;
  if (address.empty() || user.empty()) return false;
  if (user.find('@') != std::string::npos) return core::equals_ignoring_case(address, user);
  return core::equals_ignoring_case(address.substr(0, address.rfind('@')), user);
}

template <typename Test>
bool Facts::any_recipient(Test test) const {
  if (asks(smtp::Input::kRcpt)) return test(recipient());
  const std::vector<smtp::Path>& taken = memory().forward_paths;
  return std::any_of(taken.begin(), taken.end(), [&](const smtp::Path& path) { return test(smtp::address_of(path)); });
}

bool Facts::has_recipient(const Pattern& pattern, Values* captures) const {
  return any_recipient([&](const std::string& address) { return fits(pattern, address, captures); });
}

bool Facts::has_recipient_known(bool known) const {
  return any_recipient([&](const std::string& address) {
    const auto is_it = [&](const Account& account) { return core::equals_ignoring_case(account.user, address); };
    return std::any_of(scenario_->accounts.begin(), scenario_->accounts.end(), is_it) == known;
  });
}

MessageFacts& Facts::message() const {
  if (!message_) message_.emplace(turn().said.message);
  return *message_;
}

bool Facts::from_is_sender() const {
  const std::optional<std::string> from = message().from();
  return from && sender() && core::equals_ignoring_case(plain_address(*from), *sender());
}

bool Facts::from_is_login() const {
  const std::optional<std::string> from = message().from();
  return from && is_login(plain_address(*from));
}

Values Facts::captures(const Rule& rule) const {
  Values all;
  for (const Condition& condition : rule.when.conditions) (void)holds(condition, *this, &all);
  return all;
}

}  // namespace scenario
