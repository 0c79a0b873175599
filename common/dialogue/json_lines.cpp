#include "dialogue/json_lines.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base64.h"
#include "core/json_writer.h"
#include "core/secret.h"
#include "core/show.h"
#include "protocol/protocol.h"

namespace dialogue {
namespace {

// What core::show_bytes shows for these, and can be had back from it.
constexpr std::array kPictures{std::pair{'\r', std::string_view("␍")}, std::pair{'\n', std::string_view("␊")},
                               std::pair{'\t', std::string_view("␉")}};

// Whether the octets cannot be had back from what is shown for them.
bool is_lossy(std::string_view octets, std::string_view shown) {
  std::size_t at = 0;
  for (const char octet : octets) {
    if (at == shown.size()) return true;
    char meant = shown[at];
    std::size_t length = 1;
    if (meant == kPictures.front().second.front()) {
      for (const auto& [control, picture] : kPictures) {
        if (shown.compare(at, picture.size(), picture) != 0) continue;
        meant = control;
        length = picture.size();
      }
    }
    if (meant != octet) return true;
    at += length;
  }
  return at < shown.size();
}

void put_bytes(core::JsonWriter& json, const Event& event, const JsonOptions& options) {
  if (event.dropped > 0) json.number("dropped", event.dropped);
  if (event.bytes.empty()) return;
  const bool is_masked = !options.show_secrets && !event.secrets.empty();
  const std::string masked = is_masked ? core::mask(event.bytes, event.secrets) : std::string();
  const std::string_view octets = is_masked ? masked : std::string_view(event.bytes);
  const std::string shown = core::show_bytes(octets);
  json.text("text", shown);
  if (is_lossy(octets, shown)) json.text("bytes", core::base64_encode(octets));
  if (event.pieces.empty()) return;
  json.begin_list("chunks");
  for (const core::Piece& piece : event.pieces) json.item(std::uint64_t{piece.octets});
  json.end_list();
  if (event.pieces.size() < 2) return;  // it has the time of the event
  json.begin_list("times");
  for (const core::Piece& piece : event.pieces) json.item(piece.at);
  json.end_list();
}

// A code of three digits is a number, as it has always been.
void put_code(core::JsonWriter& json, const std::string& code) {
  std::uint64_t number = 0;
  const char* const end = code.data() + code.size();
  const auto [stop, error] = std::from_chars(code.data(), end, number);
  if (stop == end && error == std::errc()) return json.number("code", number);
  json.text("code", core::show_bytes(code));
}

void put_reply(core::JsonWriter& json, const protocol::Answer& reply) {
  put_code(json, reply.code);
  json.begin_list("lines");
  for (const std::string& line : reply.lines) json.item(std::string_view(core::show_bytes(line)));
  json.end_list();
}

void put_remarks(core::JsonWriter& json, const std::vector<protocol::Remark>& remarks) {
  if (remarks.empty()) return;
  json.begin_list("remarks");
  for (const protocol::Remark& remark : remarks) json.item(std::string_view(remark.kind.text()));
  json.end_list();
}

void put_meaning(core::JsonWriter& json, const Event& event, const JsonOptions& options) {
  if (!event.decoded.empty()) {
    const bool masked = event.decoded_is_secret && !options.show_secrets;
    json.text("decoded", masked ? std::string(core::kMask) : core::show_bytes(event.decoded));
  }
  put_remarks(json, event.remarks);
  if (event.change) {
    json.text("from", event.change->from->name.en);
    json.text("to", event.change->to->name.en);
    if (!event.change->rule.empty()) json.text("rule", event.change->rule);
  }
  if (!event.user.empty()) json.text("user", core::show_bytes(event.user));
  if (event.explanation && !event.explanation->id.empty()) json.text("explanation", core::show_bytes(event.explanation->id));
  if (event.kind == Kind::kClosed) json.text("closed_by", name(event.closed_by));
  if (!event.failure.empty()) json.text("failure", core::show_bytes(event.failure));
  if (!event.note.empty()) json.text("note", core::show_bytes(event.note.en));
}

}  // namespace

std::string json_line(const Event& event, const JsonOptions& options) {
  constexpr std::size_t kOfOtherMembers = 250;
  core::JsonWriter json(2 * event.bytes.size() + kOfOtherMembers);
  if (options.connection) json.number("connection", *options.connection);
  json.number("number", event.number);
  json.milliseconds("at", event.at);
  json.text("kind", name(event.kind));
  if (event.protocol != nullptr) json.text("protocol", event.protocol->name());
  if (event.input) json.text("input", event.input->name());
  put_bytes(json, event, options);
  if (event.reply) put_reply(json, *event.reply);
  put_meaning(json, event, options);
  return json.take() + "\n";
}

}  // namespace dialogue
