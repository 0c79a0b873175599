#include "smtp/server_session.h"

#include <algorithm>
#include <utility>

#include "smtp/judge.h"
#include "smtp/offer.h"

namespace smtp {
namespace {

bool may_need_utf8(const ServerConfig& config) {
  const auto offers = [](const std::optional<Extensions>& list) { return list && list->offers("SMTPUTF8"); };
  return config.extensions.offers("SMTPUTF8") || offers(config.extensions_tls) || offers(config.extensions_auth);
}

// What it is to come before the answer to this.
RemarkKind early_before(Input input) {
  if (input == Input::kConnect) return RemarkKind::kTalksBeforeGreeting;
  return input == Input::kData ? RemarkKind::kBodyBefore354 : RemarkKind::kSendsBeforeReply;
}

// A recipient that is taken and a chunk that brings something are parts of a message, of which there may be many.
bool is_progress(const Turn& turn) {
  if (turn.input == Input::kMessage) return true;
  if (turn.input == Input::kRcpt) return turn.proposed.code.is_positive();
  return turn.said.has_chunk && turn.said.command->chunk_size > 0 && turn.proposed.code.is_positive();
}

}  // namespace

ServerSession::ServerSession(const ServerConfig& config, std::string nonce)
    : config_(&config),
      state_(config.state_leniency),
      stream_(config.line_ends, config.leniency, config.limits.stream),
      login_(std::move(nonce)) {
  if (may_need_utf8(config)) stream_.allow_utf8();
  follow_offer();
}

void ServerSession::receive(std::string_view bytes) {
  if (over_) return;
  if (state_.state() == State::kHandshake) {
    close();  // in clear where TLS must come: as bad as behind STARTTLS
  } else {
    stream_.receive(bytes);
  }
}

std::optional<Turn> ServerSession::next_turn() {
  std::optional<Turn> turn;  // filled where the caller has it: to move one costs more than to judge it
  if (over_ || answering_ || state_.state() == State::kHandshake) return turn;
  if (std::exchange(was_answered_, false)) early_up_to_ = stream_.received();
  const bool came_early = stream_.handed_out() < early_up_to_;
  turn.emplace();
  if (state_.state() == State::kConnected) {
    Judge(*config_, state_).greet(*turn);
  } else if (std::optional<Said> said = stream_.next()) {
    turn->said = std::move(*said);
    judge(*turn);
    remark_haste(*turn, came_early);
    count(*turn);
  } else if (stream_.gave_up()) {
    line_without_end(*turn);
  } else {
    if (is_in_message()) state_.set_message_octets(stream_.message_octets());
    turn.reset();
    return turn;
  }
  answering_ = turn->input;
  closes_ = turn->closes;
  command_ = turn->said.fault ? taken_as_written(turn->said.line(), turn->input) : turn->said.command;
  return turn;
}

void ServerSession::line_without_end(Turn& turn) {
  turn.input = Input::kUnknown;
  turn.said.bytes = stream_.pending();
  turn.said.octets = stream_.hand_out();
  turn.said.line_end = LineEnd::kNone;
  turn.said.fault = CommandError{CommandFault::kTooLong,
                                 Input::kUnknown,
                                 {core::Blame::kPeer, {"a line without end", "一行没有结尾"}, "RFC 5321 §4.5.3.1.4", {}}};
  turn.said.remarks.push_back({RemarkKind::kLineTooLong, {0, turn.said.bytes.size()}});
  turn.said.secrets = stream_.pending_secrets();
  turn.proposed = Judge(*config_, state_).reply(421, "4.5.6", config_->name + " Line too long, closing connection");
  turn.closes = true;
}

// A group may begin with the end of a message (RFC 2920 §3.1). What changes the offer ends a group, so it may be asked later,
// too.
bool ServerSession::has_to_be_awaited(Input input) const {
  const bool in_group = input == Input::kMessage || !row(input).ends_group;
  return !in_group || !state_.memory().extensions.offers("PIPELINING");
}

// More has come already, which the client may not send before it has the answer to this: said here, for whoever answers. What
// comes while the answer is on its way is remarked on itself. What the network has not brought yet is not seen.
//
// An empty line that came together with the base64 before it is nobody's answer: an encoder that ends its lines in CRLF put
// it there (RFC 2045 §6.8). When it ends them in LF the stream knows by itself.
void ServerSession::remark_haste(Turn& turn, bool came_early) {
  const bool was_login = std::exchange(login_is_followed_, false);
  const Said& said = turn.said;
  std::optional<RemarkKind> haste;
  if (came_early && !is_told_early_ && has_to_be_awaited(awaited_)) haste = early_before(awaited_);
  if (haste) turn.said.remarks.push_back({*haste, {}});
  awaited_ = turn.input;
  const bool is_early = stream_.has_unread() && has_to_be_awaited(turn.input);
  is_told_early_ = is_early;
  if (is_early && haste != RemarkKind::kSendsBeforeReply) turn.said.remarks.push_back({RemarkKind::kSendsBeforeReply, {}});
  if (was_login && said.line_end == LineEnd::kCrlf && said.bytes.size() == 2)
    turn.said.remarks.push_back({RemarkKind::kBase64ExtraNewline, {0, 2}});
  const bool is_base64 = turn.input == Input::kAuthResponse || (said.command && said.command->initial_response);
  login_is_followed_ = is_early && is_base64 && said.line_end == LineEnd::kCrlf && said.bytes.size() > 2;
}

void ServerSession::judge(Turn& turn) {
  turn.input = turn.said.input;
  turn.legality = state_.legality(turn.input);
  const Judge judge(*config_, state_);
  if (judge.refuse_line_end(turn)) return;
  if (turn.input == Input::kMessage || turn.said.has_chunk) {
    state_.set_message_octets(turn.said.message_size);
    judge.message(turn);
  } else if (turn.input == Input::kAuthResponse) {
    login_.respond(turn, judge);
  } else if (turn.input == Input::kAuth) {
    login_.begin(turn, judge);
  } else {
    judge.command(turn, stream_.has_unread());
  }
}

void ServerSession::count(Turn& turn) {
  is_counted_ = !is_progress(turn);
  if (!is_counted_ || ++commands_ <= config_->limits.commands_without_mail) return;
  turn.proposed =
      Judge(*config_, state_).reply(421, "4.7.0", config_->name + " Too many commands without a message, closing connection");
  turn.closes = true;
  turn.challenge.reset();
  turn.claim.reset();
}

Answered ServerSession::answer(const Reply& reply, std::string bytes, bool close_behind) {
  const Answered answered = follow(reply);
  actions_.emplace_back(core::Send{std::move(bytes)});
  end_turn(answered.change, close_behind);
  return answered;
}

Answered ServerSession::answer(const Reply& reply, core::Actions speech, bool close_behind) {
  const Answered answered = follow(reply);
  for (core::Action& action : speech) actions_.push_back(std::move(action));
  end_turn(answered.change, close_behind);
  return answered;
}

Answered ServerSession::follow(const Reply& reply) {
  const Input input = *answering_;
  answering_.reset();
  was_answered_ = true;
  const StateChange change = state_.apply(input, command_ ? &*command_ : nullptr, reply, login_.claimed_user());
  command_.reset();
  follow_state(input, reply);
  return {input, change};
}

void ServerSession::end_turn(const StateChange& change, bool close_behind) {
  const bool begins_tls = change.to == State::kHandshake;
  // Octets may have come while the answer was thought over.
  if (close_behind || closes_ || state_.state() == State::kClosed || (begins_tls && stream_.has_unread())) {
    close();
  } else if (begins_tls) {
    actions_.emplace_back(core::StartTls{});
  }
}

void ServerSession::follow_state(Input input, const Reply& reply) {
  const State state = state_.state();
  login_.answered(input, reply, state == State::kAuth);
  if (state == State::kAuth) {
    stream_.set_mode(Mode::kAuth);
    stream_.expect_response(login_.next_is_secret(), login_.next_is_plain());
    return;
  }
  stream_.set_mode(state == State::kData ? Mode::kData : Mode::kCommand);
  if (state != State::kBdat) stream_.forget_chunks();
  if (input == Input::kAuth || input == Input::kAuthResponse) follow_offer();
  if (input == Input::kMessage && reply.code.is_positive()) commands_ = 0;
  if (input != Input::kMessage && reply.code.is_negative() && !is_counted_) ++commands_;  // no progress after all
}

// RFC 3030 §2: the chunk is taken whatever the answer is, by a server that has the command.
void ServerSession::follow_offer() { stream_.set_chunking(Offer(*config_, state_.memory()).has_command(Input::kBdat)); }

// Behind a line of a login that is not answered yet nobody knows which one is the password.
std::vector<core::Span> ServerSession::secrets_in(std::string_view untold) const {
  const bool in_doubt = answering_ == Input::kAuth || answering_ == Input::kAuthResponse;
  if (!in_doubt || untold.empty()) return stream_.secrets_in(untold);
  return {{0, untold.size()}};
}

StateChange ServerSession::secured() {
  const StateChange change = state_.secured();
  if (change.from != change.to) {
    stream_.forget();
    login_.forget();
    was_answered_ = false;  // the 220 was; and nothing comes early behind a handshake
  }
  follow_offer();
  return change;
}

std::string ServerSession::time_out() {
  std::string bytes;
  if (state_.state() != State::kHandshake) {
    const Reply reply = Judge(*config_, state_).reply(421, "4.4.2", config_->name + " Timeout, closing connection");
    bytes = serialise(reply);
    actions_.emplace_back(core::Send{bytes});
    state_.apply(Input::kUnknown, nullptr, reply);
  }
  close();
  return bytes;
}

void ServerSession::close() {
  actions_.emplace_back(core::Close{});
  over_ = true;
}

core::Actions ServerSession::take_actions() { return std::exchange(actions_, {}); }

}  // namespace smtp
