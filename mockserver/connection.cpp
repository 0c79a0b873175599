#include "mockserver/connection.h"

#include <optional>
#include <utility>

#include "core/result.h"

namespace mockserver {

using dialogue::ClosedBy;

Connection::Connection(const Shared& shared, ConnectionId id, std::unique_ptr<net::Stream> stream, Begins begins)
    : shared_(shared),
      id_(id),
      stream_(std::move(stream)),
      served_(
          shared, id, *stream_, [this] { on_pause_over(); }, [this] { begin_tls(); }),
      alarm_(shared.loop, [this] { on_clock(); }),
      quiet_(served_.session(), shared.scenario.idle_timeout, shared.scenario.silence),
      begins_(begins) {}

Connection::~Connection() = default;

void Connection::start() {
  ++shared_.history.connections;
  quiet_.starts(shared_.loop.now());
  stream_->start({.on_bytes = [this](std::string_view bytes) { on_bytes(bytes); },
                  .on_end = [this] { on_end(); },
                  .on_error = [this](const core::Error& error) { on_error(error); },
                  .on_flushed = [this] { on_flushed(); },
                  .on_secured = [this] { on_secured(); }});
  if (served_.recorder().is_on()) served_.recorder().connected(served_.peer());
  if (begins_ == Begins::kInTls) begin_tls();
  pump();
}

// Called when the 220 to STARTTLS has been written, or at the start. Within it the connection is never destroyed.
void Connection::begin_tls() {
  if (!is(Phase::kTalking)) return;  // the 220 was the last word
  phase_ = Phase::kHandshaking;
  quiet_.dealt(shared_.loop.now());
  const auto lacking = handshake_.begin(*stream_, shared_.scenario.tls.handshake, shared_.make_engine);
  if (lacking) served_.recorder().note(core::describe(*lacking, core::Language::kEnglish));
}

void Connection::break_handshake(std::string_view bytes) {
  const auto blow = handshake_.receive(bytes);
  if (!blow) return;
  served_.recorder().note(std::string(blow->note));
  stream_->write(blow->bytes);
  if (!blow->close) return;
  stream_->finish();
  begin_close(ClosedBy::kServer);
}

void Connection::on_secured() {
  if (is(Phase::kClosing)) return;
  if (is(Phase::kHandshaking)) phase_ = Phase::kTalking;
  quiet_.starts(shared_.loop.now());
  served_.secured();
  pump();
}

void Connection::on_bytes(std::string_view bytes) {
  if (!handshake_.is_broken()) served_.recorder().received(bytes);
  if (is(Phase::kStalled) || is(Phase::kClosing)) return;  // read only so that closing does not become a reset
  quiet_.heard(shared_.loop.now());
  if (handshake_.is_broken()) return break_handshake(bytes);
  served_.session().receive(bytes);
  if (is_held()) return let_go();
  pump();
}

void Connection::on_end() {
  ended_ = true;
  if (is_held()) return let_go();
  if (!is(Phase::kClosing)) {
    pump();
  } else if (stream_->unsent() == 0) {
    leave();
  }
}

void Connection::on_error(const core::Error& error) {
  if (is(Phase::kClosing)) return leave();  // everything was said: how the other side goes no longer matters
  served_.part(quiet_.remarked());
  closed_by_ = ClosedBy::kFailure;
  leave(core::describe(error, core::Language::kEnglish), error.id);
}

void Connection::on_flushed() {
  served_.recorder().left(stream_->sent());
  if (!is(Phase::kClosing)) {
    pump();
  } else if (ended_) {
    leave();
  }
}

void Connection::on_pause_over() {
  if (is(Phase::kClosing)) return;
  quiet_.dealt(shared_.loop.now());
  if (const auto waited = std::move(waiting_)) answer(waited->turn, waited->decision);
  pump();
}

// Between the pieces of a reply and before a delayed one nothing else can be said.
bool Connection::can_speak() const {
  const Outgoing& outgoing = served_.outgoing();
  return is(Phase::kTalking) && !waiting_ && !outgoing.is_pausing() && !outgoing.is_closing() &&
         stream_->unsent() <= kMaxUnsent;
}

// One thing; false when there is nothing to say. Whoever takes a long answer slowly is not silent.
bool Connection::speak() {
  if (served_.session().is_sending()) {
    quiet_.dealt(shared_.loop.now());
    return served_.pull();
  }
  std::optional<protocol::Turn> turn = served_.session().next_turn();
  if (turn) take(*turn);
  return turn.has_value();
}

// Answers everything that can be answered now, the replies of one batch in one write (RFC 2920 §3.2).
void Connection::pump() {
  bool more = true;
  while (more && can_speak()) {
    more = speak();
    if (served_.outgoing().is_much()) perform();
  }
  while (!more && can_speak() && served_.announce()) continue;
  if (!is_held()) perform();
  watch();
  if (!more && served_.session().is_in_message()) interrupt_message();
  if (ended_ && (!more || !is(Phase::kTalking)) && !is(Phase::kClosing)) part();
  steer_reading();
  arm();
}

// The client has gone, and all that it has said is answered.
void Connection::part() {
  if (is(Phase::kHandshaking)) served_.recorder().note("the client closed in the middle of the TLS handshake");
  served_.part(quiet_.remarked());
  served_.session().end();
  stream_->finish();
  begin_close(ClosedBy::kClient);
}

void Connection::watch() {
  std::shared_ptr<mailbox::Folder> folder = is(Phase::kClosing) ? nullptr : served_.session().watched();
  if (folder == nullptr) {
    watch_.reset();
  } else if (watch_ == nullptr || watch_->folder() != folder.get()) {
    watch_ = std::make_unique<FolderWatch>(shared_.loop, std::move(folder), [this] { pump(); });
  }
}

void Connection::take(protocol::Turn& turn) {
  quiet_.took_turn(shared_.loop.now());
  scenario::Decision decision = served_.decide(turn, quiet_.last_turn());
  const core::Pause pause{decision.effects.delay};
  const bool is_held = is_to_be_held(decision);
  if (pause.time.count() == 0 && !is_held) return answer(turn, decision);
  waiting_ = std::make_unique<Waiting>(Waiting{std::move(turn), std::move(decision)});
  if (is_held) return hold();
  perform();
  served_.outgoing().perform({pause});
}

// Who has said more already, or will say nothing more, does not wait.
bool Connection::is_to_be_held(const scenario::Decision& decision) const {
  return shared_.options.is_waiting && decision.effects.delay.count() == 0 && served_.session().held() == 0 && !ended_;
}

void Connection::hold() {
  if (hold_ == nullptr) hold_ = std::make_unique<Hold>(shared_.loop, shared_.options.is_waiting, [this] { on_pause_over(); });
  stream_->acknowledge();        // what its system keeps back comes now
  hold_->begin(served_.peer());  // and the answer later, with what is said before it, in one write
}

// The client does not wait: what it says is there before the answer.
void Connection::let_go() {
  hold_->end();
  on_pause_over();
}

// Octet by octet that would cost more than it spares.
void Connection::watch_gap(const scenario::Decision& decision) {
  if (!decision.effects.split->in_two || !shared_.options.is_reading || !served_.outgoing().is_pausing()) return;
  if (gap_ == nullptr) gap_ = std::make_unique<Hold>(shared_.loop, shared_.options.is_reading, [this] { on_gap_seen(); });
  gap_->begin(served_.peer());
}

void Connection::on_gap_seen() {
  if (!served_.outgoing().is_pausing()) return;
  if (shared_.options.is_reading(served_.peer())) return served_.outgoing().cut_pause();
  gap_->begin(served_.peer());
}

void Connection::answer(protocol::Turn& turn, scenario::Decision& decision) {
  served_.answer(turn, decision);
  // Whoever speaks before it and waits for it all the same gets it alone, as from other servers.
  if (shared_.options.is_waiting && turn.input.is(protocol::Role::kConnect)) perform();
  if (decision.effects.split) {
    perform();  // nothing else is said before its last piece
    watch_gap(decision);
  }
  if (decision.effects.then) carry_out(*decision.effects.then);
}

// What the session itself cannot do: it only knows how to close.
void Connection::carry_out(scenario::Then then) {
  if (then == scenario::Then::kClose) return;
  // Until the pieces of the reply are out; what the client sends behind the command comes too late.
  if (!is(Phase::kClosing)) phase_ = Phase::kStalled;
  if (then == scenario::Then::kReset) {
    perform();
    served_.outgoing().perform({core::Reset{}});
  } else {
    served_.recorder().note("the server says nothing more, and leaves the connection open");
  }
}

// Says the last word of its own accord.
void Connection::end_with(const scenario::Decision& decision, protocol::Occasion occasion) {
  served_.end_with(decision, occasion);
  carry_out(decision.effects.then.value_or(scenario::Then::kClose));
  perform();
}

// Mail data is coming in: a rule may end the dialogue before its end.
void Connection::interrupt_message() {
  if (!is(Phase::kTalking)) return;
  const auto decision = served_.decide_midway(shared_.loop.now());
  if (decision) end_with(*decision, protocol::Occasion::kShutDown);
}

void Connection::perform() {
  served_.outgoing().perform();
  if (served_.outgoing().is_closing() && !is(Phase::kClosing)) begin_close(ClosedBy::kServer);
}

void Connection::steer_reading() {
  const bool is_full = served_.outgoing().is_pausing() && served_.session().held() > kMaxHeld;
  const bool wanted = is(Phase::kClosing) || (!is_full && stream_->unsent() <= kMaxUnsent);
  if (wanted == reading_) return;
  reading_ = wanted;
  if (wanted) {
    stream_->resume_reading();
  } else {
    stream_->pause_reading();
  }
}

void Connection::shut_down() {
  if (is(Phase::kClosing)) {
    if (served_.has_said_goodbye() && stream_->unsent() == 0) alarm_.ring_in(std::chrono::milliseconds(0));
    return;
  }
  if (is(Phase::kTalking)) served_.shut_down();
  served_.session().end();
  stream_->finish();
  begin_close(ClosedBy::kServer);
  steer_reading();
}

void Connection::on_clock() {
  if (is(Phase::kClosing)) return leave();
  const std::chrono::milliseconds now = shared_.loop.now();
  const Quiet::Deadlines due = deadlines();
  if (now >= due.remarked) remark_silence();
  if (now >= due.told) tell_silence();
  if (now >= due.ended) return time_out();
  arm();
}

void Connection::arm() {
  if (!is(Phase::kClosing)) alarm_.set(deadlines().first());
}

// Before a delayed answer, and where nobody observes, silence means nothing; nor does that of a client in a handshake.
Quiet::Deadlines Connection::deadlines() const {
  if (served_.outgoing().is_pausing()) return {};
  const Watch& watch = shared_.options.watch;
  const bool is_observed = served_.recorder().is_on();
  const bool is_in_handshake = is(Phase::kHandshaking) && handshake_.is_heard(*stream_);
  return quiet_.deadlines({.is_ended = !shared_.options.patient,
                           .is_remarked = is_observed && !is(Phase::kStalled),
                           .is_told = is_observed && watch.quiet && !is_in_handshake,
                           .often = watch.every});
}

void Connection::remark_silence() {
  Quiet::Remarked said = quiet_.remark();
  served_.recorder().note(said.text, std::move(said.remarks));
}

// Behind a server that has fallen silent itself, what the client says waits for it: that is no unfinished line.
void Connection::tell_silence() {
  quiet_.tell(shared_.loop.now());
  const auto untold = served_.recorder().untold();
  if (!untold || (is(Phase::kStalled) && !untold->empty())) return;
  shared_.options.watch.quiet(id_, {served_.recorder().now(), *untold});
}

void Connection::time_out() {
  if (is(Phase::kHandshaking)) {  // there is no way to say anything
    closed_by_ = ClosedBy::kServer;
    return leave("the TLS handshake was not complete after " + seconds_text(shared_.scenario.idle_timeout));
  }
  if (is(Phase::kStalled)) {
    stream_->finish();
    return begin_close(ClosedBy::kServer);
  }
  if (const auto decision = served_.decide_timeout(shared_.loop.now())) {
    end_with(*decision, protocol::Occasion::kTooLate);
  } else {
    served_.time_out();
  }
  perform();
  steer_reading();
}

// Who is being shown out no longer counts.
void Connection::begin_close(ClosedBy by) {
  const bool all_delivered = ended_ && stream_->unsent() == 0;
  const bool nothing_said = (is(Phase::kHandshaking) && !handshake_.is_broken()) || is(Phase::kStalled);
  const bool is_watched = served_.has_said_goodbye() && shared_.options.watch.quiet;
  phase_ = Phase::kClosing;
  closed_by_ = by;
  if (hold_ != nullptr) hold_->end();
  --shared_.history.connections;
  // Not from here: whoever called is still at work on this connection.
  if (all_delivered || nothing_said || stream_->is_reset()) return alarm_.ring_in(std::chrono::milliseconds(0));
  alarm_.ring_in(is_watched ? shared_.options.watch.linger : kLinger);
}

void Connection::leave(const std::string& why, std::string failure) {
  if (!is(Phase::kClosing)) --shared_.history.connections;
  if (served_.recorder().is_on()) served_.recorder().received(stream_->take_arrived());
  served_.recorder().closed(closed_by_, why, std::move(failure));
  shared_.gone(id_);
}

}  // namespace mockserver
