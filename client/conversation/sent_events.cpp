#include "client/conversation/sent_events.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "dialogue/log.h"
#include "mockserver/scenario/message_remarks.h"

namespace client {
namespace {

// Where the octets of each said thing begin: the last ones end where what was sent ends, since only the first can have
// started in an earlier call.
std::vector<std::size_t> lengths_in(std::size_t sent, const std::vector<smtp::Said>& said) {
  std::vector<std::size_t> lengths(said.size(), 0);
  std::size_t left = sent;
  for (std::size_t i = said.size(); i-- > 0;) {
    const bool whole = said[i].input == smtp::Input::kMessage && !said[i].has_chunk;  // its octets are not in Said::bytes
    const std::size_t size = said[i].bytes.size() + (said[i].has_chunk ? said[i].chunk().size() : 0);
    lengths[i] = whole || i == 0 ? left : std::min(left, size);
    left -= lengths[i];
  }
  return lengths;
}

core::Span shifted(core::Span span, std::size_t by) {
  return {span.begin - std::min(span.begin, by), span.end - std::min(span.end, by)};
}

void shift_left(std::vector<core::Span>& spans, std::size_t by) {
  for (core::Span& span : spans) span = shifted(span, by);
}

// Spans of the whole line, moved to the part of it that was sent now.
void shift_left(dialogue::Event& event, std::size_t by) {
  shift_left(event.secrets, by);
  for (smtp::Remark& remark : event.remarks) remark.where = shifted(remark.where, by);
}

dialogue::Event client_event(smtp::Input input, std::string bytes) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kClient;
  event.input = input;
  event.chunks = {bytes.size()};
  event.bytes = std::move(bytes);
  return event;
}

// A part of the message. Who waits for a reply behind a dot that ends nothing waits for ever, which is said at once.
dialogue::Event data_event(const std::string& bytes, const smtp::ClientSession& session) {
  dialogue::Event event = client_event(smtp::Input::kMessage, bytes);
  for (const smtp::Remark& remark : session.unfinished_remarks()) {
    const bool is_final =
        remark.kind == smtp::RemarkKind::kTerminatorNotCrlf || remark.kind == smtp::RemarkKind::kWaitsInsideChunk;
    if (is_final) event.remarks.push_back(remark);
  }
  return event;
}

// Octets that cannot be read yet: a line without its end, or what was sent before the reply that decides how to read it.
dialogue::Event unread_event(std::string bytes, const smtp::ClientSession& session) {
  dialogue::Event event = client_event(smtp::Input::kUnknown, std::move(bytes));
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
  event.secrets = session.unfinished_secrets();
  shift_left(event.secrets, session.unfinished().size() - std::min(size, session.unfinished().size()));
  return event;
}

// Part of a line that carries a password: hidden although nobody can read it yet.
smtp::Said secret_part(const std::string& bytes, const smtp::ClientSession& session) {
  smtp::Said part;
  part.input = smtp::Input::kAuthResponse;
  part.bytes = bytes;
  part.line_end = smtp::LineEnd::kNone;
  part.secrets.push_back({0, bytes.size()});
  part.remarks = session.unfinished_remarks();
  return part;
}

}  // namespace

std::vector<dialogue::Event> sent_events(const std::string& bytes, std::vector<smtp::Said> said,
                                         const smtp::ClientSession& session, bool was_secret) {
  if (said.empty() && was_secret) said.push_back(secret_part(bytes, session));
  const bool in_message = session.mode() == smtp::Mode::kData || session.mode() == smtp::Mode::kChunk;
  if (said.empty() && in_message) return {data_event(bytes, session)};
  const bool is_read = !said.empty() && said.back().line_end == smtp::LineEnd::kNone;  // or handed out unread as a whole
  const std::size_t unread = is_read ? 0 : std::min(bytes.size(), session.unfinished().size());
  const std::vector<std::size_t> lengths = lengths_in(bytes.size() - unread, said);
  std::vector<dialogue::Event> events;
  std::size_t at = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    dialogue::Event event = dialogue::from_said(said[i]);
    if (said[i].input == smtp::Input::kMessage && !said[i].too_large) {
      for (const smtp::Remark& remark : scenario::message_remarks(said[i].message)) event.remarks.push_back(remark);
    }
    const std::size_t whole = event.bytes.size();
    event.kind = dialogue::Kind::kClient;
    event.bytes = bytes.substr(at, lengths[i]);
    if (whole > event.bytes.size()) shift_left(event, whole - event.bytes.size());
    event.chunks = {event.bytes.size()};
    at += lengths[i];
    events.push_back(std::move(event));
  }
  if (unread > 0) events.push_back(unread_event(bytes.substr(bytes.size() - unread), session));
  return events;
}

}  // namespace client
