#include "mockserver/recorder.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "dialogue/log.h"

namespace mockserver {
namespace {

// What went out for the decision. Octets without a reply in them are no reply, whatever the server believes.
dialogue::Event spoken(const scenario::Decision& decision, protocol::Input answers, const protocol::StateChange& change) {
  dialogue::Event event = dialogue::from_answer(decision.reply, decision.bytes, answers, change);
  if (decision.garbled) event.reply.reset();
  event.explanation = decision.explanation;
  return event;
}

}  // namespace

Recorder::Recorder(const Observer& observer, ConnectionId connection, const protocol::ServerSession& session,
                   const scenario::Scenario& scenario)
    : observer_(&observer),
      connection_(connection),
      session_(&session),
      protocol_(scenario.protocol),
      began_(net::Loop::precise_now()) {
  if (!observer) return;
  kept_ = std::make_unique<Kept>(*protocol_);
  for (const scenario::Account& account : scenario.accounts) {
    for (const std::string* const secret : {&account.password, &account.web_password, &account.token})
      kept_->secrets.learn(*secret);
  }
}

void Recorder::hand_on(dialogue::Event event) {
  event.number = ++kept_->number;
  kept_->secrets.apply(event);
  (*observer_)(connection_, event, *session_);
}

// What stands behind octets that have not left yet waits with them.
void Recorder::add(dialogue::Event event) {
  if (kept_->untold.empty()) return hand_on(std::move(event));
  kept_->untold.push_back({std::move(event), kept_->left, kept_->left});
}

void Recorder::speak(dialogue::Event event, bool goes_on) {
  const std::uint64_t begin = kept_->said;
  kept_->said += event.bytes.size();
  event.at = now();
  kept_->untold.push_back({std::move(event), begin, kept_->said, goes_on});
  tell();
}

void Recorder::tell() {
  while (!kept_->untold.empty() && kept_->untold.front().end <= kept_->left && !kept_->untold.front().goes_on) {
    dialogue::Event event = std::move(kept_->untold.front().event);
    kept_->untold.pop_front();
    hand_on(std::move(event));
  }
}

void Recorder::left(std::uint64_t octets) {
  if (!is_on() || octets <= kept_->left) return;
  const std::chrono::microseconds at = now();
  for (Untold& one : kept_->untold) {
    const std::uint64_t begin = std::max(one.begin, kept_->left);
    const std::uint64_t end = std::min(one.end, octets);
    if (begin >= end) continue;
    one.event.pieces.push_back({static_cast<std::size_t>(end - begin), at});
    one.event.at = at;
  }
  kept_->left = std::min(octets, kept_->said);
  tell();
}

void Recorder::silenced() {
  if (!is_on() || kept_->untold.empty()) return;
  const std::uint64_t lost = kept_->said - kept_->left;
  for (Untold& one : std::exchange(kept_->untold, {})) {
    const bool is_cut = one.end > kept_->left && one.end > one.begin;
    if (is_cut) {
      one.event.bytes.resize(static_cast<std::size_t>(kept_->left - std::min(one.begin, kept_->left)));
      one.event.reply.reset();  // a part of one is none
    }
    if (!is_cut || !one.event.bytes.empty()) hand_on(std::move(one.event));
  }
  kept_->said = kept_->left;
  if (lost > 0) note(std::to_string(lost) + " octets of what the server was to say never left");
}

std::optional<std::string_view> Recorder::untold() const {
  if (!is_on() || !kept_->untold.empty()) return std::nullopt;
  return kept_->tape.octets();
}

void Recorder::connected(const std::string& peer) {
  if (!is_on()) return;
  dialogue::Event event;
  event.kind = dialogue::Kind::kConnected;
  event.at = now();
  event.note = peer;
  add(std::move(event));
}

void Recorder::received(std::string_view octets) {
  if (!is_on()) return;
  if (kept_->tape.size() >= kMostHeld) tell_untaken();
  kept_->tape.add(octets, now());
}

// Of a message, lines are cut only where none ends: the hidden ones among them are found line by line.
void Recorder::tell_untaken() {
  const bool is_message = session_->is_in_message();
  const std::size_t lines = is_message ? kept_->tape.octets().rfind('\n') + 1 : 0;
  dialogue::Event event = dialogue::client_octets(kept_->tape.take(lines > 0 ? lines : kept_->tape.size()));
  kept_->parts += event.bytes.size();
  if (is_message) {
    event.input = protocol_->input(protocol::Role::kContent);
  } else {
    event.secrets = session_->secrets_in(event.bytes);
  }
  add(std::move(event));
}

void Recorder::said(const protocol::Said& said) {
  if (!is_on()) return;
  add(dialogue::from_said(said, kept_->tape.take(said.octets - std::min(said.octets, std::exchange(kept_->parts, 0)))));
}

void Recorder::answered(const scenario::Decision& decision, protocol::Input input, const protocol::StateChange& change,
                        bool goes_on) {
  if (!is_on()) return;
  dialogue::Event event = spoken(decision, input, change);
  std::string user = session_->text("logged-in");
  if (user != kept_->user) event.user = kept_->user = std::move(user);
  speak(std::move(event), goes_on);
}

void Recorder::pulled(std::string_view octets, bool goes_on) {
  if (!is_on()) return;
  const auto open = std::find_if(kept_->untold.begin(), kept_->untold.end(), [](const Untold& one) { return one.goes_on; });
  if (open != kept_->untold.end() && open->event.bytes.size() + octets.size() <= kMostPulled) {
    open->event.bytes.append(octets);
    open->end = kept_->said += octets.size();
    open->goes_on = goes_on;
    return tell();
  }
  dialogue::Event event;
  event.kind = dialogue::Kind::kServer;
  event.bytes = octets;
  if (open != kept_->untold.end()) {
    event.input = open->event.input;
    open->goes_on = false;
  }
  speak(std::move(event), goes_on);
}

void Recorder::announced(const protocol::Announcement& news) {
  if (!is_on()) return;
  dialogue::Event event = dialogue::from_answer(news.meaning, news.bytes, protocol_->input(protocol::Role::kUnknown), {});
  event.input.reset();
  speak(std::move(event));
}

void Recorder::last_word(const scenario::Decision& decision, const protocol::StateChange& change) {
  if (!is_on()) return;
  dialogue::Event event = spoken(decision, protocol_->input(protocol::Role::kUnknown), change);
  event.input.reset();
  speak(std::move(event));
}

void Recorder::unfinished(const std::vector<protocol::MistakeId>& said) {
  if (!is_on()) return;
  if (session_->is_in_message()) {
    const std::size_t octets = session_->message_octets();
    rest();
    note("the client closed in the middle of the message, after " + std::to_string(octets) + " octets of it");
    return;
  }
  if (session_->pending().empty()) return;
  std::vector<protocol::Remark> remarks = session_->pending_remarks();
  dialogue::Event event = dialogue::client_octets(kept_->tape.take_all());
  for (const protocol::Remark& remark : remarks) {
    if (std::find(said.begin(), said.end(), remark.kind) == said.end()) event.remarks.push_back(remark);
  }
  event.secrets = session_->secrets_in(event.bytes);
  add(std::move(event));
  note("the client closed in the middle of a command: its line has no end");
}

// Nobody deals with it any more.
void Recorder::rest() {
  while (kept_->tape.size() > 0) tell_untaken();
  kept_->parts = 0;
}

void Recorder::note(const std::string& text, std::vector<protocol::Remark> remarks) {
  if (!is_on()) return;
  dialogue::Event event;
  event.kind = dialogue::Kind::kNote;
  event.at = now();
  event.note = text;
  event.remarks = std::move(remarks);
  for (protocol::Remark& remark : event.remarks) remark.where = {};  // the event has no octets to point at
  add(std::move(event));
}

void Recorder::secured(const tls::Engine& tls, const protocol::StateChange& change) {
  if (!is_on()) return;
  rest();
  const tls::Details details = tls.details();
  dialogue::Event event;
  event.kind = dialogue::Kind::kSecured;
  event.at = now();
  event.change = change;
  event.note = details.version + ", " + details.cipher;
  add(std::move(event));
}

void Recorder::closed(dialogue::ClosedBy by, const std::string& why, std::string failure) {
  if (!is_on()) return;
  rest();
  silenced();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.at = now();
  event.closed_by = by;
  event.note = why;
  event.failure = std::move(failure);
  add(std::move(event));
}

}  // namespace mockserver
