#include "dialogue/log.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base64.h"
#include "smtp/auth_line.h"

namespace dialogue {
namespace {

// The base64 in what a client says: a line of an exchange, or the initial response of AUTH (RFC 4954 §4).
std::string_view response_in(const smtp::Said& said) {
  if (said.input == smtp::Input::kAuthResponse) return said.line();
  if (said.command && said.command->initial_response) return *said.command->initial_response;
  return {};
}

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
  secrets_.apply(event);
  kept_ += event.bytes.size();
  events_.push_back(std::move(event));
  for (; kept_ > kMostKept && kept_from_ + 1 < events_.size(); ++kept_from_) {
    if (events_[kept_from_].bytes.size() > kShort) forget_octets(kept_from_);
  }
  return events_.back();
}

void Log::forget_octets(std::size_t index) {
  Event& event = events_.at(index);
  kept_ -= event.bytes.size();
  event.dropped += event.bytes.size();
  std::string().swap(event.bytes);  // to assign an empty one would keep the memory
  std::vector<core::Piece>().swap(event.pieces);
  event.secrets.clear();
  for (smtp::Remark& remark : event.remarks) remark.where = {};
}

Event client_octets(core::Octets wire, std::optional<smtp::Input> input) {
  Event event;
  event.kind = Kind::kClient;
  if (!wire.pieces.empty()) event.at = wire.pieces.back().at;
  event.bytes = std::move(wire.bytes);
  event.pieces = std::move(wire.pieces);
  event.input = input;
  return event;
}

Event from_said(const smtp::Said& said, core::Octets wire) {
  Event event = client_octets(std::move(wire), said.input);
  event.secrets = said.secrets;
  event.command = said.command;
  event.remarks = said.remarks;
  const std::size_t before = said.octets - std::min(said.octets, event.bytes.size());
  if (said.line_end == smtp::LineEnd::kNone) hide_rest(event.secrets, said.bytes.size(), said.octets);
  for (core::Span& span : event.secrets) span = behind(span, before);
  for (smtp::Remark& remark : event.remarks) remark.where = behind(remark.where, before);
  const auto place = said.input == smtp::Input::kAuthResponse ? smtp::ResponsePlace::kLater : smtp::ResponsePlace::kInitial;
  if (const auto decoded = smtp::decode_response(response_in(said), place)) event.decoded = *decoded;
  event.decoded_is_secret = !event.decoded.empty() && !said.secrets.empty();
  return event;
}

Event from_reply(const smtp::Reply& reply, std::string bytes, smtp::Input answers, const smtp::StateChange& change) {
  Event event;
  event.kind = Kind::kServer;
  event.bytes = std::move(bytes);
  event.input = answers;
  event.reply = reply;
  event.change = change;
  // 334 is used by AUTH alone; its text is the challenge (RFC 4954 §4).
  if (reply.code.value() == 334 && reply.lines.size() == 1) {
    if (const auto decoded = core::base64_decode(reply.lines.front())) event.decoded = *decoded;
  }
  return event;
}

}  // namespace dialogue
