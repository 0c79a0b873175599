#include "client/labs/hand/record.h"

#include <nlohmann/json.hpp>

#include "dialogue/json_lines.h"
#include "dialogue/json_reader.h"

namespace hand {
namespace {

using RecordJson = nlohmann::ordered_json;

constexpr std::string_view kSays =
    "What was typed in a lab, and when. It does not show who typed it, and whoever has it can change it: smtplab lab --replay "
    "says "
    "all of it again to a server of its own.";

core::Failure no_record(core::Text why) {
  return core::fail(core::Blame::kInput,
                    core::phrase("it is no record of a lab: {0}", "这不是实验记录：{0}", {std::move(why)}));
}

constexpr std::string_view kOrigin = "origin";
constexpr std::string_view kProposed = "proposed";
constexpr std::string_view kTyped = "typed";

std::string_view name(Origin origin) { return origin == Origin::kProposed ? kProposed : kTyped; }

Origin origin_in(const RecordJson& event) {
  const std::string origin = event.value(kOrigin, "");
  if (origin == kProposed) return Origin::kProposed;
  return origin == kTyped ? Origin::kTyped : Origin::kUnknown;
}

RecordJson task_json(const Fulfilled& task) {
  RecordJson json;
  json["name"] = task.name;
  json["done"] = task.done ? RecordJson(*task.done) : RecordJson();
  json["hints"] = task.hints;
  return json;
}

Record read_members(const RecordJson& json) {
  Record record;
  record.lab = json.at("lab").get<std::string>();
  record.scenario = json.at("scenario").get<std::string>();
  record.seed = json.at("seed").get<std::uint64_t>();
  record.version = json.at("version").get<std::string>();
  record.began = json.at("began").get<std::string>();
  for (const RecordJson& one : json.at("tasks")) {
    Fulfilled task{one.at("name").get<std::string>(), {}, one.at("hints").get<std::size_t>()};
    if (!one.at("done").is_null()) task.done = one.at("done").get<double>();
    record.tasks.push_back(std::move(task));
  }
  for (const RecordJson& one : json.at("answers"))
    record.answers.push_back(
        {one.at("task").get<std::string>(), one.at("answer").get<std::string>(), one.at("at").get<double>()});
  return record;
}

}  // namespace

std::vector<Fulfilled> fulfilled(const Desk& desk) {
  std::vector<Fulfilled> all;
  for (const Task& task : desk.tasks()) {
    Fulfilled one{task.check->name, {}, task.hints};
    if (task.done) one.done = static_cast<double>(task.done->count()) / 1000;
    all.push_back(std::move(one));
  }
  return all;
}

std::string as_json(const Record& record) {
  RecordJson json;
  json["says"] = kSays;
  json["lab"] = record.lab;
  json["scenario"] = record.scenario;
  json["seed"] = record.seed;
  json["version"] = record.version;
  json["began"] = record.began;
  json["tasks"] = RecordJson::array();
  for (const Fulfilled& one : record.tasks) json["tasks"].push_back(task_json(one));
  json["answers"] = RecordJson::array();
  for (const Answered& one : record.answers)
    json["answers"].push_back({{"task", one.task}, {"answer", one.answer}, {"at", one.at}});
  json["events"] = RecordJson::array();
  for (const Happened& one : record.events) {
    const std::string line = dialogue::json_line(one.event, {.show_secrets = true, .connection = one.connection});
    RecordJson& event = json["events"].emplace_back(RecordJson::parse(line));
    if (one.origin != Origin::kUnknown) event[kOrigin] = name(one.origin);
  }
  return json.dump(1, ' ', true, RecordJson::error_handler_t::replace) + "\n";
}

core::Result<Record> read_record(std::string_view text) {
  const RecordJson json = RecordJson::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("events")) return no_record({"no object with events", "没有带 events 的对象"});
  try {
    Record record = read_members(json);
    for (const RecordJson& one : json.at("events")) {
      auto read = dialogue::events_from_json_lines(one.dump());
      if (!read) return core::Failure(read.error());
      for (dialogue::Recorded& event : read->events)
        record.events.push_back({event.connection, std::move(event.event), origin_in(one)});
    }
    return record;
  } catch (const RecordJson::exception&) {  // a member is missing, or of another kind
    return no_record({"a member is missing or of another kind", "缺少成员，或者成员的类型不对"});
  }
}

}  // namespace hand
