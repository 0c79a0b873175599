#include "mockserver/recorder.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "dialogue/log.h"
#include "mockserver/pieces.h"

namespace mockserver {
namespace {

// What went out for the decision. Octets without a reply in them are no reply, whatever the server believes.
dialogue::Event spoken(const scenario::Decision& decision, smtp::Input answers, const smtp::StateChange& change) {
  dialogue::Event event = dialogue::from_reply(decision.reply, decision.bytes, answers, change);
  if (decision.garbled) event.reply.reset();
  event.chunks = pieces_of(decision);
  event.explanation = decision.explanation;
  return event;
}

}  // namespace

Recorder::Recorder(const Observer& observer, ConnectionId connection, const smtp::ServerSession& session,
                   const std::vector<scenario::Account>& accounts)
    : observer_(&observer), connection_(connection), session_(&session), began_(net::Loop::precise_now()) {
  if (!is_on()) return;
  for (const scenario::Account& account : accounts) {
    for (const std::string* const secret : {&account.password, &account.web_password, &account.token}) secrets_.learn(*secret);
  }
}

void Recorder::emit(dialogue::Event event) {
  event.number = ++number_;
  event.at = net::Loop::precise_now() - began_;
  secrets_.apply(event);
  (*observer_)(connection_, event, session_->state().memory());
}

void Recorder::connected(const std::string& peer) {
  if (!is_on()) return;
  dialogue::Event event;
  event.kind = dialogue::Kind::kConnected;
  event.note = peer;
  emit(std::move(event));
}

void Recorder::received(std::size_t octets) {
  if (is_on()) pieces_.push_back(octets);
}

// How the last `length` octets that the session has consumed were cut on their way; forgets everything before them too:
// what an over-long line or a message past its limit lost is in no event.
std::vector<std::size_t> Recorder::take_chunks(std::size_t length) {
  const std::size_t total = std::accumulate(pieces_.begin(), pieces_.end(), std::size_t{0});
  const std::size_t consumed = total - std::min(total, session_->pending().size());
  const std::size_t begin = consumed - std::min(consumed, length);
  std::vector<std::size_t> chunks;
  std::vector<std::size_t> rest;
  std::size_t at = 0;
  for (const std::size_t piece : pieces_) {
    const std::size_t end = at + piece;
    const std::size_t from = std::max(at, begin);
    const std::size_t to = std::min(end, consumed);
    if (to > from) chunks.push_back(to - from);
    if (end > consumed) rest.push_back(end - std::max(at, consumed));
    at = end;
  }
  pieces_ = std::move(rest);
  if (consumed < length) chunks.assign(1, length);
  return chunks;
}

void Recorder::said(const smtp::Said& said) {
  if (!is_on()) return;
  dialogue::Event event = dialogue::from_said(said);
  event.chunks = take_chunks(event.bytes.size());
  emit(std::move(event));
}

void Recorder::answered(const scenario::Decision& decision, const smtp::Answered& answered) {
  if (!is_on()) return;
  dialogue::Event event = spoken(decision, answered.input, answered.change);
  const std::string& user = session_->state().memory().user;
  if (user != user_) event.user = user_ = user;
  emit(std::move(event));
}

void Recorder::last_word(const scenario::Decision& decision, std::string_view rule) {
  if (!is_on()) return;
  const smtp::StateChange change{session_->state().state(), smtp::State::kClosed, rule};
  dialogue::Event event = spoken(decision, smtp::Input::kUnknown, change);
  event.input.reset();
  emit(std::move(event));
}

void Recorder::unfinished(const std::vector<smtp::RemarkKind>& said) {
  if (!is_on()) return;
  if (session_->is_in_message()) {
    const std::size_t octets = session_->state().memory().message_size;
    note("the client closed in the middle of the message, after " + std::to_string(octets) + " octets of it");
    return;
  }
  const std::string_view pending = session_->pending();
  if (pending.empty()) return;
  dialogue::Event event;
  event.kind = dialogue::Kind::kClient;
  event.bytes = pending;
  event.chunks = {pending.size()};
  for (const smtp::Remark& remark : session_->pending_remarks()) {
    if (std::find(said.begin(), said.end(), remark.kind) == said.end()) event.remarks.push_back(remark);
  }
  event.secrets = session_->pending_secrets();
  emit(std::move(event));
  note("the client closed in the middle of a command: its line has no end");
}

void Recorder::note(std::string text, std::vector<smtp::Remark> remarks) {
  if (!is_on()) return;
  dialogue::Event event;
  event.kind = dialogue::Kind::kNote;
  event.note = std::move(text);
  event.remarks = std::move(remarks);
  for (smtp::Remark& remark : event.remarks) remark.where = {};  // the event has no octets to point at
  emit(std::move(event));
}

void Recorder::secured(const tls::Engine& tls, const smtp::StateChange& change) {
  if (!is_on()) return;
  const tls::Details details = tls.details();
  dialogue::Event event;
  event.kind = dialogue::Kind::kSecured;
  event.change = change;
  event.note = details.version + ", " + details.cipher;
  emit(std::move(event));
}

void Recorder::closed(dialogue::ClosedBy by, std::string why, std::string failure) {
  if (!is_on()) return;
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = by;
  event.note = std::move(why);
  event.failure = std::move(failure);
  emit(std::move(event));
}

}  // namespace mockserver
