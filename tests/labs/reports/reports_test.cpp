// Reports as goldens: tests/golden/labs/<sheet>.<format>; UPDATE_GOLDEN=1 writes them. tests/interop/test_lab_reports.py reads
// the same files with the parsers of those formats.
#include "client/labs/reports/reports.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <doctest/doctest.h>

#include "client/labs/reports/requests.h"
#include "core/show.h"
#include "tests/labs/reports/sheets.h"

namespace {

using core::Language;

constexpr Language kEnglish = Language::kEnglish;
constexpr Language kChinese = Language::kChinese;

// Classroom 50 in a known surrounding, the others as they are.
std::string written(const reports::Format& format, const lab::Sheet& sheet, Language language) {
  if (format.name != "classroom50") return format.write(sheet, language);
  const std::map<std::string, std::string> said{
      {"CLASSROOM", "cs"},          {"ASSIGNMENT", "smtp"},           {"SUBMISSION_TAG", "submit/2026-06-01T14-32-05Z-a1b2c3d"},
      {"COMMIT_URL", "https://c"},  {"RELEASE_URL", "https://r"},     {"USERNAME", "alice"},
      {"ASSIGNMENT_TYPE", "group"}, {"REVIEW_URL", "https://review"},
  };
  const auto environment = [&](const char* name) -> std::optional<std::string> {
    const auto found = said.find(name);
    return found == said.end() ? std::nullopt : std::optional(found->second);
  };
  return reports::as_classroom50(sheet, language, reports::classroom(environment, "2026-06-01T14:33:11Z"));
}

void check_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(SMTPLAB_SOURCE) / "tests/golden/labs" / name;
  CAPTURE(path.string());
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "no such file; UPDATE_GOLDEN=1 writes it");
  std::stringstream wanted;
  wanted << file.rdbuf();
  CHECK(text == wanted.str());
}

}  // namespace

TEST_CASE("reports: every sheet in every format is as its golden file has it") {
  for (const auto& row : test::all_sheets()) {
    const auto& name = row.name;
    const auto& sheet = row.sheet;
    for (const reports::Format& format : reports::formats()) {
      check_golden(name + "." + std::string(format.name), written(format, sheet, kEnglish));
      if (name == "partial" || name == "not-judged")
        check_golden(name + ".zh." + std::string(format.name), written(format, sheet, kChinese));
    }
  }
}

TEST_CASE("reports: the same sheet gives the same octets") {
  for (const auto& row : test::all_sheets()) {
    const auto& name = row.name;
    const auto& sheet = row.sheet;
    for (const reports::Format& format : reports::formats()) {
      CAPTURE(name);
      CAPTURE(format.name);
      CHECK(written(format, sheet, kEnglish) == written(format, sheet, kEnglish));
    }
  }
}

TEST_CASE("reports: no octet of a peer reaches a terminal, whatever the format") {
  for (const reports::Format& format : reports::formats()) {
    std::istringstream text(written(format, test::hostile_sheet(), kEnglish));
    for (std::string line; std::getline(text, line);) {
      CAPTURE(format.name);
      if (core::show_bytes("⚠️") == "⚠️") CHECK(core::show_bytes(line) == line);
    }
  }
}

TEST_CASE("reports: each ends with one line end") {
  for (const auto& row : test::all_sheets()) {
    const auto& name = row.name;
    const auto& sheet = row.sheet;
    for (const reports::Format& format : reports::formats()) {
      CAPTURE(name);
      CAPTURE(format.name);
      const std::string text = written(format, sheet, kChinese);
      CHECK(text.ends_with('\n'));
      CHECK_FALSE(text.ends_with("\n\n"));
    }
  }
}

TEST_CASE("reports: what must be compared is never cut, and stands in each that has room for it") {
  const std::string whole(120, 'x');
  for (const char* const format : {"text", "json", "junit", "tap", "markdown", "html", "gradescope", "classroom50"}) {
    CAPTURE(format);
    for (const reports::Format& one : reports::formats()) {
      if (one.name == format) CHECK(written(one, test::partial_sheet(), kEnglish).find(whole) != std::string::npos);
    }
  }
}

TEST_CASE("reports: the first cause is told first") {
  const std::string text = reports::as_text(test::partial_sheet(), kEnglish);
  CHECK(text.find("First cause: replies-awaited") < text.find("✗ text –"));
  CHECK(text.find("✗ text –") < text.find("! note: date"));
}

TEST_CASE("reports: a submission is of the moment that its tag names") {
  struct Case {
    const char* tag;
    const char* datetime;
  };
  for (const Case& row :
       {Case{"submit/2026-06-01T14-32-05Z-a1b2c3d", "2026-06-01T14:32:05Z"}, Case{"submit/today", "now"},
        Case{"submit/2026-06-01T14:32:05Z", "now"}, Case{"submit/2026-0x-01T14-32-05Z-a", "now"}, Case{"", "now"}}) {
    CAPTURE(row.tag);
    const auto environment = [&](const char* name) -> std::optional<std::string> {
      return std::string(name) == "SUBMISSION_TAG" ? std::optional<std::string>(row.tag) : std::nullopt;
    };
    CHECK(reports::classroom(environment, "now").datetime == row.datetime);
  }
}
