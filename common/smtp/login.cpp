#include "smtp/login.h"

#include <utility>
#include <variant>

#include "core/base64.h"
#include "sasl/response_line.h"

namespace smtp {
namespace {

// RFC 4954 §4: the mechanism is there, but not in clear.
bool needs_tls(const Judge& judge, std::string_view mechanism) {
  const auto& inside = judge.config().extensions_tls;
  return !judge.memory().encrypted && inside && inside->offers_mechanism(mechanism);
}

void refuse(Turn& turn, core::Error error, Reply reply) {
  turn.said.fault = CommandError{CommandFault::kSyntax, turn.input, std::move(error)};
  turn.proposed = std::move(reply);
}

}  // namespace

void Login::begin(Turn& turn, const Judge& judge) {
  const bool offered = turn.said.command && judge.offer().offers_mechanism(turn.said.command->mechanism);
  const bool hidden = turn.said.command && !offered && needs_tls(judge, turn.said.command->mechanism);
  if (hidden && turn.legality == Legality::kLegal) {
    turn.proposed = judge.reply(538, "5.7.11", "Encryption required for requested authentication mechanism");
    turn.said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
    return;
  }
  if (judge.refuse(turn)) return;
  if (refused_ >= judge.config().limits.auth_attempts) {
    turn.proposed = judge.reply(421, "4.7.0", judge.config().name + " Too many failed logins, closing connection");
    turn.closes = true;
    return;
  }
  const Command& command = *turn.said.command;
  exchange_ = offered ? sasl::Exchange::begin(command.mechanism, server_part(judge.config())) : std::nullopt;
  if (!exchange_) {
    turn.proposed = judge.reply(504, "5.5.4", "Authentication mechanism not supported");
    turn.said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
  } else if (command.initial_response) {
    take_response(turn, judge, *command.initial_response);
  } else {
    turn.challenge = exchange_->first_challenge();
    turn.proposed = judge.reply(334, "", core::base64_encode(turn.challenge->octets));
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
    turn.proposed = judge.reply(500, "5.5.6", "Authentication exchange line is too long");
  } else if (turn.said.line() == "*") {
    // RFC 4954 §4: a line of one asterisk cancels the exchange and is answered 501.
    refuse(turn, {core::Blame::kPeer, {"the client cancelled the exchange", "客户端取消了交换"}, "RFC 4954 §4", {}},
           judge.reply(501, "5.7.0", "Authentication cancelled"));
  } else if (!exchange_) {
    // A scenario said 334 to a mechanism that the core does not know.
    refuse(turn, {core::Blame::kCaller, {"this mechanism is not known here", "这里没有这种机制"}, "RFC 4954 §4", {}},
           judge.reply(501, "5.5.4", "Authentication mechanism not supported"));
  } else {
    take_response(turn, judge, turn.said.line());
  }
}

void Login::take_response(Turn& turn, const Judge& judge, std::string_view base64) {
  const auto decoded =
      sasl::decode_response(base64, turn.input == Input::kAuth ? sasl::ResponsePlace::kInitial : sasl::ResponsePlace::kLater);
  if (!decoded) {
    refuse(turn, decoded.error(), judge.reply(501, "5.5.2", "Cannot decode the response, it must be base64"));
    return;
  }
  auto step = exchange_->respond(*decoded);
  if (step) {
    take_step(turn, judge, std::move(*step));
  } else {
    refuse(turn, step.error(), judge.reply(501, "5.5.2", "The response does not fit the mechanism"));
  }
}

void Login::take_step(Turn& turn, const Judge& judge, sasl::Step step) {
  if (auto* challenge = std::get_if<sasl::Challenge>(&step)) {
    turn.proposed = judge.reply(334, "", core::base64_encode(challenge->octets));
    turn.challenge = std::move(*challenge);
    return;
  }
  turn.claim = std::move(std::get<sasl::Claim>(step));
  claimed_user_ = turn.claim->user;
  turn.proposed = judge.reply(535, "5.7.8", "Authentication credentials invalid");
}

void Login::answered(Input input, const Reply& reply, bool goes_on) {
  if (input != Input::kAuth && input != Input::kAuthResponse) return;
  if (goes_on) {
    const auto challenge = core::base64_decode(reply.lines.empty() ? std::string() : reply.lines.front());
    if (exchange_ && challenge) exchange_->challenged(*challenge);
    return;
  }
  if (reply.code.is_negative() && (exchange_ || input == Input::kAuthResponse)) ++refused_;
  forget();
}

void Login::forget() {
  exchange_.reset();
  claimed_user_.clear();
}

}  // namespace smtp
