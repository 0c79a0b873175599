// Gradescope's results.json: as_gradescope() of reports.h.
#include <nlohmann/json.hpp>

#include "client/labs/reports/detail.h"
#include "client/labs/reports/octets.h"
#include "client/labs/reports/reports.h"
#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"

namespace reports {
namespace {

using ResultsJson = nlohmann::ordered_json;

class GradescopeReport {
 public:
  GradescopeReport(const lab::Sheet& sheet, core::Language language) : sheet_(sheet), language_(language) {}

  ResultsJson all() {
    ResultsJson json;
    json["score"] = sheet_.points;
    json["execution_time"] = (took(sheet_) + 999'999) / 1'000'000;  // whole seconds
    json["output"] = output();
    json["output_format"] = "text";  // by itself it would be read as HTML
    json["test_output_format"] = "text";
    json["test_name_format"] = "text";
    json["visibility"] = "visible";  // where one test is hidden, nobody sees a total
    json["tests"] = ResultsJson::array();
    for (const lab::CheckResult& one : sheet_.checks) json["tests"].push_back(test(one));
    json["extra_data"] = {{"lab", as_utf8(sheet_.lab)},
                          {"verdict", lab::name(sheet_.verdict)},
                          {"of", sheet_.of},
                          {"first", as_utf8(sheet_.first)},
                          {"seed", sheet_.seed},
                          {"version", sheet_.version}};
    return json;
  }

 private:
  [[nodiscard]] std::string output() const {
    std::string text = mark(sheet_).in(language_) + "\n";
    if (sheet_.verdict == lab::Verdict::kNotJudged)
      text += core::Text{"The score of 0 is no mark: there is nothing to be marked yet.",
                         "这里的 0 分不是成绩：还没有可以评分的东西。"}
                  .in(language_) +
              "\n";
    text += safe(sentence(sheet_).in(language_)) + "\n";
    if (!sheet_.praise.empty()) text += safe(sheet_.praise.in(language_)) + "\n";
    return text;
  }

  // Without a score a test is a line of information: a note gives none and takes none.
  ResultsJson test(const lab::CheckResult& check) {
    ResultsJson json;
    if (check.kind == lab::CheckKind::kMust) {
      json["score"] = check.points;
      json["max_score"] = check.of;
    }
    json["status"] = check.outcome == lab::Outcome::kPassed ? "passed" : "failed";
    json["name"] = safe(check.title.in(language_));
    json["number"] = std::to_string(++number_);
    json["output"] = detail_text(sheet_, check, language_);
    json["tags"] = {lab::name(check.kind), lab::name(check.outcome)};
    json["visibility"] = "visible";
    json["extra_data"] = {{"name", as_utf8(check.name)}, {"findings", check.findings}};
    return json;
  }

  const lab::Sheet& sheet_;
  core::Language language_;
  int number_ = 0;
};

}  // namespace

std::string as_gradescope(const lab::Sheet& sheet, core::Language language) {
  return escape_hidden(GradescopeReport(sheet, language).all().dump(2)) + "\n";
}

}  // namespace reports
