// The report as JSON: as_json() of telling.h.
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "client/program/telling.h"
#include "knowledge/finding_line.h"

namespace program {
namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  Writer(const knowledge::Knowledge& knowledge, core::Language language) : knowledge_(knowledge), language_(language) {}

  [[nodiscard]] Json network(const Outcome& outcome) const {
    Json json;
    json["closed"] = outcome.way.has_value();
    if (outcome.way) json["by"] = name(*outcome.way).en;
    json["refused"] = Json::array();
    for (const core::Text& why : outcome.refusals) json["refused"].push_back(why.in(language_));
    json["localhost"] = outcome.first;
    return json;
  }

  [[nodiscard]] static Json program(const Outcome& outcome) {
    Json json;
    json["command"] = outcome.command;
    if (WIFSIGNALED(outcome.status)) {
      json["signal"] = WTERMSIG(outcome.status);
    } else {
      json["status"] = WEXITSTATUS(outcome.status);
    }
    json["over_time"] = outcome.is_over_time;
    json["over_output"] = outcome.is_over_output;
    json["left_processes"] = outcome.has_left_processes;
    return json;
  }

  [[nodiscard]] Json visit(const Visit& visit) const {
    Json json;
    json["connection"] = visit.number;
    json["host"] = visit.name;
    json["port"] = visit.port;
    json["scenario"] = visit.scenario;
    json["tls"] = visit.is_encrypted;
    json["dialogue"] = visit.lines;
    if (visit.left_out > 0) json["left_out"] = visit.left_out;
    if (visit.refused_by) json["refused_by"] = *visit.refused_by;
    json["findings"] = Json::array();
    for (const findings::Finding& finding : visit.wrong)
      json["findings"].push_back(Json::parse(knowledge::finding_line(finding, knowledge_, language_, visit.number)));
    return json;
  }

  // seen: what of it showed in the process; words that it printed.
  [[nodiscard]] Json about_process(const std::string& id, const std::string& seen) const {
    Json json;
    if (!id.empty()) json["id"] = id;
    json["seen"] = seen;
    if (const auto meaning = meaning_of(id, knowledge_)) {
      json["title"] = meaning->title.in(language_);
      json["fix"] = meaning->fix.in(language_);
    }
    return json;
  }

 private:
  const knowledge::Knowledge& knowledge_;
  core::Language language_;
};

}  // namespace

std::string as_json(const Story& story, const knowledge::Knowledge& knowledge, core::Language language) {
  const Writer writer(knowledge, language);
  Json json;
  json["well"] = story.is_well;
  json["network"] = writer.network(story.outcome);
  json["program"] = Writer::program(story.outcome);
  json["connections"] = Json::array();
  for (const Visit& visit : story.services.visits()) json["connections"].push_back(writer.visit(visit));
  json["process"] = Json::array();
  if (story.stumble) json["process"].push_back(writer.about_process(story.stumble->id, story.stumble->words));
  for (const Symptom& symptom : story.symptoms)
    json["process"].push_back(writer.about_process(symptom.id, symptom.seen.in(language)));
  json["stored"] = Json::array();
  for (const mockserver::Kept& one : story.services.kept()) {
    Json files = Json::array();
    for (const store::Place& place : one.places) {
      if (!place.path.empty()) files.push_back(place.path);
    }
    json["stored"].push_back({{"to", one.forward_paths}, {"octets", one.octets}, {"files", std::move(files)}});
  }
  json["taken_for_accounts"] = story.services.guests();
  json["led_to_localhost"] = story.services.strangers();
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace program
