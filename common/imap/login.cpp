#include "imap/login.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/base64.h"
#include "sasl/response_line.h"

namespace imap {
namespace {

Login::Step refused(core::Error error, Answer answer) {
  Login::Step step;
  step.answer = std::move(answer);
  step.fault = std::move(error);
  return step;
}

}  // namespace

Login::Step Login::challenge(sasl::Challenge challenge) {
  Step step;
  step.answer = {Condition::kMore, {}, core::base64_encode(challenge.octets)};
  step.challenge = std::move(challenge);
  return step;
}

Login::Step Login::claim(sasl::Claim claim) {
  claimed_user_ = claim.user;
  Step step;
  step.answer = no("authentication failed", "AUTHENTICATIONFAILED");
  step.claim = std::move(claim);
  return step;
}

Login::Step Login::begin(const Command& command, const Capabilities& offers) {
  if (refused_ >= config_.limits.login_attempts) {
    Step step;
    step.answer = {Condition::kBye, {}, "too many failed logins"};
    step.closes = true;
    return step;
  }
  if (command.verb == Input::kLogin) {
    const auto& words = command.words<LoginWords>();
    sasl::Claim said;
    said.user = words.user;
    said.password = core::Secret(words.password);
    said.is_final = true;
    return claim(std::move(said));
  }
  const auto& words = command.words<Authenticate>();
  const std::vector<std::string> mechanisms = offers.mechanisms();
  const bool is_offered = std::find(mechanisms.begin(), mechanisms.end(), words.mechanism) != mechanisms.end();
  sasl::ServerPart part;
  part.nonce = nonce_ + std::to_string(++exchanges_);
  part.host = config_.name;
  if (!config_.oauth_error.empty()) part.oauth_error = config_.oauth_error;
  exchange_ = is_offered ? sasl::Exchange::begin(words.mechanism, part) : std::nullopt;
  if (!exchange_) {
    return refused({core::Blame::kPeer, {"this mechanism is not offered", "服务器不提供这种机制"}, "RFC 9051 §6.2.2", {}},
                   no("this mechanism is not supported", "CANNOT"));
  }
  if (words.initial_response) return take_response(*words.initial_response, true);
  return challenge(exchange_->first_challenge());
}

Login::Step Login::respond(std::string_view line) {
  if (line == "*") {
    return refused({core::Blame::kPeer, {"the client cancelled the exchange", "客户端取消了交换"}, "RFC 9051 §6.2.2", {}},
                   bad("authentication cancelled"));
  }
  if (!exchange_) {
    // A scenario said "+" to a mechanism that the core does not know.
    return refused({core::Blame::kCaller, {"this mechanism is not known here", "这里没有这种机制"}, "RFC 9051 §6.2.2", {}},
                   no("this mechanism is not supported", "CANNOT"));
  }
  return take_response(line, false);
}

Login::Step Login::take_response(std::string_view base64, bool is_initial) {
  const auto place = is_initial ? sasl::ResponsePlace::kInitial : sasl::ResponsePlace::kLater;
  const auto decoded = sasl::decode_response(base64, place);
  if (!decoded) return refused(decoded.error(), bad("cannot decode the response, it must be base64"));
  auto step = exchange_->respond(*decoded);
  if (!step) return refused(step.error(), no("the response does not fit the mechanism", "AUTHENTICATIONFAILED"));
  if (auto* const asked = std::get_if<sasl::Challenge>(&*step)) return challenge(std::move(*asked));
  return claim(std::move(std::get<sasl::Claim>(*step)));
}

void Login::answered(const protocol::Answer& answer, bool goes_on) {
  if (goes_on) {
    const auto challenge = answer.lines.empty() ? std::nullopt : std::optional(core::base64_decode(answer.lines.front()));
    if (exchange_ && challenge && *challenge) exchange_->challenged(**challenge);
    return;
  }
  if (answer.is_negative()) ++refused_;
  forget();
}

void Login::forget() {
  exchange_.reset();
  claimed_user_.clear();
}

}  // namespace imap
