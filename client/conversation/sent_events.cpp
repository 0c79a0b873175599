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
dialogue::Event data_event(core::Octets part, const smtp::ClientSession& session) {
  dialogue::Event event = dialogue::client_octets(std::move(part), smtp::Input::kMessage);
  for (const smtp::Remark& remark : session.unfinished_remarks()) {
    const bool is_final =
        remark.kind == smtp::RemarkKind::kTerminatorNotCrlf || remark.kind == smtp::RemarkKind::kWaitsInsideChunk;
    if (is_final) event.remarks.push_back(remark);
  }
  return event;
}

// Octets that cannot be read yet: a line without its end, or what was sent before the reply that decides how to read it.
dialogue::Event unread_event(core::Octets part, const smtp::ClientSession& session) {
  dialogue::Event event = dialogue::client_octets(std::move(part), smtp::Input::kUnknown);
  const std::size_t size = event.bytes.size();
  const bool is_only_end = event.bytes.find_first_not_of("\r\n") == std::string::npos;
  if (event.bytes.ends_with('\n')) {
    const bool is_encoders = is_only_end && session.is_after_login();
    const auto kind = is_encoders ? smtp::RemarkKind::kBase64ExtraNewline : smtp::RemarkKind::kSendsBeforeReply;
    event.remarks.push_back({kind, {0, size}});
  } else {
    event.remarks = session.unfinished_remarks();
    for (smtp::Remark& remark : event.remarks) remark.where = {size, size};
  }
  const std::size_t before = session.unfinished().size() - std::min(size, session.unfinished().size());
  for (const core::Span& span : session.unfinished_secrets()) {
    if (span.end > before) event.secrets.push_back({span.begin - std::min(span.begin, before), span.end - before});
  }
  return event;
}

// Part of a line that carries a password: hidden although nobody can read it yet.
dialogue::Event secret_event(core::Octets part, const smtp::ClientSession& session) {
  dialogue::Event event = dialogue::client_octets(std::move(part), smtp::Input::kAuthResponse);
  event.secrets.push_back({0, event.bytes.size()});
  event.remarks = session.unfinished_remarks();
  return event;
}

dialogue::Event whole_event(const smtp::Said& said, core::Octets wire) {
  dialogue::Event event = dialogue::from_said(said, std::move(wire));
  if (said.input == smtp::Input::kMessage && !said.too_large) {
    for (const smtp::Remark& remark : scenario::message_remarks(said.message)) event.remarks.push_back(remark);
  }
  return event;
}

}  // namespace

std::vector<dialogue::Event> sent_events(core::Tape& sent, const std::vector<smtp::Said>& said,
                                         const smtp::ClientSession& session, const Before& before) {
  std::vector<dialogue::Event> events;
  std::size_t told = before.untold;
  for (const smtp::Said& one : said) {
    const std::size_t octets = one.octets - std::min(one.octets, std::exchange(told, 0));
    events.push_back(whole_event(one, sent.take(octets)));
  }
  if (sent.size() == 0) return events;
  const bool in_message = session.mode() == smtp::Mode::kData || session.mode() == smtp::Mode::kChunk;
  core::Octets rest = sent.take_all();
  if (events.empty() && before.is_secret) {
    events.push_back(secret_event(std::move(rest), session));
  } else if (in_message) {
    events.push_back(data_event(std::move(rest), session));
  } else {
    events.push_back(unread_event(std::move(rest), session));
  }
  return events;
}

}  // namespace client
