#include "dialogue/log.h"

#include <utility>

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

}  // namespace

const Event& Log::append(Event event) {
  event.number = events_.size() + 1;
  secrets_.apply(event);
  return events_.emplace_back(std::move(event));
}

void Log::forget_octets(std::size_t index) {
  Event& event = events_.at(index);
  event.bytes.clear();
  event.bytes.shrink_to_fit();
  event.chunks.clear();
  event.secrets.clear();
}

Event from_said(const smtp::Said& said) {
  Event event;
  event.kind = Kind::kClient;
  event.bytes = said.bytes;
  event.secrets = said.secrets;
  event.input = said.input;
  event.command = said.command;
  event.remarks = said.remarks;
  // Mail data is kept as the message it carries; stuffed again and with its last line it is what was on the wire.
  if (said.input == smtp::Input::kMessage && said.bytes.empty()) event.bytes = smtp::dot_stuff(said.message) + ".\r\n";
  if (said.has_chunk) event.bytes.append(said.chunk());
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
