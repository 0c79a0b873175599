#include "dialogue/json_reader.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base64.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"

namespace dialogue {
namespace {

using ReadJson = nlohmann::json;
using std::chrono::microseconds;

constexpr std::array kKinds{Kind::kConnected, Kind::kClient, Kind::kServer, Kind::kNote, Kind::kClosed, Kind::kSecured};
constexpr std::array kEnds{ClosedBy::kServer, ClosedBy::kClient, ClosedBy::kFailure};

std::string text_in(const ReadJson& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number_in(const ReadJson& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

microseconds time_of(const ReadJson& json) {
  constexpr double kMost = 1e12;  // milliseconds
  const double milliseconds = json.is_number() ? json.get<double>() : 0.0;
  return microseconds(std::llround(std::clamp(milliseconds, 0.0, kMost) * 1000.0));
}

// Where octets are masked, the lengths are those of what was there: the times are what matters.
void read_pieces(const ReadJson& json, Event& event) {
  const auto chunks = json.find("chunks");
  const auto times = json.find("times");
  if (chunks == json.end() || !chunks->is_array() || event.bytes.empty()) return;
  std::size_t left = event.bytes.size();
  for (std::size_t i = 0; i < chunks->size() && left > 0; ++i) {
    const ReadJson& chunk = (*chunks)[i];
    const bool is_last = i + 1 == chunks->size();
    const std::size_t octets = is_last || !chunk.is_number_unsigned() ? left : std::min(left, chunk.get<std::size_t>());
    const bool has_time = times != json.end() && times->is_array() && i < times->size();
    event.pieces.push_back({octets, has_time ? time_of((*times)[i]) : event.at});
    left -= octets;
  }
}

std::optional<std::string> octets_in(const ReadJson& json) {
  const std::string base64 = text_in(json, "bytes");
  if (!base64.empty()) {
    auto octets = core::base64_decode(base64);
    return octets ? std::optional(std::move(*octets)) : std::nullopt;
  }
  const std::string cr = core::replace_all(text_in(json, "text"), "␍", "\r");
  return core::replace_all(core::replace_all(cr, "␊", "\n"), "␉", "\t");
}

std::optional<Event> event_of(const ReadJson& json) {
  Event event;
  const std::string kind = text_in(json, "kind");
  const auto* const hit = std::find_if(kKinds.begin(), kKinds.end(), [&](Kind one) { return name(one) == kind; });
  auto octets = octets_in(json);
  if (hit == kKinds.end() || !octets) return std::nullopt;
  event.kind = *hit;
  event.number = number_in(json, "number");
  if (const auto at = json.find("at"); at != json.end()) event.at = time_of(*at);
  event.bytes = std::move(*octets);
  event.dropped = static_cast<std::size_t>(number_in(json, "dropped"));
  read_pieces(json, event);
  event.failure = text_in(json, "failure");
  event.note = text_in(json, "note");
  const std::string closer = text_in(json, "closed_by");
  const auto* const by = std::find_if(kEnds.begin(), kEnds.end(), [&](ClosedBy one) { return name(one) == closer; });
  if (by != kEnds.end()) event.closed_by = *by;
  return event;
}

core::Failure no_event(std::size_t number, std::string_view line) {
  constexpr std::size_t kQuoted = 80;
  return core::fail(core::Blame::kInput,
                    core::phrase("line {0} is no event of a dialogue: {1}", "第 {0} 行不是对话里的事件：{1}",
                                 {number, core::show_bytes(line.substr(0, kQuoted))}));
}

}  // namespace

core::Result<Recording> events_from_json_lines(std::string_view text) {
  Recording recording;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = core::without_line_end(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const ReadJson json = ReadJson::parse(line, nullptr, false);
    if (!json.is_object()) return no_event(number, line);
    if (text_in(json, "kind") == "finding") {
      recording.findings.emplace_back(line);
      continue;
    }
    auto event = event_of(json);
    if (!event) return no_event(number, line);
    recording.is_masked = recording.is_masked || event->bytes.find(core::kMask) != std::string::npos;
    recording.events.push_back({number_in(json, "connection"), std::move(*event)});
  }
  return recording;
}

}  // namespace dialogue
