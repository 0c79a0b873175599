// What becomes of a lab, told to people and to the systems that collect marks. Each writer is a function of the sheet alone and
// gives the same octets for the same sheet; times stand only where a format asks for them. Whatever a program has sent or
// written is escaped as the format wants it. Each text ends with a LF.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "client/labs/sheet.h"
#include "core/text.h"

namespace reports {

// For somebody at a terminal: the first cause, then what else failed, with the lines around it.
[[nodiscard]] std::string as_text(const lab::Sheet& sheet, core::Language language);

// All of the sheet, one object; its keys stand in scenarios/labs/README.md.
[[nodiscard]] std::string as_json(const lab::Sheet& sheet, core::Language language);

// JUnit's XML, which has no specification, as CI systems read it. A note that failed is a skipped case: it fails no build. A
// sheet that is not judged has one case with an error.
[[nodiscard]] std::string as_junit(const lab::Sheet& sheet, core::Language language);

// TAP 14 (testanything.org). A note that failed is a TODO; a sheet that is not judged bails out.
[[nodiscard]] std::string as_tap(const lab::Sheet& sheet, core::Language language);

// GitHub's Markdown: for a job summary, or release-body.md of Classroom 50.
[[nodiscard]] std::string as_markdown(const lab::Sheet& sheet, core::Language language);

// One page with nothing outside of it and no script: both languages, of which `language` is shown first.
[[nodiscard]] std::string as_html(const lab::Sheet& sheet, core::Language language);

// Gradescope's results.json. Students see `output` alone.
[[nodiscard]] std::string as_gradescope(const lab::Sheet& sheet, core::Language language);

// What the runner of Classroom 50 says in the environment. What it does not say is empty.
struct Classroom {
  std::string classroom;        // CLASSROOM
  std::string assignment;       // ASSIGNMENT
  std::string assignment_type;  // ASSIGNMENT_TYPE, else "individual"
  std::string owner;            // OWNER, else USERNAME
  std::string submission;       // SUBMISSION_TAG
  std::string commit;           // COMMIT_URL
  std::string release;          // RELEASE_URL
  std::string review;           // REVIEW_URL, else COMMIT_URL
  std::string datetime;         // when it was submitted: of the tag, else graded_at
  std::string graded_at;        // "2026-06-01T14:33:11Z"
};
// A variable of the environment, or nothing.
using Environment = std::function<std::optional<std::string>(const char* name)>;
[[nodiscard]] Classroom classroom(const Environment& environment, std::string graded_at);

// The result.json of Classroom 50 ("classroom50/result/v1").
[[nodiscard]] std::string as_classroom50(const lab::Sheet& sheet, core::Language language, const Classroom& classroom);
// The same, of this process's environment and the present moment.
[[nodiscard]] std::string as_classroom50(const lab::Sheet& sheet, core::Language language);

}  // namespace reports
