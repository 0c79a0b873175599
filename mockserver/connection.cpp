#include "mockserver/connection.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "mockserver/session_id.h"

namespace mockserver {
namespace {

constexpr std::size_t kBatch = std::size_t{64} * 1024;  // octets of replies that are collected into one write
constexpr auto kNever = std::chrono::milliseconds::max();

// "127.0.0.1" of "127.0.0.1:40125", "::1" of "[::1]:40125".
std::string without_port(const std::string& endpoint) {
  std::string host = endpoint.substr(0, endpoint.rfind(':'));
  if (host.starts_with('[') && host.ends_with(']')) return host.substr(1, host.size() - 2);
  return host;
}

scenario::Values connection_values(const Options& options, ConnectionId id, const net::Stream& stream) {
  return {{"id", session_id(options.seed, id)},
          {"queue-id", queue_id(options.seed, id)},
          {"client-ip", without_port(stream.peer())},
          {"server-ip", without_port(stream.local())}};
}

std::int64_t wall_clock() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string address_of(const smtp::Path& path) { return path.mailbox ? path.mailbox->text() : std::string(); }

std::string seconds_text(std::chrono::milliseconds time) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g s", static_cast<double>(time.count()) / 1000.0);
  return text.data();
}

// What no session proposes: said by the server around it. Enhanced codes only where they were offered (RFC 2034 §4).
smtp::Reply own_reply(const smtp::ServerConfig& server, int code, const std::string& enhanced, const std::string& text) {
  const bool with_code = server.extensions.offers("ENHANCEDSTATUSCODES");
  return {smtp::ReplyCode(code), {with_code ? enhanced + " " + text : text}};
}

std::vector<smtp::RemarkKind> kinds_of(const std::vector<smtp::Remark>& remarks) {
  std::vector<smtp::RemarkKind> kinds;
  kinds.reserve(remarks.size());
  for (const smtp::Remark& remark : remarks) kinds.push_back(remark.kind);
  return kinds;
}

}  // namespace

Connection::Connection(const Surroundings& around, ConnectionId id, std::unique_ptr<net::Stream> stream)
    : around_(around),
      id_(id),
      stream_(std::move(stream)),
      session_(around.scenario.server),
      behaviour_(around.scenario, connection_values(around.options, id, *stream_)),
      driver_(around.loop, *stream_, [this] { on_pause_over(); }),
      clock_(around.loop, [this] { on_clock(); }),
      recorder_(around.options.observer, id, session_) {}

void Connection::start() {
  last_turn_ = last_octet_ = around_.loop.now();
  stream_->start({.on_bytes = [this](std::string_view bytes) { on_bytes(bytes); },
                  .on_end = [this] { on_end(); },
                  .on_error = [this](const core::Error& error) { on_error(error); },
                  .on_flushed = [this] { on_flushed(); }});
  recorder_.connected(stream_->peer());
  pump();
}

void Connection::on_bytes(std::string_view bytes) {
  if (closing_) return;  // read only so that closing does not become a reset
  last_octet_ = around_.loop.now();
  recorder_.received(bytes.size());
  session_.receive(bytes);
  pump();
}

void Connection::on_end() {
  ended_ = true;
  if (!closing_) {
    pump();
  } else if (stream_->unsent() == 0) {
    leave();
  }
}

void Connection::on_error(const core::Error& error) {
  if (closing_) return leave();  // everything was said: how the other side goes no longer matters
  recorder_.unfinished();
  closed_by_ = dialogue::ClosedBy::kFailure;
  leave(core::describe(error));
}

void Connection::on_flushed() {
  if (!closing_) {
    pump();
  } else if (ended_) {
    leave();
  }
}

void Connection::on_pause_over() {
  reading_ = true;  // the driver has seen to it
  if (closing_) return;
  last_turn_ = around_.loop.now();
  if (const auto waited = std::move(waiting_)) answer(*waited);
  pump();
}

// Answers everything that can be answered now, the replies of one batch in one write (RFC 2920 §3.1).
void Connection::pump() {
  bool more = true;
  while (more && !waiting_ && !closing_ && stream_->unsent() <= kMaxUnsent) {
    std::optional<smtp::Turn> turn = session_.next_turn();
    more = turn.has_value();
    if (more) take(std::move(*turn));
    if (batch_ > kBatch) perform();
  }
  perform();
  if (ended_ && !more && !closing_) {
    recorder_.unfinished();
    stream_->finish();
    begin_close(dialogue::ClosedBy::kClient);
  }
  steer_reading();
  arm();
}

void Connection::take(smtp::Turn turn) {
  last_turn_ = around_.loop.now();
  remarked_.clear();
  scenario::Decision decision = behaviour_.decide(turn, session_.state(), wall_clock());
  if (turn.input != smtp::Input::kConnect) recorder_.said(turn.said);
  if (turn.input == smtp::Input::kMessage && decision.reply.code.is_positive()) keep(std::move(turn.said.message), decision);
  if (decision.delay.count() == 0) return answer(decision);
  const core::Pause pause{decision.delay};
  waiting_ = std::make_unique<scenario::Decision>(std::move(decision));
  perform();
  driver_.perform({pause});
}

