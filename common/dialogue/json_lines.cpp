#include "dialogue/json_lines.h"

#include <charconv>
#include <system_error>

#include <nlohmann/json.hpp>

#include "core/base64.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"

namespace dialogue {
namespace {

using Json = nlohmann::ordered_json;

double milliseconds(std::chrono::microseconds time) { return static_cast<double>(time.count()) / 1000.0; }

// Whether the octets can be had back from what is shown for them.
bool is_lossy(std::string_view octets, std::string_view shown) {
  const std::string cr = core::replace_all(shown, "␍", "\r");
  const std::string lf = core::replace_all(cr, "␊", "\n");
  return core::replace_all(lf, "␉", "\t") != octets;
}

void put_bytes(Json& json, const Event& event, const JsonOptions& options) {
  if (event.dropped > 0) json["dropped"] = event.dropped;
  if (event.bytes.empty()) return;
  const std::string octets = options.show_secrets ? event.bytes : core::mask(event.bytes, event.secrets);
  std::string shown = core::show_bytes(octets);
  const bool lossy = is_lossy(octets, shown);
  json["text"] = std::move(shown);
  if (lossy) json["bytes"] = core::base64_encode(octets);
  for (const core::Piece& piece : event.pieces) json["chunks"].push_back(piece.octets);
  if (event.pieces.size() < 2) return;  // it has the time of the event
  for (const core::Piece& piece : event.pieces) json["times"].push_back(milliseconds(piece.at));
}

// A code of three digits is a number, as it has always been.
Json code_of(const protocol::Answer& answer) {
  int number = 0;
  const char* const end = answer.code.data() + answer.code.size();
  const auto [stop, error] = std::from_chars(answer.code.data(), end, number);
  return stop == end && error == std::errc() ? Json(number) : Json(core::show_bytes(answer.code));
}

void put_reply(Json& json, const protocol::Answer& reply) {
  json["code"] = code_of(reply);
  Json& lines = json["lines"] = Json::array();
  for (const std::string& line : reply.lines) lines.push_back(core::show_bytes(line));
}

void put_meaning(Json& json, const Event& event, const JsonOptions& options) {
  if (!event.decoded.empty()) {
    const bool masked = event.decoded_is_secret && !options.show_secrets;
    json["decoded"] = masked ? std::string(core::kMask) : core::show_bytes(event.decoded);
  }
  for (const protocol::Remark& remark : event.remarks) json["remarks"].push_back(remark.kind.text());
  if (event.change) {
    json["from"] = event.change->from->name.en;
    json["to"] = event.change->to->name.en;
    if (!event.change->rule.empty()) json["rule"] = event.change->rule;
  }
  if (!event.user.empty()) json["user"] = core::show_bytes(event.user);
  if (event.explanation && !event.explanation->id.empty()) json["explanation"] = core::show_bytes(event.explanation->id);
  if (event.kind == Kind::kClosed) json["closed_by"] = name(event.closed_by);
  if (!event.failure.empty()) json["failure"] = core::show_bytes(event.failure);
  if (!event.note.empty()) json["note"] = core::show_bytes(event.note.en);
}

}  // namespace

std::string json_line(const Event& event, const JsonOptions& options) {
  Json json;
  if (options.connection) json["connection"] = *options.connection;
  json["number"] = event.number;
  json["at"] = milliseconds(event.at);
  json["kind"] = name(event.kind);
  if (event.input) json["input"] = event.input->name();
  put_bytes(json, event, options);
  if (event.reply) put_reply(json, *event.reply);
  put_meaning(json, event, options);
  // Every text above came through show_bytes; `replace` makes sure that no mistake here can throw.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dialogue
