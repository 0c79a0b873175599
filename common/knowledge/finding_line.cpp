#include "knowledge/finding_line.h"

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

namespace knowledge {

namespace {

using FindingJson = nlohmann::ordered_json;

void put_words(FindingJson& json, const MistakeEntry* mistake, core::Language language) {
  if (mistake == nullptr) return;
  json["title"] = mistake->title.in(language);
  json["fix"] = mistake->fix.in(language);
}

std::string line_of(const FindingJson& json) { return json.dump(-1, ' ', false, FindingJson::error_handler_t::replace) + "\n"; }

}  // namespace

std::string_view name(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames{"error", "warning", "advice"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string finding_line(const findings::Finding& finding, const Knowledge& knowledge, core::Language language,
                         std::optional<std::uint64_t> connection) {
  const MistakeEntry* const mistake = knowledge.mistake(finding.id);
  FindingJson json;
  json["kind"] = "finding";
  if (connection) json["connection"] = *connection;
  json["number"] = finding.number;
  json["id"] = finding.id;
  if (mistake != nullptr) json["severity"] = name(mistake->severity);
  json["certain"] = finding.certain;
  json["events"] = finding.events;
  json["octets"] = FindingJson::array();
  for (const findings::Octets& one : finding.octets) json["octets"].push_back({one.event, one.begin, one.end});
  if (finding.follows) json["follows"] = *finding.follows;
  if (!finding.expected.empty()) json["expected"] = finding.expected.in(language);
  put_words(json, mistake, language);
  return line_of(json);
}

std::optional<RecordedFinding> read_finding_line(std::string_view line) {
  const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object() || json.value("kind", nlohmann::json()) != "finding") return std::nullopt;
  try {
    RecordedFinding read;
    read.connection = json.value("connection", std::uint64_t{0});
    findings::Finding& finding = read.finding;
    finding.number = json.value("number", std::uint64_t{0});
    finding.id = json.at("id").get<std::string>();
    finding.certain = json.value("certain", true);
    finding.events = json.value("events", std::vector<std::uint64_t>());
    for (const auto& [event, begin, end] :
         json.value("octets", std::vector<std::tuple<std::uint64_t, std::size_t, std::size_t>>()))
      finding.octets.push_back({event, begin, end});
    if (json.contains("follows")) finding.follows = json["follows"].get<std::uint64_t>();
    finding.expected = core::same(json.value("expected", std::string()));
    return read;
  } catch (const nlohmann::json::exception&) {  // a member of another kind
    return std::nullopt;
  }
}

std::string difference_line(const findings::Difference& difference, const std::vector<ShownIn>& shown,
                            const Knowledge& knowledge, core::Language language) {
  const MistakeEntry* const mistake = knowledge.mistake(difference.id);
  FindingJson json;
  json["kind"] = "finding";
  json["id"] = difference.id;
  if (mistake != nullptr) json["severity"] = name(mistake->severity);
  json["certain"] = difference.certain;
  json["dialogues"] = FindingJson::array();
  for (const ShownIn& one : shown) {
    FindingJson in;
    in["file"] = one.file;
    if (one.connection != 0) in["connection"] = one.connection;
    in["events"] = one.events;
    json["dialogues"].push_back(std::move(in));
  }
  put_words(json, mistake, language);
  return line_of(json);
}

}  // namespace knowledge