// A message that is answered 250 is in the store; one that is not there gets a 4xx, so that the client keeps it.
void Connection::keep(std::string content, scenario::Decision& decision) {
  const smtp::Memory& memory = session_.state().memory();
  StoredMessage message;
  if (memory.reverse_path) message.reverse_path = address_of(*memory.reverse_path);
  for (const smtp::Path& path : memory.forward_paths) message.forward_paths.push_back(address_of(path));
  message.user = memory.user;
  message.client = memory.client_name;
  message.client_address = stream_->peer();
  message.received = wall_clock();
  message.content = std::move(content);
  const core::Result<void> kept = around_.keep(std::move(message));
  if (kept) return;
  recorder_.note(core::describe(kept.error()));
  decision = scenario::Decision{};
  decision.reply = own_reply(around_.scenario.server, 451, "4.3.0", "Message not taken: " + kept.error().text);
  decision.bytes = smtp::serialise(decision.reply);
}

void Connection::answer(const scenario::Decision& decision) {
  const smtp::Answered answered = session_.answer(decision.reply, decision.bytes, decision.close);
  recorder_.answered(decision, answered);
  batch_ += decision.bytes.size();
}

void Connection::perform() {
  batch_ = 0;
  driver_.perform(session_.take_actions());
  if (driver_.is_closing() && !closing_) begin_close(dialogue::ClosedBy::kServer);
}

void Connection::steer_reading() {
  if (driver_.is_pausing()) return;  // it has stopped reading and will go on by itself
  const bool wanted = closing_ || stream_->unsent() <= kMaxUnsent;
  if (wanted == reading_) return;
  reading_ = wanted;
  if (wanted) {
    stream_->resume_reading();
  } else {
    stream_->pause_reading();
  }
}

void Connection::shut_down() {
  if (closing_) return;
  const smtp::ServerConfig& server = around_.scenario.server;
  const smtp::Reply reply = own_reply(server, 421, "4.3.2", server.name + " Service closing transmission channel");
  const std::string bytes = smtp::serialise(reply);
  // Past the driver: a delay that runs does not hold the shutdown up.
  stream_->write(bytes);
  stream_->finish();
  stream_->resume_reading();
  recorder_.last_word(reply, bytes, "RFC 5321 §3.8");
  begin_close(dialogue::ClosedBy::kServer);
}

void Connection::time_out() {
  constexpr std::string_view kRule = "RFC 5321 §4.5.3.2.7";
  if (const auto decision = behaviour_.decide_timeout(session_.state(), wall_clock())) {
    driver_.perform({core::Send{decision->bytes}, core::Close{}});
    recorder_.last_word(decision->reply, decision->bytes, kRule, decision->explanation);
  } else {
    const std::string bytes = session_.time_out();
    smtp::ReplyReader reader;
    reader.receive(bytes);
    if (const auto reply = reader.next(); reply && *reply) recorder_.last_word((*reply)->reply, bytes, kRule);
  }
  perform();
  steer_reading();
}

void Connection::on_clock() {
  if (closing_) return leave();
  const std::chrono::milliseconds now = around_.loop.now();
  if (now >= silence_deadline()) remark_silence();
  if (now >= idle_deadline()) return time_out();
  arm();
}

// Not armed anew for every command: the clock looks, when it rings, whether the time has come, and waits for the rest.
void Connection::arm() {
  if (closing_) return;
  const std::chrono::milliseconds deadline = std::min(silence_deadline(), idle_deadline());
  if (deadline == kNever || (clock_.is_running() && armed_for_ <= deadline)) return;
  armed_for_ = deadline;
  clock_.start(deadline - around_.loop.now());
}

// From the last complete command, so that a trickle of octets does not hold a session for ever; in mail data, which may
// rightly take long, from the last octet.
std::chrono::milliseconds Connection::idle_deadline() const {
  if (around_.options.patient || driver_.is_pausing()) return kNever;
  const bool in_data = session_.state().state() == smtp::State::kData;
  return (in_data ? last_octet_ : last_turn_) + around_.scenario.idle_timeout;
}

std::chrono::milliseconds Connection::silence_deadline() const {
  if (!recorder_.is_on() || driver_.is_pausing()) return kNever;
  const std::vector<smtp::RemarkKind> kinds = kinds_of(session_.pending_remarks());
  if (kinds.empty() || kinds == remarked_) return kNever;
  return std::max(last_octet_, last_turn_) + around_.scenario.silence;
}

void Connection::remark_silence() {
  std::vector<smtp::Remark> remarks = session_.pending_remarks();
  remarked_ = kinds_of(remarks);
  const bool in_data = session_.state().state() == smtp::State::kData;
  recorder_.note("nothing came for " + seconds_text(around_.scenario.silence) +
                     (in_data ? ": the message goes on until a line that is one dot, between two CRLFs"
                              : ": the line has no end yet, the server waits for it"),
                 std::move(remarks));
}

void Connection::begin_close(dialogue::ClosedBy by) {
  closing_ = true;
  closed_by_ = by;
  // Not from here: whoever called is still at work on this connection.
  clock_.start(ended_ && stream_->unsent() == 0 ? std::chrono::milliseconds(0) : kLinger);
}

void Connection::leave(std::string why) {
  recorder_.closed(closed_by_, std::move(why));
  around_.gone(id_);
}

}  // namespace mockserver
