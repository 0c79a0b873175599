#include "pop3/server_session.h"

#include <utility>

namespace pop3 {

ServerSession::ServerSession(const ServerConfig& config, std::string nonce)
    : config_(&config), nonce_(nonce), stream_(config.limits.stream), login_(std::move(nonce)) {}

void ServerSession::receive(std::string_view bytes) {
  if (over_) return;
  if (state_.state() == State::kHandshake) {
    dropped_ += bytes.size();
  } else {
    stream_.receive(bytes);
  }
}

std::optional<Turn> ServerSession::next_turn() {
  if (over_ || answering_ || body_ || state_.state() == State::kHandshake) return std::nullopt;
  std::optional<Turn> turn(std::in_place);
  if (state_.state() == State::kConnected) {
    judge().greet(*turn, nonce_);
    if (stream_.has_unread()) turn->said.remarks.push_back({RemarkKind::kSpeaksBeforeGreeting, {}});
  } else if (std::optional<Said> said = stream_.next()) {
    turn->said = std::move(*said);
    turn->input = turn->said.input;
    propose(*turn);
    remark_haste(*turn);
    count(*turn);
  } else if (stream_.gave_up()) {
    line_without_end(*turn);
  } else {
    return std::nullopt;
  }
  answering_ = turn->input;
  closes_ = turn->closes;
  command_ = turn->said.command;
  return turn;
}

void ServerSession::line_without_end(Turn& turn) const {
  turn.input = Input::kUnknown;
  turn.said.bytes = stream_.pending();
  turn.said.octets = stream_.held();
  turn.said.line_end = LineEnd::kNone;
  turn.said.fault = CommandError{
      CommandFault::kTooLong, Input::kUnknown, {core::Blame::kPeer, {"a line without end", "一行没有结尾"}, "RFC 2449 §4", {}}};
  turn.said.remarks.push_back({RemarkKind::kLineTooLong, {0, turn.said.bytes.size()}});
  turn.said.secrets = stream_.secrets_in(turn.said.bytes);
  turn.proposed = judge().refused({}, "the line is too long, closing connection");
  turn.closes = true;
}

void ServerSession::propose(Turn& turn) {
  turn.not_now = turn.input == Input::kUnknown ? nullptr : state_.not_now(turn.input);
  const Judge judge = this->judge();
  if (judge.refuse_line_end(turn)) return;
  if (row(turn.input).begins_login) {
    login_.judge(turn, judge);
  } else {
    judge.command(turn);
  }
}

// More has come already, which the client may not send before it has the answer to this. What the network has not brought yet
// is not seen. An empty line that came together with the base64 before it is nobody's answer: an encoder that ends its lines in
// CRLF put it there (RFC 2045 §6.8). When it ends them in LF the stream knows by itself.
void ServerSession::remark_haste(Turn& turn) {
  const Said& said = turn.said;
  const bool was_login = std::exchange(login_is_followed_, false);
  const bool may_pipeline = !row(turn.input).ends_group && judge().offer().offers("PIPELINING");
  const bool is_early = stream_.has_unread() && !may_pipeline;
  if (is_early) {
    const bool is_stls = turn.input == Input::kStls && turn.proposed.outcome == Outcome::kOk;
    turn.said.remarks.push_back({is_stls ? RemarkKind::kPlaintextBehindStls : RemarkKind::kSendsBeforeAnswer, {}});
  }
  if (was_login && said.line_end == LineEnd::kCrlf && said.bytes.size() == 2)
    turn.said.remarks.push_back({RemarkKind::kBase64ExtraNewline, {0, 2}});
  const bool is_base64 = turn.input == Input::kAuthResponse || (said.command && said.command->initial_response);
  login_is_followed_ = is_early && is_base64 && said.line_end == LineEnd::kCrlf && said.bytes.size() > 2;
}

// A command that is none, or may not come, says that the client does not know what it does; some never stop.
void ServerSession::count(Turn& turn) {
  const bool is_bad = turn.input != Input::kAuthResponse && (turn.said.fault || turn.not_now != nullptr);
  bad_commands_ = is_bad ? bad_commands_ + 1 : 0;
  if (bad_commands_ <= config_->limits.bad_commands) return;
  turn.proposed = judge().refused({}, "too many bad commands, closing connection");
  turn.closes = true;
}

void ServerSession::open_maildrop(Turn& turn, std::shared_ptr<mailbox::Folder> inbox) {
  auto maildrop = Maildrop::open(std::move(inbox));
  if (!maildrop) {
    if (maildrop.error().id == "in-use") turn.said.remarks.push_back({RemarkKind::kSecondSession, {}});
    turn.proposed = judge().failed(maildrop.error());
    return;
  }
  maildrop_ = std::move(*maildrop);
  state_.learn_count(maildrop_.count(), maildrop_.octets_without({}));
  const std::string& user = login_.claimed_user();
  turn.proposed = Judge::ok((user.empty() ? "the" : user + "'s") + " maildrop has " + judge().amount());
}

void ServerSession::update(Turn& turn) {
  const auto removed = maildrop_.remove(state_.memory().marks);
  if (!removed) turn.proposed = judge().refused(kCodeTemporary, "some deleted messages not removed");
}

Answered ServerSession::answer(Answer answer, bool close_behind) {
  const Answered answered = follow(answer);
  actions_.emplace_back(core::Send{first_line(answer)});
  if (answer.lines) answer.source = source_of(std::move(*answer.lines));
  if (answer.source != nullptr) {
    body_.emplace(Body{std::move(answer.source), {}, close_behind});
  } else {
    end_turn(close_behind);
  }
  return answered;
}

Answered ServerSession::answer(const Answer& meaning, core::Actions speech, bool close_behind) {
  const Answered answered = follow(meaning);
  for (core::Action& action : speech) actions_.push_back(std::move(action));
  end_turn(close_behind);
  return answered;
}

core::Result<std::string> ServerSession::next_piece() {
  auto octets = body_->source->next();
  if (!octets) {
    body_.reset();
    close();
    return core::Failure(octets.error());
  }
  std::string piece;
  if (!octets->empty()) {
    body_->writer.write(*octets, piece);
    return piece;
  }
  body_->writer.finish(piece);
  const bool close_behind = body_->close_behind;
  body_.reset();
  end_turn(close_behind);
  return piece;
}

Answered ServerSession::follow(const Answer& answer) {
  const Input input = *answering_;
  answering_.reset();
  const StateChange change = state_.apply(input, command_ ? &*command_ : nullptr, answer, login_.claimed_user());
  command_.reset();
  follow_state(input, answer);
  return {input, change};
}

void ServerSession::follow_state(Input input, const Answer& answer) {
  const State state = state_.state();
  login_.answered(input, answer, state == State::kSasl);
  stream_.set_sasl(state == State::kSasl);
  if (state == State::kSasl) {
    stream_.expect_response(login_.next_is_secret(), login_.next_is_plain());
  } else if (state == State::kTransaction && row(input).begins_login) {
    stream_.end_login();
  } else if (state != State::kTransaction) {
    maildrop_ = Maildrop();  // gives the lock back
    if (row(input).begins_login) state_.forget_count();
  }
}

void ServerSession::end_turn(bool close_behind) {
  const State state = state_.state();
  if (close_behind || closes_ || state == State::kUpdate || state == State::kClosed) {
    close();
  } else if (state == State::kHandshake) {
    dropped_ += stream_.forget();
    actions_.emplace_back(core::StartTls{});
  }
}

StateChange ServerSession::secured() {
  const StateChange change = state_.secured();
  if (change.from != change.to) {
    stream_.forget();
    login_.forget();
  }
  return change;
}

// Behind a line of a login that is not answered yet nobody knows which one is the password.
std::vector<core::Span> ServerSession::secrets_in(std::string_view untold) const {
  const bool in_doubt = answering_ == Input::kAuth || answering_ == Input::kAuthResponse;
  if (!in_doubt || untold.empty()) return stream_.secrets_in(untold);
  return {{0, untold.size()}};
}

std::vector<Remark> ServerSession::parting_remarks() const {
  if (state_.state() != State::kTransaction || state_.memory().marks.empty()) return {};
  return {{RemarkKind::kNoQuit, {}}};
}

void ServerSession::end_without_quit(const std::optional<Answer>& farewell) {
  if (over_) return;
  if (farewell && !body_ && state_.state() != State::kHandshake) actions_.emplace_back(core::Send{first_line(*farewell)});
  close();
}

void ServerSession::close() {
  state_.close();
  maildrop_ = Maildrop();
  actions_.emplace_back(core::Close{});
  over_ = true;
}

core::Actions ServerSession::take_actions() { return std::exchange(actions_, {}); }

}  // namespace pop3
