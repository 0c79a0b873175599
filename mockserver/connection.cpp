#include "mockserver/connection.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "core/show.h"
#include "mockserver/envelope.h"
#include "mockserver/pieces.h"
#include "mockserver/scenario/folders.h"
#include "mockserver/scenario/message_remarks.h"
#include "mockserver/session_id.h"
#include "mockserver/unix_time.h"

namespace mockserver {
namespace {

constexpr std::size_t kBatch = std::size_t{64} * 1024;  // octets of replies that are collected into one write

// "127.0.0.1" of "127.0.0.1:40125", "::1" of "[::1]:40125".
std::string without_port(const std::string& endpoint) {
  std::string host = endpoint.substr(0, endpoint.rfind(':'));
  if (host.starts_with('[') && host.ends_with(']')) return host.substr(1, host.size() - 2);
  return host;
}

}  // namespace

Connection::Connection(const Surroundings& around, ConnectionId id, std::unique_ptr<net::Stream> stream, Begins begins)
    : around_(around),
      id_(id),
      stream_(std::move(stream)),
      session_(around.server->session(session_id(around.options.seed, id))),
      behaviour_(around.scenario, around.history, id, scenario::LazyValues([this] { return values(); }), around.mailbox_of),
      driver_(
          around.loop, *stream_, [this] { on_pause_over(); }, [this] { begin_tls(); },
          [this] { recorder_.left(stream_->sent()); }),
      clock_(around.loop, [this] { on_clock(); }),
      hold_(around.loop, around.options.is_waiting, [this] { on_pause_over(); }),
      quiet_(*session_, around.scenario.idle_timeout, around.scenario.silence),
      recorder_(around.options.observer, id, *session_, around.scenario),
      begins_(begins) {}

Connection::~Connection() = default;

scenario::Values Connection::values() {
  return {{"id", session_id(around_.options.seed, id_)},
          {"session", std::to_string(id_)},
          {"queue-id", queue_id(around_.options.seed, id_)},
          {"client-ip", without_port(peer())},
          {"server-ip", without_port(stream_->local())}};
}

// Asked of the kernel once, and only where it is needed.
const std::string& Connection::peer() {
  if (peer_.empty()) peer_ = stream_->peer();
  return peer_;
}

void Connection::start() {
  ++around_.history.connections;
  quiet_.starts(around_.loop.now());
  stream_->start({.on_bytes = [this](std::string_view bytes) { on_bytes(bytes); },
                  .on_end = [this] { on_end(); },
                  .on_error = [this](const core::Error& error) { on_error(error); },
                  .on_flushed = [this] { on_flushed(); },
                  .on_secured = [this] { on_secured(); }});
  if (recorder_.is_on()) recorder_.connected(peer());
  if (begins_ == Begins::kInTls) begin_tls();
  pump();
}

// Called when the 220 to STARTTLS has been written, or at the start. Within it the connection is never destroyed.
void Connection::begin_tls() {
  if (stalled_) return;  // the 220 was the last word
  handshaking_ = true;
  quiet_.dealt(around_.loop.now());
  const scenario::Handshake how = around_.scenario.tls.handshake;
  if (how == scenario::Handshake::kComplete) {
    auto engine = around_.make_engine();
    if (engine) return stream_->start_tls(std::move(*engine));
    // A version that this library has given up: the client is told as one server tells another.
    recorder_.note(core::describe(engine.error(), core::Language::kEnglish));
    broken_ = std::make_unique<BrokenHandshake>(scenario::Handshake::kAlert, BrokenHandshake::Alert::kProtocolVersion);
    return;
  }
  broken_ = std::make_unique<BrokenHandshake>(how);
}

void Connection::break_handshake(std::string_view bytes) {
  const auto blow = broken_->receive(bytes);
  if (!blow) return;
  recorder_.note(std::string(blow->note));
  stream_->write(blow->bytes);
  if (!blow->close) return;
  stream_->finish();
  begin_close(dialogue::ClosedBy::kServer);
}

void Connection::on_secured() {
  if (closing_) return;
  handshaking_ = false;
  quiet_.starts(around_.loop.now());
  const protocol::StateChange change = session_->secured();
  mechanism_.clear();
  recorder_.secured(*stream_->tls(), change);
  pump();
}

void Connection::on_bytes(std::string_view bytes) {
  if (broken_ == nullptr) recorder_.received(bytes);
  if (closing_ || stalled_) return;  // read only so that closing does not become a reset, and to see the client leave
  quiet_.heard(around_.loop.now());
  if (broken_ != nullptr) return break_handshake(bytes);
  session_->receive(bytes);
  if (hold_.is_running()) return let_go();
  pump();
}

void Connection::on_end() {
  ended_ = true;
  if (hold_.is_running()) return let_go();
  if (!closing_) {
    pump();
  } else if (stream_->unsent() == 0) {
    leave();
  }
}

void Connection::on_error(const core::Error& error) {
  if (closing_) return leave();  // everything was said: how the other side goes no longer matters
  part();
  closed_by_ = dialogue::ClosedBy::kFailure;
  leave(core::describe(error, core::Language::kEnglish), error.id);
}

void Connection::on_flushed() {
  recorder_.left(stream_->sent());
  if (!closing_) {
    pump();
  } else if (ended_) {
    leave();
  }
}

void Connection::on_pause_over() {
  if (closing_) return;
  quiet_.dealt(around_.loop.now());
  if (const auto waited = std::move(waiting_)) answer(waited->turn, waited->decision);
  pump();
}

// The client does not wait: what it says is there before the answer.
void Connection::let_go() {
  hold_.end();
  on_pause_over();
}

// Between the pieces of a reply and before a delayed one nothing else can be said.
bool Connection::can_answer() const {
  return !waiting_ && !closing_ && !stalled_ && !handshaking_ && !driver_.is_pausing() && !driver_.is_closing() &&
         stream_->unsent() <= kMaxUnsent;
}

// Answers everything that can be answered now, the replies of one batch in one write (RFC 2920 §3.2).
void Connection::pump() {
  bool more = true;
  while (more && can_answer()) {
    if (session_->is_sending()) {
      more = pull();
    } else {
      std::optional<protocol::Turn> turn = session_->next_turn();
      more = turn.has_value();
      if (more) take(*turn);
    }
    if (batch_ > kBatch) perform();
  }
  if (!more) announce();
  if (!hold_.is_running()) perform();
  watch();
  if (!more && session_->is_in_message()) interrupt_message();
  if (ended_ && (!more || handshaking_ || stalled_) && !closing_) {
    if (handshaking_) recorder_.note("the client closed in the middle of the TLS handshake");
    part();
    session_->end();
    stream_->finish();
    begin_close(dialogue::ClosedBy::kClient);
  }
  steer_reading();
  arm();
}

// What the client waits for is said without being asked.
void Connection::announce() {
  while (can_answer()) {
    const auto news = session_->announce();
    if (!news) return;
    recorder_.announced(*news);
    batch_ += news->bytes.size();
  }
}

void Connection::watch() {
  std::shared_ptr<mailbox::Folder> folder = closing_ ? nullptr : session_->watched();
  if (folder == nullptr) {
    watch_.reset();
  } else if (watch_ == nullptr || watch_->folder() != folder.get()) {
    watch_ = std::make_unique<FolderWatch>(around_.loop, std::move(folder), [this] { pump(); });
  }
}

// The client has gone.
void Connection::part() {
  recorder_.unfinished(quiet_.remarked());
  if (!recorder_.is_on()) return;
  std::vector<protocol::Remark> remarks = session_->parting_remarks();
  if (!remarks.empty()) recorder_.note("the client left without a goodbye", std::move(remarks));
}

// The next octets of an answer; false when it cannot be gone on with. Whoever takes a long answer slowly is not silent.
bool Connection::pull() {
  quiet_.dealt(around_.loop.now());
  take_actions();  // what comes before it; the last piece may close behind it
  auto piece = session_->next_piece();
  if (piece) {
    recorder_.pulled(*piece, session_->is_sending());
    batch_ += piece->size();
    outgoing_.emplace_back(core::Send{std::move(*piece)});
  } else {
    recorder_.note(core::describe(piece.error(), core::Language::kEnglish));
  }
  return piece.has_value();
}

void Connection::take(protocol::Turn& turn) {
  quiet_.took_turn(around_.loop.now());
  if (turn.brings_message && recorder_.is_on()) {  // rules look for themselves
    for (const protocol::Remark& remark : scenario::message_remarks(turn.said.message)) turn.said.remarks.push_back(remark);
  }
  scenario::Decision decision = behaviour_.decide(turn, *session_, {unix_time(), quiet_.last_turn()});
  if (!turn.input.is(protocol::Role::kConnect)) recorder_.said(turn.said);
  if (turn.brings_message && decision.keeps()) keep(std::move(turn.said.message), decision);
  const core::Pause pause{decision.effects.delay};
  const bool is_held = hold_.is_wanted() && pause.time.count() == 0 && session_->held() == 0 && !ended_;
  if (pause.time.count() == 0 && !is_held) return answer(turn, decision);
  waiting_ = std::make_unique<Waiting>(Waiting{std::move(turn), std::move(decision)});
  if (is_held) {
    stream_->acknowledge();      // what its system keeps back comes now
    return hold_.begin(peer());  // and the answer later, with what is said before it, in one write
  }
  perform();
  driver_.perform({pause});
}

// A message that is answered 250 is in the store; one that is not there is refused for now, so that the client keeps it.
void Connection::keep(std::string content, scenario::Decision& decision) {
  StoredMessage message = message_from(*session_);
  message.mechanism = mechanism_;
  message.client_address = peer();
  message.received = unix_time();
  message.content = std::move(content);
  if (!decision.effects.folder.empty()) sort_into(decision, message);
  const core::Result<void> kept = around_.keep(std::move(message));
  if (kept) return;
  recorder_.note(core::describe(kept.error(), core::Language::kEnglish));
  const auto occasion = kept.error().id == "disk-full" ? protocol::Occasion::kDiskFull : protocol::Occasion::kNotStored;
  decision = own_words(occasion, kept.error().text.en).value_or(scenario::Decision{});
}

// Another folder than INBOX, with the reason in the log.
void Connection::sort_into(const scenario::Decision& decision, StoredMessage& message) {
  const std::string& name = decision.effects.folder;
  const auto folder = scenario::folder_named(around_.scenario, name);
  if (folder) message.folder = *folder;
  const std::string because = decision.explanation == nullptr ? std::string() : ": " + decision.explanation->because.en;
  recorder_.note("the message goes into the folder " + core::show_bytes(name) + because);
}

std::optional<scenario::Decision> Connection::own_words(protocol::Occasion occasion, const std::string& more) const {
  std::optional<protocol::Answer> words = session_->own_words(occasion, more);
  if (!words) return std::nullopt;
  scenario::Decision decision;
  decision.bytes = around_.scenario.protocol->octets_of(*words);
  decision.reply = std::move(*words);
  return decision;
}

void Connection::answer(protocol::Turn& turn, scenario::Decision& decision) {
  const bool logs_in = turn.input.is_of_login() && decision.reply.is_positive();
  std::string mechanism = logs_in ? session_->text("mechanism") : std::string();
  const protocol::StateChange change = put(turn, decision);
  if (logs_in && decision.reply.is_positive()) mechanism_ = std::move(mechanism);
  said_goodbye_ = said_goodbye_ || (turn.input.is(protocol::Role::kQuit) && decision.reply.is_positive());
  recorder_.answered(decision, turn.input, change, session_->is_sending());
  batch_ += decision.bytes.size();
  if (decision.effects.split) perform();  // nothing else is said before its last piece
  if (decision.effects.then) carry_out(*decision.effects.then);
}

// What is pulled leaves as the session says it; anything else may be cut.
protocol::StateChange Connection::put(protocol::Turn& turn, scenario::Decision& decision) {
  const bool is_cut = decision.effects.split && !(decision.is_proposed && turn.is_pulled);
  if (is_cut) return session_->answer(decision.reply, speech_of(decision), decision.closes());
  if (!decision.is_proposed) return session_->answer(decision.reply, decision.bytes, decision.closes());
  turn.proposed = std::move(decision.reply);
  turn.bytes = std::move(decision.bytes);
  const protocol::StateChange change = session_->answer_as_proposed(turn, decision.closes());
  decision.reply = std::move(turn.proposed);
  decision.bytes = std::move(turn.bytes);
  return change;
}

// What the session itself cannot do: it only knows how to close.
void Connection::carry_out(scenario::Then then) {
  switch (then) {
    case scenario::Then::kClose: break;
    case scenario::Then::kReset:
      stalled_ = true;  // until the pieces of the reply are out; what the client sends behind the command comes too late
      perform();
      driver_.perform({core::Reset{}});
      break;
    case scenario::Then::kStall:
      stalled_ = true;
      recorder_.note("the server says nothing more, and leaves the connection open");
      break;
  }
}

// Mail data is coming in: a rule may end the dialogue before its end.
void Connection::interrupt_message() {
  if (closing_ || stalled_) return;
  const auto decision = behaviour_.decide_midway(*session_, {unix_time(), around_.loop.now()});
  if (decision) end_with(*decision, protocol::Occasion::kShutDown);
}

// Says the last word of its own accord.
void Connection::end_with(const scenario::Decision& decision, protocol::Occasion occasion) {
  recorder_.last_word(decision, session_->ending(occasion));
  if (decision.effects.delay.count() > 0) driver_.perform({core::Pause{decision.effects.delay}});
  driver_.perform(speech_of(decision));
  const scenario::Then then = decision.effects.then.value_or(scenario::Then::kClose);
  if (then == scenario::Then::kClose) driver_.perform({core::Close{}});
  carry_out(then);
  perform();
}

// What the session wants to be done, behind what is to be done already.
void Connection::take_actions() {
  core::Actions actions = session_->take_actions();
  if (outgoing_.empty()) {
    outgoing_ = std::move(actions);
  } else {
    outgoing_.insert(outgoing_.end(), std::make_move_iterator(actions.begin()), std::make_move_iterator(actions.end()));
  }
}

void Connection::perform() {
  batch_ = 0;
  take_actions();
  driver_.perform(std::exchange(outgoing_, {}));
  if (driver_.is_closing() && !closing_) begin_close(dialogue::ClosedBy::kServer);
}

void Connection::steer_reading() {
  const bool is_full = driver_.is_pausing() && session_->held() > kMaxHeld;
  const bool wanted = closing_ || (!is_full && stream_->unsent() <= kMaxUnsent);
  if (wanted == reading_) return;
  reading_ = wanted;
  if (wanted) {
    stream_->resume_reading();
  } else {
    stream_->pause_reading();
  }
}

void Connection::shut_down() {
  if (closing_ && said_goodbye_ && stream_->unsent() == 0) return clock_.start(std::chrono::milliseconds(0));
  if (closing_) return;
  // In the middle of a handshake there is no way to say anything.
  const auto words = handshaking_ || stalled_ ? std::nullopt : own_words(protocol::Occasion::kShutDown);
  if (words) {
    // Past the driver: a delay that runs does not hold the shutdown up.
    recorder_.silenced();
    recorder_.last_word(*words, session_->ending(protocol::Occasion::kShutDown));
    stream_->write(words->bytes);
    recorder_.left(stream_->sent());
  }
  session_->end();
  stream_->finish();
  begin_close(dialogue::ClosedBy::kServer);
  steer_reading();
}

void Connection::time_out() {
  if (handshaking_) {  // there is no way to say anything
    closed_by_ = dialogue::ClosedBy::kServer;
    return leave("the TLS handshake was not complete after " + seconds_text(around_.scenario.idle_timeout));
  }
  if (stalled_) {
    stream_->finish();
    return begin_close(dialogue::ClosedBy::kServer);
  }
  constexpr auto kTooLate = protocol::Occasion::kTooLate;
  if (const auto decision = behaviour_.decide_timeout(*session_, {unix_time(), around_.loop.now()})) {
    end_with(*decision, kTooLate);
  } else {
    if (auto words = own_words(kTooLate)) {
      recorder_.last_word(*words, session_->ending(kTooLate));
      driver_.perform({core::Send{std::move(words->bytes)}});
    }
    session_->end();
  }
  perform();
  steer_reading();
}

void Connection::on_clock() {
  if (closing_) return leave();
  const std::chrono::milliseconds now = around_.loop.now();
  if (now >= silence_deadline()) remark_silence();
  if (now >= quiet_deadline()) tell_silence();
  if (now >= idle_deadline()) return time_out();
  arm();
}

// Not armed anew for every command: the clock looks, when it rings, whether the time has come, and waits for the rest.
void Connection::arm() {
  if (closing_) return;
  const std::chrono::milliseconds deadline = std::min({silence_deadline(), idle_deadline(), quiet_deadline()});
  if (deadline == Quiet::kNever || (clock_.is_running() && armed_for_ <= deadline)) return;
  armed_for_ = deadline;
  clock_.start(deadline - around_.loop.now());
}

std::chrono::milliseconds Connection::idle_deadline() const {
  return around_.options.patient || driver_.is_pausing() ? Quiet::kNever : quiet_.idle_deadline();
}

std::chrono::milliseconds Connection::silence_deadline() const {
  return !recorder_.is_on() || stalled_ || driver_.is_pausing() ? Quiet::kNever : quiet_.silence_deadline();
}

void Connection::remark_silence() {
  Quiet::Remarked said = quiet_.remark();
  recorder_.note(said.text, std::move(said.remarks));
}

// A handshake that somebody breaks on purpose, or that has begun, is no silence of the client.
std::chrono::milliseconds Connection::quiet_deadline() const {
  const bool is_handshake = broken_ != nullptr || (stream_->tls() != nullptr && handshaking_ && stream_->tls()->has_heard());
  const bool is_heard = around_.options.watch.quiet && recorder_.is_on();
  if (!is_heard || is_handshake || driver_.is_pausing()) return Quiet::kNever;
  return quiet_.telling_deadline(around_.options.watch.every);
}

// Behind a server that has fallen silent itself, what the client says waits for it: that is no unfinished line.
void Connection::tell_silence() {
  quiet_.tell(around_.loop.now());
  const auto untold = recorder_.untold();
  if (!untold || (stalled_ && !untold->empty())) return;
  around_.options.watch.quiet(id_, {recorder_.now(), *untold});
}

void Connection::begin_close(dialogue::ClosedBy by) {
  closing_ = true;
  hold_.end();
  closed_by_ = by;
  --around_.history.connections;  // who is being shown out no longer counts
  const bool all_delivered = ended_ && stream_->unsent() == 0;
  const bool nothing_said = (handshaking_ && broken_ == nullptr) || stalled_ || stream_->is_reset();
  // Not from here: whoever called is still at work on this connection.
  clock_.start(all_delivered || nothing_said                  ? std::chrono::milliseconds(0)
               : said_goodbye_ && around_.options.watch.quiet ? around_.options.watch.linger
                                                              : kLinger);
}

void Connection::leave(const std::string& why, std::string failure) {
  if (!closing_) --around_.history.connections;
  if (recorder_.is_on()) recorder_.received(stream_->take_arrived());
  recorder_.closed(closed_by_, why, std::move(failure));
  around_.gone(id_);
}

}  // namespace mockserver
