#include "imap/server_session.h"

#include <utility>

#include "core/base64.h"
#include "core/show.h"
#include "imap/extensions.h"
#include "imap/facts.h"
#include "imap/plain_answer.h"
#include "imap/refusal.h"
#include "imap/strangers.h"

namespace imap {
namespace {

constexpr std::size_t kDataAtOnce = std::size_t{32} * 1024;  // octets of data that are collected into one piece

}  // namespace

ServerSession::ServerSession(const ServerConfig& config, std::string nonce)
    : config_(config),
      state_(config.names),
      stream_(config.limits.stream),
      login_(config, std::move(nonce)),
      mail_(config, state_) {}

void ServerSession::receive(std::string_view bytes) {
  if (over_ || state_.state() == State::kHandshake) return;
  stream_.receive(bytes);
}

Capabilities ServerSession::offers() const {
  const bool logged_in = (kLoggedIn | kWaiting).has(state_.state());
  return config_.announced(state_.memory().encrypted, logged_in);
}

std::optional<protocol::Turn> ServerSession::next_turn() {
  if (over_ || asked_ || body_ || state_.state() == State::kHandshake) return std::nullopt;
  if (state_.state() == State::kConnected) return greet();
  if (auto frame = stream_.next()) return take(*frame);
  return stream_.gave_up() ? std::optional(give_up()) : std::nullopt;
}

protocol::Turn ServerSession::greet() {
  asked_ = std::make_unique<Asked>();
  asked_->answer = ok(config_.name + " IMAP server ready", "CAPABILITY " + offers().text());
  protocol::Turn turn(protocol::Said{.input = Input::kConnect, .bytes = {}});
  if (stream_.has_unread()) turn.said.remarks.push_back({RemarkKind::kSpeaksBeforeGreeting, {}});
  put(turn);
  return turn;
}

// More of one command was thrown away than a client gets.
protocol::Turn ServerSession::give_up() {
  asked_ = std::make_unique<Asked>();
  asked_->input = Input::kUnknown;
  asked_->closes = true;
  asked_->answer = {Condition::kBye, {}, "the command is too long"};
  protocol::Turn turn(protocol::Said{
      .input = Input::kUnknown, .bytes = std::string(stream_.pending()), .octets = stream_.held(), .is_too_long = true});
  turn.said.line_end = LineEnd::kNone;
  turn.said.fault = too_long();
  put(turn);
  return turn;
}

protocol::Turn ServerSession::take(const Frame& frame) {
  asked_ = std::make_unique<Asked>();
  protocol::Said said{.input = Input::kUnknown, .bytes = frame.bytes, .octets = frame.octets, .line_end = frame.line_end};
  asked_->octets = said.line();
  read_frame(frame, {state_.state(), state_.memory().idle_tag, login_}, secrets_, *asked_, said);
  said.input = asked_->input;
  if (frame.line_end == LineEnd::kLf) said.remarks.push_back({RemarkKind::kBareLf, {said.bytes.size() - 1, said.bytes.size()}});
  protocol::Turn turn(std::move(said));
  propose(turn, frame);
  count(turn);
  put(turn);
  return turn;
}

std::string ServerSession::answer_tag() const {
  if (asked_->input == Input::kDone) return state_.memory().idle_tag;
  if (asked_->input == Input::kAuthResponse) return state_.memory().login_tag;
  return asked_->parsed.tag;
}

void ServerSession::propose(protocol::Turn& turn, const Frame& frame) {
  Asked& asked = *asked_;
  const bool refuses_line_end = frame.line_end == LineEnd::kLf && !config_.takes_bare_lf;
  if (refuses_line_end) {
    asked.answer = bad("a line has to end in CRLF");
  } else if (frame.kind == Frame::Kind::kLine) {
    propose_line(turn);
  } else if (asked.input == Input::kLiteral) {
    propose_literal(frame);
  } else {
    turn.in_order = asked.input == Input::kUnknown || may_come(state_.state(), asked.input);
    propose_command(turn);
  }
}

// Whoever waits with the octets of a message hears before they come that they will not be taken.
void ServerSession::propose_literal(const Frame& frame) {
  Asked& asked = *asked_;
  asked.answer = {Condition::kMore, {}, "go ahead"};
  if (asked.parsed.tag.empty()) {
    asked.answer = bad("a command begins with a tag of its own");
  } else if (frame.literal_too_long) {
    asked.answer = no("so many octets are not taken", "TOOBIG");
  } else if (may_come(state_.state(), Input::kAppend)) {
    const auto append = parse_begun_append(asked.octets);
    if (!append) return;
    if (append->fault) {
      asked.answer = bad(append->fault->text.en);
    } else if (auto refused = mail_.refusal(append->command->words<AppendWords>(), frame.literal)) {
      asked.answer = std::move(*refused);
    }
  }
}

// RFC 9051 §6.3.13: nothing but DONE ends IDLE; anything else is thrown away, and ends it as well.
void ServerSession::propose_line(protocol::Turn& turn) {
  if (asked_->input == Input::kAuthResponse) return take_step(turn, login_.respond(asked_->octets));
  const bool is_done = core::equals_ignoring_case(core::trim(asked_->octets), "DONE");
  asked_->answer = is_done ? ok("IDLE completed") : bad("only DONE ends IDLE");
  if (!is_done) {
    turn.said.fault = core::Error{core::Blame::kPeer, {"only DONE ends IDLE", "只有 DONE 能结束 IDLE"}, "RFC 9051 §6.3.13", {}};
  }
}

void ServerSession::propose_command(protocol::Turn& turn) {
  if (auto refused = refusal({state_.state(), state_.memory().encrypted, offers()}, asked_->input, asked_->parsed, config_)) {
    asked_->answer = std::move(*refused);
    if (asked_->input != Input::kUnknown && !turn.said.fault) turn.said.is_command = true;
    return;
  }
  if (asked_->input == Input::kEnable) leave_out_unknown(std::get<Enable>(asked_->parsed.command->arguments), offers());
  const Command& command = *asked_->command();
  if (row(command.verb).begins_login) return take_step(turn, login_.begin(command, offers()));
  asked_->is_carried_out = row(command.verb).changes;
  asked_->answer = asked_->is_carried_out ? ok(std::string(row(command.verb).verb) + " completed") : run(command);
}

Answer ServerSession::run(const Command& command) {
  auto answer = plain_answer(command, config_, offers(), mail_.selected());
  return answer ? std::move(*answer) : mail_.run(command, asked_->octets);
}

void ServerSession::take_step(protocol::Turn& turn, Login::Step step) {
  asked_->answer = std::move(step.answer);
  asked_->closes = step.closes;
  asked_->claim = step.claim;
  turn.bad_credentials = step.fault.has_value();
  if (step.fault && !turn.said.fault) turn.said.fault = std::move(step.fault);
  turn.challenge = std::move(step.challenge);
  turn.claim = std::move(step.claim);
}

// A command that is none, or may not come, says that the client does not know what it does; some never stop.
void ServerSession::count(protocol::Turn& turn) {
  const bool is_bad = asked_->answer.condition == Condition::kBad;
  bad_commands_ = is_bad ? bad_commands_ + 1 : 0;
  if (bad_commands_ <= config_.limits.bad_commands) return;
  asked_->answer = {Condition::kBye, {}, "too many bad commands"};
  asked_->closes = true;
  turn.closes = true;
}

// What the session proposes now.
void ServerSession::put(protocol::Turn& turn) {
  const Answer& answer = asked_->answer;
  const std::string tag = answer.condition == Condition::kBye ? std::string() : answer_tag();
  asked_->told = neutral(answer, tag);
  turn.proposed = asked_->told;
  const bool may_have_news = answer.condition != Condition::kMore && asked_->input != Input::kLiteral;
  turn.is_pulled = answer.has_data() || asked_->is_carried_out || (may_have_news && mail_.has_news());
  turn.bytes = turn.is_pulled ? std::string() : octets_of(turn.proposed);
  turn.closes = asked_->closes;
}

void ServerSession::welcome(protocol::Turn& turn, const std::function<mailbox::Mailbox&()>& open) {
  mail_.open(&open());
  asked_->answer = ok("logged in", "CAPABILITY " + config_.announced(state_.memory().encrypted, true).text());
  put(turn);
}

protocol::StateChange ServerSession::follow(const protocol::Answer& meaning) {
  const Input input = asked_->input;
  if (input == Input::kLiteral) {
    if (meaning.is_more()) {
      stream_.go_ahead();
    } else {
      stream_.refuse();
    }
    return neutral(StateChange{state_.state(), state_.state(), row(input).rule});
  }
  const StateChange change = state_.apply(input, asked_->command(), meaning, login_.claimed_user());
  const State state = state_.state();
  if (row(input).begins_login) login_.answered(meaning, state == State::kSasl);
  if (row(input).begins_login && meaning.is_positive()) secrets_.logged_in();
  stream_.expect(state == State::kSasl || kWaiting.has(state) ? ClientStream::Mode::kLines : ClientStream::Mode::kCommands);
  stream_.set_logged_in((kLoggedIn | kWaiting).has(state));
  mail_.answered(input);
  return neutral(change);
}

protocol::StateChange ServerSession::answer(const protocol::Answer& meaning, std::string bytes, bool close_behind) {
  core::Actions speech;
  speech.emplace_back(core::Send{std::move(bytes)});
  return answer(meaning, std::move(speech), close_behind);
}

// The words are another's; what they say is done all the same.
protocol::StateChange ServerSession::answer(const protocol::Answer& meaning, core::Actions speech, bool close_behind) {
  if (asked_->is_carried_out && meaning.is_positive()) (void)run(*asked_->command());
  const protocol::StateChange change = follow(meaning);
  for (core::Action& action : speech) actions_.push_back(std::move(action));
  const bool closes = asked_->closes || close_behind;
  asked_.reset();
  end_turn(closes);
  return change;
}

protocol::StateChange ServerSession::answer_as_proposed(protocol::Turn& turn, bool close_behind) {
  const bool in_other_words = turn.proposed != asked_->told;
  if (asked_->is_carried_out) {
    asked_->answer = run(*asked_->command());
    const protocol::Answer told = neutral(asked_->answer, answer_tag());
    if (!in_other_words || !asked_->answer.is_ok()) turn.proposed = told;
  }
  const bool closes = asked_->closes || close_behind;
  const protocol::StateChange change = follow(turn.proposed);
  const std::unique_ptr<Asked> asked = std::move(asked_);
  if (!turn.is_pulled) {
    actions_.emplace_back(core::Send{turn.bytes});
    end_turn(closes);
    return change;
  }
  turn.bytes.clear();
  body_.emplace(Body{.data = std::move(asked->answer.data),
                     .source = std::move(asked->answer.source),
                     .last = octets_of(turn.proposed),
                     .command = std::move(asked->parsed.command),
                     .tells = asked->answer.condition != Condition::kMore,
                     .close_behind = closes});
  return change;
}

core::Result<std::string> ServerSession::next_piece() {
  Body& body = *body_;
  std::string piece;
  while (body.at < body.data.size() && piece.size() < kDataAtOnce) piece += "* " + body.data[body.at++] + "\r\n";
  if (!piece.empty() && (body.at < body.data.size() || body.source != nullptr)) return piece;
  if (body.source != nullptr) {
    const auto next = body.source->next();
    if (!next) {
      body_.reset();
      close();
      return core::Failure(next.error());
    }
    if (!next->empty()) return std::string(*next);
  }
  if (body.tells) {
    for (const std::string& line : mail_.news(body.command ? &*body.command : nullptr)) piece += "* " + line + "\r\n";
  }
  piece += body.last;
  const bool close_behind = body.close_behind;
  body_.reset();
  learn_mailbox();
  end_turn(close_behind);
  return piece;
}

void ServerSession::learn_mailbox() {
  if (!mail_.selected()) return;
  state_.learn_count(mail_.selected()->exists());
  state_.learn_uids(mail_.selected()->listing().uid_validity, mail_.selected()->listing().uid_next.value);
}

void ServerSession::end_turn(bool close_behind) {
  learn_mailbox();
  if (close_behind || state_.state() == State::kLogout) {
    close();
  } else if (state_.state() == State::kHandshake) {
    stream_.forget();
    actions_.emplace_back(core::StartTls{});
  }
}

protocol::StateChange ServerSession::secured() {
  const StateChange change = state_.secured();
  if (change.from != change.to) {
    stream_.forget();
    login_.forget();
  }
  return neutral(change);
}

std::optional<protocol::Answer> ServerSession::own_words(protocol::Occasion occasion, const std::string& more) const {
  if (body_ || over_ || state_.state() == State::kHandshake) return std::nullopt;
  switch (occasion) {
    case protocol::Occasion::kShutDown: return neutral(Answer{Condition::kBye, {}, "the server shuts down" + more}, {});
    case protocol::Occasion::kTooLate: return neutral(Answer{Condition::kBye, {}, "idle for too long" + more}, {});
    case protocol::Occasion::kChallenge: return neutral(Answer{Condition::kMore, {}, more}, {});
    case protocol::Occasion::kNotStored:
    case protocol::Occasion::kDiskFull:
    case protocol::Occasion::kWelcome: break;
  }
  return std::nullopt;
}

std::shared_ptr<mailbox::Folder> ServerSession::watched() const {
  return state_.state() == State::kIdleSelected && mail_.selected() ? mail_.selected()->shared_folder() : nullptr;
}

std::optional<protocol::Announcement> ServerSession::announce() {
  if (state_.state() != State::kIdleSelected || asked_ || body_ || over_) return std::nullopt;
  std::vector<std::string> lines = mail_.news(nullptr);
  if (lines.empty()) return std::nullopt;
  learn_mailbox();
  protocol::Announcement news{{protocol::Outcome::kNews, "*", std::move(lines)}, {}};
  for (const std::string& line : news.meaning.lines) news.bytes += "* " + line + "\r\n";
  actions_.emplace_back(core::Send{news.bytes});
  return news;
}

protocol::StateChange ServerSession::ending(protocol::Occasion /*occasion*/) const {
  return {&state(), &row(State::kLogout), "RFC 9051 §7.1.5"};
}

void ServerSession::end() {
  if (!over_) close();
}

void ServerSession::close() {
  state_.close();
  mail_.answered(Input::kLogout);
  actions_.emplace_back(core::Close{});
  over_ = true;
}

std::vector<protocol::Remark> ServerSession::pending_remarks() const {
  const std::size_t size = pending().size();
  if (size == 0) return {};
  if (begins_tls(pending())) return {{RemarkKind::kTlsOnPlainPort, {0, 2}}};
  return {{RemarkKind::kMissingLineEnd, {size, size}}};
}

std::vector<core::Span> ServerSession::secrets_in(std::string_view untold) const {
  if (state_.state() == State::kSasl && !untold.empty()) return {{0, untold.size()}};
  return SecretLines(secrets_).of_untold(untold, stream_.begun());
}

bool ServerSession::takes_commands() const {
  return !over_ && !body_ && !asked_ && kAnyTime.has(state_.state()) && stream_.literal_left() == 0;
}

core::Actions ServerSession::take_actions() { return std::exchange(actions_, {}); }

protocol::FactValue ServerSession::fact(std::string_view name) const {
  if (asked_ == nullptr) return imap::fact({state_.memory(), nullptr, {}, nullptr, {}}, name);
  return imap::fact({state_.memory(), &asked_->parsed, asked_->octets, asked_->claim ? &*asked_->claim : nullptr, answer_tag(),
                     asked_->literal, config_.names.separator, &mail_},
                    name);
}

}  // namespace imap
