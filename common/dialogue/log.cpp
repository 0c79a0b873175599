#include "dialogue/log.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/base64.h"

namespace dialogue {
namespace {

// Of a line that is longer than what is kept of it, a secret that reaches so far goes on to its end.
void hide_rest(std::vector<core::Span>& secrets, std::size_t kept, std::size_t all) {
  for (core::Span& span : secrets) {
    if (span.end == kept && kept < all) span.end = all;
  }
}

// The span in what is left without the first octets.
core::Span behind(core::Span span, std::size_t before) {
  return {span.begin - std::min(span.begin, before), span.end - std::min(span.end, before)};
}

}  // namespace

const Event& Log::append(Event event) {
  event.number = events_.size() + 1;
  if (event.protocol != nullptr) {
    spoken_.push_back({event.number, event.protocol});
    secrets_.speaks(*event.protocol);
  }
  secrets_.apply(event);
  kept_ += event.bytes.size();
  events_.push_back(std::move(event));
  for (; kept_ > kMostKept && kept_from_ + 1 < events_.size(); ++kept_from_) {
    if (events_[kept_from_].bytes.size() > kShort) forget_octets(kept_from_);
  }
  return events_.back();
}

const protocol::Protocol& Log::protocol_of(const Event& event) const {
  const auto later = std::find_if(spoken_.begin(), spoken_.end(), [&](const Spoken& one) { return one.from > event.number; });
  return *std::prev(later)->what;
}

void Log::forget_octets(std::size_t index) {
  Event& event = events_.at(index);
  kept_ -= event.bytes.size();
  event.dropped += event.bytes.size();
  std::string().swap(event.bytes);  // to assign an empty one would keep the memory
  std::vector<core::Piece>().swap(event.pieces);
  event.secrets.clear();
  for (protocol::Remark& remark : event.remarks) remark.where = {};
}

Event client_octets(core::Octets wire, std::optional<protocol::Input> input) {
  Event event;
  event.kind = Kind::kClient;
  if (!wire.pieces.empty()) event.at = wire.pieces.back().at;
  event.bytes = std::move(wire.bytes);
  event.pieces = std::move(wire.pieces);
  event.input = input;
  return event;
}

Event from_said(const protocol::Said& said, core::Octets wire) {
  Event event = client_octets(std::move(wire), said.input);
  event.secrets = said.secrets;
  event.is_command = said.is_command;
  event.is_unread = said.is_unread;
  event.login = said.login;
  event.remarks = said.remarks;
  const std::size_t before = said.octets - std::min(said.octets, event.bytes.size());
  if (said.line_end == protocol::LineEnd::kNone) hide_rest(event.secrets, said.bytes.size(), said.octets);
  const std::size_t told = said.bytes.size() - std::min(said.octets, said.bytes.size());
  for (core::Span& span : event.secrets) span = behind(span, before + told);
  for (protocol::Remark& remark : event.remarks) remark.where = behind(remark.where, before + told);
  if (said.login) event.decoded = said.login->decoded;
  event.decoded_is_secret = !event.decoded.empty() && !said.secrets.empty();
  return event;
}

Event from_answer(const protocol::Answer& answer, std::string bytes, protocol::Input answers,
                  const std::optional<protocol::StateChange>& change) {
  Event event;
  event.kind = Kind::kServer;
  event.bytes = std::move(bytes);
  event.input = answers;
  event.reply = answer;
  event.change = change;
  // The text of what asks for more of a login is the challenge (RFC 4954 §4, RFC 5034 §4).
  if (answer.is_more() && answers.is_of_login() && answer.lines.size() == 1) {
    if (const auto decoded = core::base64_decode(answer.lines.front())) event.decoded = *decoded;
  }
  return event;
}

}  // namespace dialogue
