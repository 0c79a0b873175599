// The sheet as one object: as_json() of reports.h.
#include <nlohmann/json.hpp>

#include "client/labs/reports/octets.h"
#include "client/labs/reports/reports.h"

namespace reports {
namespace {

using SheetJson = nlohmann::ordered_json;

// Microseconds as milliseconds, as transcripts have them.
double milliseconds(std::int64_t microseconds) { return static_cast<double>(microseconds) / 1000; }

class SheetWriter {
 public:
  explicit SheetWriter(core::Language language) : language_(language) {}

  [[nodiscard]] SheetJson sheet(const lab::Sheet& sheet) const {
    SheetJson json;
    json["lab"] = as_utf8(sheet.lab);
    if (sheet.number != 0) json["number"] = sheet.number;
    json["title"] = text(sheet.title);
    json["command"] = list(sheet.command);
    json["verdict"] = lab::name(sheet.verdict);
    json["points"] = sheet.points;
    json["of"] = sheet.of;
    json["first"] = as_utf8(sheet.first);
    json["sentence"] = text(sheet.sentence);
    put(json, "praise", sheet.praise);
    put(json, "unjudged", sheet.unjudged);
    put(json, "unprotected", sheet.unprotected);
    json["checks"] = SheetJson::array();
    for (const lab::CheckResult& one : sheet.checks) json["checks"].push_back(check(one));
    json["trials"] = SheetJson::array();
    for (const lab::TrialRecord& one : sheet.trials) json["trials"].push_back(trial(one));
    json["language"] = language_ == core::Language::kChinese ? "zh" : "en";
    json["seed"] = sheet.seed;
    json["version"] = sheet.version;
    return json;
  }

 private:
  [[nodiscard]] std::string text(const core::Text& words) const { return as_utf8(words.in(language_)); }

  static void put(SheetJson& json, const char* key, std::string_view words) {
    if (!words.empty()) json[key] = as_utf8(words);
  }
  void put(SheetJson& json, const char* key, const core::Text& words) const { put(json, key, words.in(language_)); }

  static SheetJson list(const std::vector<std::string>& texts) {
    SheetJson json = SheetJson::array();
    for (const std::string& one : texts) json.push_back(as_utf8(one));
    return json;
  }

  static SheetJson lines(const std::vector<lab::Line>& lines) {
    SheetJson json = SheetJson::array();
    for (const lab::Line& line : lines) {
      SheetJson one;
      one["event"] = line.event;
      one["from"] = name(line.from);
      one["text"] = as_utf8(line.text);
      put(one, "decoded", line.decoded);
      one["time"] = milliseconds(line.at);
      if (line.is_at_fault) one["fault"] = true;
      json.push_back(std::move(one));
    }
    return json;
  }

  static std::string_view name(lab::Line::From from) {
    switch (from) {
      case lab::Line::From::kClient: return "client";
      case lab::Line::From::kServer: return "server";
      case lab::Line::From::kNote: return "note";
    }
    return "";
  }

  [[nodiscard]] SheetJson check(const lab::CheckResult& check) const {
    SheetJson json;
    json["name"] = as_utf8(check.name);
    json["kind"] = lab::name(check.kind);
    json["result"] = lab::name(check.outcome);
    json["points"] = check.points;
    json["of"] = check.of;
    json["title"] = text(check.title);
    put(json, "reason", check.reason);
    put(json, "trial", check.trial);
    json["findings"] = list(check.findings);
    if (check.connection != 0) json["connection"] = check.connection;
    if (!check.around.empty()) json["around"] = lines(check.around);
    if (!check.expected.empty() || !check.actual.empty()) {
      json["expected"] = as_utf8(check.expected);
      json["actual"] = as_utf8(check.actual);
    }
    json["hints"] = SheetJson::array();
    for (const core::Text& hint : check.hints) json["hints"].push_back(text(hint));
    put(json, "lesson", check.lesson);
    return json;
  }

  [[nodiscard]] SheetJson mistake(const lab::Seen& seen) const {
    SheetJson json;
    json["id"] = as_utf8(seen.id);
    json["severity"] = as_utf8(seen.severity);
    json["certain"] = seen.certain;
    json["events"] = seen.events;
    if (seen.follows) json["follows"] = as_utf8(*seen.follows);
    json["title"] = text(seen.title);
    put(json, "why", seen.why);
    put(json, "fix", seen.fix);
    put(json, "expected", seen.expected);
    return json;
  }

  [[nodiscard]] SheetJson dialogue(const lab::Dialogue& dialogue) const {
    SheetJson json;
    json["connection"] = dialogue.connection;
    json["host"] = as_utf8(dialogue.host);
    json["port"] = dialogue.port;
    json["protocol"] = as_utf8(dialogue.protocol);
    json["scenario"] = as_utf8(dialogue.scenario);
    json["tls"] = dialogue.is_encrypted;
    json["lines"] = lines(dialogue.lines);
    json["findings"] = SheetJson::array();
    for (const lab::Seen& one : dialogue.findings) json["findings"].push_back(mistake(one));
    return json;
  }

  static SheetJson letter(const lab::Letter& letter) {
    SheetJson json;
    json["from"] = as_utf8(letter.sender);
    json["to"] = list(letter.recipients);
    json["subject"] = as_utf8(letter.subject);
    json["text"] = as_utf8(letter.text);
    json["attachments"] = list(letter.attachments);
    return json;
  }

  [[nodiscard]] SheetJson trial(const lab::TrialRecord& trial) const {
    SheetJson json;
    json["name"] = as_utf8(trial.name);
    json["title"] = text(trial.title);
    json["repeat"] = as_utf8(trial.repeat);
    json["ended"] = text(trial.ended);
    json["printed"] = as_utf8(trial.printed);
    json["took"] = milliseconds(trial.took);
    json["dialogues"] = SheetJson::array();
    for (const lab::Dialogue& one : trial.dialogues) json["dialogues"].push_back(dialogue(one));
    json["letters"] = SheetJson::array();
    for (const lab::Letter& one : trial.letters) json["letters"].push_back(letter(one));
    return json;
  }

  core::Language language_;
};

}  // namespace

std::string as_json(const lab::Sheet& sheet, core::Language language) {
  return escape_hidden(SheetWriter(language).sheet(sheet).dump(2)) + "\n";
}

}  // namespace reports
