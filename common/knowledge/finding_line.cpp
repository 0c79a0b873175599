#include "knowledge/finding_line.h"

#include <array>

#include <nlohmann/json.hpp>

namespace knowledge {

std::string_view name(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames{"error", "warning", "advice"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string finding_line(const findings::Finding& finding, const Knowledge& knowledge, core::Language language,
                         std::optional<std::uint64_t> connection) {
  using Json = nlohmann::ordered_json;
  const MistakeEntry* const mistake = knowledge.mistake(finding.id);
  Json json;
  json["kind"] = "finding";
  if (connection) json["connection"] = *connection;
  json["number"] = finding.number;
  json["id"] = finding.id;
  if (mistake != nullptr) json["severity"] = name(mistake->severity);
  json["certain"] = finding.certain;
  json["events"] = finding.events;
  json["octets"] = Json::array();
  for (const findings::Octets& one : finding.octets) json["octets"].push_back({one.event, one.begin, one.end});
  if (finding.follows) json["follows"] = *finding.follows;
  if (!finding.expected.empty()) json["expected"] = finding.expected.in(language);
  if (mistake != nullptr) json["title"] = mistake->title.in(language);
  if (mistake != nullptr) json["fix"] = mistake->fix.in(language);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace knowledge
