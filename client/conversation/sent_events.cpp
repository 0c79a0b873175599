#include "client/conversation/sent_events.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "dialogue/log.h"
#include "mockserver/scenario/message_remarks.h"

namespace client {
namespace {

// A part of the message. Who waits for a reply behind a dot that ends nothing waits for ever, which is said at once.
dialogue::Event data_event(core::Octets part, const protocol::ClientSession& session, const protocol::Protocol& spoken) {
  dialogue::Event event = dialogue::client_octets(std::move(part), spoken.input(protocol::Role::kContent));
  if (session.looks_finished()) event.remarks = session.unfinished_remarks();
  return event;
}

// Octets that cannot be read yet: a line without its end, or what was sent before the reply that decides how to read it.
dialogue::Event unread_event(core::Octets part, const protocol::ClientSession& session, const protocol::Protocol& spoken) {
  dialogue::Event event = dialogue::client_octets(std::move(part), spoken.input(protocol::Role::kUnknown));
  const std::size_t size = event.bytes.size();
  event.is_unread = event.bytes.ends_with('\n');
  if (event.is_unread) {
    event.remarks = session.early_remarks(event.bytes);
  } else {
    event.remarks = session.unfinished_remarks();
    for (protocol::Remark& remark : event.remarks) remark.where = {size, size};
  }
  const std::size_t before = session.unfinished().size() - std::min(size, session.unfinished().size());
  for (const core::Span& span : session.unfinished_secrets()) {
    if (span.end > before) event.secrets.push_back({span.begin - std::min(span.begin, before), span.end - before});
  }
  return event;
}

// Part of a line that carries a password: hidden although nobody can read it yet.
dialogue::Event secret_event(core::Octets part, const protocol::ClientSession& session, const protocol::Protocol& spoken) {
  dialogue::Event event = dialogue::client_octets(std::move(part), spoken.input(protocol::Role::kLoginLine));
  event.secrets.push_back({0, event.bytes.size()});
  event.remarks = session.unfinished_remarks();
  return event;
}

dialogue::Event whole_event(const protocol::Said& said, core::Octets wire) {
  dialogue::Event event = dialogue::from_said(said, std::move(wire));
  if (said.input.is(protocol::Role::kContent) && !said.too_large) {
    for (const protocol::Remark& remark : scenario::message_remarks(said.message)) event.remarks.push_back(remark);
  }
  return event;
}

}  // namespace

std::vector<dialogue::Event> sent_events(core::Tape& sent, const std::vector<protocol::Said>& said,
                                         const protocol::ClientSession& session, const Before& before,
                                         const protocol::Protocol& spoken) {
  std::vector<dialogue::Event> events;
  std::size_t told = before.untold;
  for (const protocol::Said& one : said) {
    const std::size_t octets = one.octets - std::min(one.octets, std::exchange(told, 0));
    events.push_back(whole_event(one, sent.take(octets)));
  }
  if (sent.size() == 0) return events;
  const bool in_message = session.mode() == protocol::Mode::kContent || session.mode() == protocol::Mode::kChunk;
  core::Octets rest = sent.take_all();
  if (events.empty() && before.is_secret) {
    events.push_back(secret_event(std::move(rest), session, spoken));
  } else if (in_message) {
    events.push_back(data_event(std::move(rest), session, spoken));
  } else {
    events.push_back(unread_event(std::move(rest), session, spoken));
  }
  return events;
}

}  // namespace client
