// The result.json of Classroom 50: as_classroom50() of reports.h.
#include <array>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <ctime>

#include <nlohmann/json.hpp>

#include "client/labs/reports/detail.h"
#include "client/labs/reports/octets.h"
#include "client/labs/reports/reports.h"

namespace reports {
namespace {

using ResultJson = nlohmann::ordered_json;

// "2026-06-01T14:32:05Z" of "submit/2026-06-01T14-32-05Z-a1b2c3d"; empty for a tag of another form. It is the moment of the
// submission, and the same whenever that is graded again.
std::string moment_of(std::string_view tag) {
  constexpr std::string_view kBefore = "submit/";
  constexpr std::string_view kForm = "0000-00-00T00-00-00Z";
  if (!tag.starts_with(kBefore) || tag.size() < kBefore.size() + kForm.size()) return "";
  std::string moment(tag.substr(kBefore.size(), kForm.size()));
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool fits = kForm[i] == '0' ? std::isdigit(static_cast<unsigned char>(moment[i])) != 0 : moment[i] == kForm[i];
    if (!fits) return "";
  }
  moment[13] = moment[16] = ':';
  return moment;
}

ResultJson test_row(const lab::Sheet& sheet, const lab::CheckResult& check, core::Language language) {
  ResultJson json;
  json["test-name"] = as_utf8(check.name);
  json["passed"] = check.outcome == lab::Outcome::kPassed;
  json["score"] = check.kind == lab::CheckKind::kMust ? check.points : 0;
  json["max-score"] = check.kind == lab::CheckKind::kMust ? check.of : 0;
  json["kind"] = lab::name(check.kind);  // from here on: kept as it is
  json["result"] = lab::name(check.outcome);
  json["title"] = as_utf8(check.title.in(language));
  json["findings"] = check.findings;
  json["output"] = detail_text(sheet, check, language);
  return json;
}

}  // namespace

Classroom classroom(const Environment& environment, std::string graded_at) {
  const auto first_of = [&](std::initializer_list<const char*> names, std::string otherwise) {
    for (const char* const name : names) {
      if (const auto value = environment(name); value && !value->empty()) return *value;
    }
    return otherwise;
  };
  Classroom here;
  here.classroom = first_of({"CLASSROOM"}, "");
  here.assignment = first_of({"ASSIGNMENT"}, "");
  here.assignment_type = first_of({"ASSIGNMENT_TYPE"}, "individual");
  here.owner = first_of({"OWNER", "USERNAME"}, "");
  here.submission = first_of({"SUBMISSION_TAG"}, "");
  here.commit = first_of({"COMMIT_URL"}, "");
  here.release = first_of({"RELEASE_URL"}, "");
  here.review = first_of({"REVIEW_URL", "COMMIT_URL"}, "");
  here.datetime = moment_of(here.submission);
  if (here.datetime.empty()) here.datetime = graded_at;
  here.graded_at = std::move(graded_at);
  return here;
}

std::string as_classroom50(const lab::Sheet& sheet, core::Language language, const Classroom& classroom) {
  ResultJson json;
  json["schema"] = "classroom50/result/v1";
  json["classroom"] = as_utf8(classroom.classroom);
  json["assignment"] = as_utf8(classroom.assignment);
  json["assignment_type"] = as_utf8(classroom.assignment_type);
  json["owner"] = as_utf8(classroom.owner);
  json["submission"] = as_utf8(classroom.submission);
  json["commit"] = as_utf8(classroom.commit);
  json["release"] = as_utf8(classroom.release);
  json["review"] = as_utf8(classroom.review);
  json["datetime"] = classroom.datetime;
  json["graded_at"] = classroom.graded_at;
  json["score"] = sheet.points;
  json["max-score"] = sheet.of;
  json["tests"] = ResultJson::array();
  for (const lab::CheckResult& one : sheet.checks) json["tests"].push_back(test_row(sheet, one, language));
  return escape_hidden(json.dump(2)) + "\n";
}

std::string as_classroom50(const lab::Sheet& sheet, core::Language language) {
  const auto variable = [](const char* name) -> std::optional<std::string> {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> moment{};
  const std::size_t length = std::strftime(moment.data(), moment.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return as_classroom50(sheet, language, classroom(variable, std::string(moment.data(), length)));
}

}  // namespace reports
