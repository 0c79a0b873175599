// Which reports are asked for, and where they go: "text,html=report.html".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/labs/sheet.h"
#include "core/result.h"
#include "core/text.h"

namespace reports {

struct Format {
  std::string_view name;  // "junit"
  std::string (*write)(const lab::Sheet& sheet, core::Language language);
};
// All of them, text first.
[[nodiscard]] const std::vector<Format>& formats();
// "text|json|…", as usage has it.
[[nodiscard]] std::string format_names();

struct Request {
  const Format* format = nullptr;  // never null
  std::string file;                // empty: standard output
};

// Words with commas between: FORMAT, which goes to standard output, and only one may; FORMAT=FILE. A comma cannot stand in
// FILE.
[[nodiscard]] core::Result<std::vector<Request>> parse_reports(std::string_view said);

// Writes the files, each whole or not at all. Gives what is for standard output; the first error of the system, when the other
// files have been tried.
[[nodiscard]] core::Result<std::string> write_reports(const std::vector<Request>& requests, const lab::Sheet& sheet,
                                                      core::Language language);

}  // namespace reports
