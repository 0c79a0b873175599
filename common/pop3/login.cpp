#include "pop3/login.h"

#include <utility>
#include <variant>

#include "core/base64.h"
#include "sasl/hashes.h"
#include "sasl/response_line.h"

namespace pop3 {
namespace {

void refuse(Turn& turn, core::Error error, Answer answer) {
  turn.said.fault = CommandError{CommandFault::kSyntax, turn.input, std::move(error)};
  turn.proposed = std::move(answer);
}

void propose_challenge(Turn& turn, sasl::Challenge challenge) {
  turn.proposed = {Outcome::kMore, {}, core::base64_encode(challenge.octets)};
  turn.challenge = std::move(challenge);
}

sasl::Claim claim_of_password(std::string user, std::string password) {
  sasl::Claim claim;
  claim.user = std::move(user);
  claim.password = core::Secret(std::move(password));
  claim.is_final = true;
  return claim;
}

// RFC 1939 §7: the digest is the MD5 of the time stamp, angle brackets included, and the shared secret behind it.
sasl::Claim claim_of_digest(const Command& command, std::string time_stamp) {
  sasl::Claim claim;
  claim.user = command.user;
  claim.is_proof = claim.is_final = true;
  claim.check = [time_stamp = std::move(time_stamp), digest = command.digest](std::string_view password) {
    const std::string wanted = sasl::digest(sasl::Hash::kMd5, time_stamp + std::string(password));
    return sasl::same_octets(sasl::hexadecimal(wanted), digest);
  };
  return claim;
}

}  // namespace

void Login::judge(Turn& turn, const Judge& judge) {
  if (turn.input == Input::kAuthResponse) return respond(turn, judge);
  if (judge.refuse(turn) || refuse_attempt(turn, judge)) return;
  if (turn.input == Input::kAuth) return begin(turn, judge);
  const Command& command = *turn.said.command;
  const Memory& memory = judge.state().memory();
  if (turn.input == Input::kUser) {
    turn.proposed = Judge::ok("send the password");  // for any name: who is here is not told
  } else if (turn.input == Input::kPass) {
    claim(turn, judge, claim_of_password(memory.name, command.argument));
  } else {
    claim(turn, judge, claim_of_digest(command, memory.time_stamp));
  }
}

bool Login::refuse_attempt(Turn& turn, const Judge& judge) const {
  if (refused_ < judge.config().limits.login_attempts) return false;
  turn.proposed = judge.refused(kCodeAuth, "too many failed logins");
  turn.closes = true;
  return true;
}

void Login::claim(Turn& turn, const Judge& judge, sasl::Claim claim) {
  claimed_user_ = claim.user;
  turn.claim = std::move(claim);
  turn.proposed = judge.refused(kCodeAuth, "authentication failed");
}

void Login::begin(Turn& turn, const Judge& judge) {
  const Command& command = *turn.said.command;
  const bool is_offered = judge.offer().offers_mechanism(command.mechanism);
  exchange_ = is_offered ? sasl::Exchange::begin(command.mechanism, server_part(judge.config())) : std::nullopt;
  if (!exchange_) {
    turn.proposed = judge.refused({}, "this mechanism is not supported");
    turn.said.remarks.push_back({RemarkKind::kNotOffered, {}});
  } else if (command.initial_response) {
    take_response(turn, judge, *command.initial_response);
  } else {
    propose_challenge(turn, exchange_->first_challenge());
  }
}

sasl::ServerPart Login::server_part(const ServerConfig& config) {
  sasl::ServerPart part;
  part.nonce = nonce_ + std::to_string(++exchanges_);
  part.host = config.name;
  if (!config.oauth_error.empty()) part.oauth_error = config.oauth_error;
  return part;
}

void Login::respond(Turn& turn, const Judge& judge) {
  if (turn.said.fault) {
    turn.proposed = judge.refused({}, "the line is too long");
  } else if (turn.said.line() == "*") {
    refuse(turn, {core::Blame::kPeer, {"the client cancelled the exchange", "客户端取消了交换"}, "RFC 5034 §4", {}},
           judge.refused({}, "authentication cancelled"));
  } else if (!exchange_) {
    // A scenario said "+" to a mechanism that the core does not know.
    refuse(turn, {core::Blame::kCaller, {"this mechanism is not known here", "这里没有这种机制"}, "RFC 5034 §4", {}},
           judge.refused({}, "this mechanism is not supported"));
  } else {
    take_response(turn, judge, turn.said.line());
  }
}

void Login::take_response(Turn& turn, const Judge& judge, std::string_view base64) {
  const auto place = turn.input == Input::kAuth ? sasl::ResponsePlace::kInitial : sasl::ResponsePlace::kLater;
  const auto decoded = sasl::decode_response(base64, place);
  if (!decoded) return refuse(turn, decoded.error(), judge.refused({}, "cannot decode the response, it must be base64"));
  auto step = exchange_->respond(*decoded);
  if (!step) return refuse(turn, step.error(), judge.refused({}, "the response does not fit the mechanism"));
  if (auto* const challenge = std::get_if<sasl::Challenge>(&*step)) return propose_challenge(turn, std::move(*challenge));
  claim(turn, judge, std::move(std::get<sasl::Claim>(*step)));
}

void Login::answered(Input input, const Answer& answer, bool goes_on) {
  if (!row(input).begins_login || input == Input::kUser) return;
  if (goes_on) {
    const auto challenge = core::base64_decode(answer.text);
    if (exchange_ && challenge) exchange_->challenged(*challenge);
    return;
  }
  const bool was_attempt = exchange_ || input != Input::kAuth;
  if (answer.outcome == Outcome::kRefused && was_attempt) ++refused_;
  forget();
}

void Login::forget() {
  exchange_.reset();
  claimed_user_.clear();
}

}  // namespace pop3
