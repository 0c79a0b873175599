#include "dialogue/auth_turn.h"

namespace dialogue {
namespace {

bool is_auth(const Event& event) { return event.input && event.input->is_of_login(); }

}  // namespace

std::optional<AuthTurn> auth_turn(const Log& log, const Event& event) {
  if (!is_auth(event)) return std::nullopt;
  std::optional<AuthTurn> turn;  // the exchange that runs, and how many responses it has seen
  for (const Event& one : log.events()) {
    if (one.number > event.number) break;
    if (one.kind == Kind::kConnected) turn.reset();
    if (one.kind == Kind::kClient && one.is_command && one.login) {
      turn = AuthTurn{one.login->mechanism, sasl::Speaker::kClient, 0};
      if (one.number == event.number) return turn;
      if (one.login->response) turn->round = 1;
    } else if (turn && is_auth(one)) {
      turn->speaker = one.kind == Kind::kServer ? sasl::Speaker::kServer : sasl::Speaker::kClient;
      if (one.kind == Kind::kServer && one.reply && !one.reply->is_more()) turn.reset();
      if (one.number == event.number) return turn;
      if (one.kind == Kind::kClient && one.bytes.ends_with('\n')) ++turn->round;
    }
  }
  return std::nullopt;
}

}  // namespace dialogue
