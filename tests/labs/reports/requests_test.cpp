#include "client/labs/reports/requests.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/labs/reports/sheets.h"

TEST_CASE("requests: which reports, and where they go") {
  struct Asked {
    const char* said;
    const char* meant;  // FORMAT>FILE
  };
  for (const Asked& row : {Asked{"text", "text>"}, Asked{"json,html=report.html", "json> html>report.html"},
                           Asked{"junit=a/b.xml,tap=t", "junit>a/b.xml tap>t"}, Asked{" text , json = a b ", "text> json>a b"},
                           Asked{"json=a=b", "json>a=b"}, Asked{"json=a,json=b", "json>a json>b"}}) {
    CAPTURE(row.said);
    const auto requests = reports::parse_reports(row.said);
    REQUIRE(requests.has_value());
    std::string meant;
    for (const reports::Request& one : *requests)
      meant += (meant.empty() ? "" : " ") + std::string(one.format->name) + ">" + one.file;
    CHECK(meant == row.meant);
  }
}

TEST_CASE("requests: what is wrong is named, and what there is") {
  struct Asked {
    const char* said;
    const char* error;
  };
  for (const Asked& row :
       {Asked{"jsn", "--report: there is no report 'jsn' (did you mean 'json'?)"},
        Asked{"pdf",
              "--report: there is no report 'pdf' (one of: text, json, junit, tap, markdown, html, gradescope, classroom50)"},
        Asked{"", "--report: there is no report without a name (text|json|junit|tap|markdown|html|gradescope|classroom50)"},
        Asked{"text,",
              "--report: there is no report without a name (text|json|junit|tap|markdown|html|gradescope|classroom50)"},
        Asked{"html=", "--report: 'html=' names no file (html=FILE)"},
        Asked{"text,json", "--report: only one report goes to standard output: 'text', 'json' (json=FILE)"},
        Asked{"text=a,json=a", "--report: only one report goes to a: 'text', 'json' (json=FILE)"}}) {
    CAPTURE(row.said);
    const auto requests = reports::parse_reports(row.said);
    REQUIRE_FALSE(requests.has_value());
    CHECK(core::describe(requests.error(), core::Language::kEnglish) == row.error);
    CHECK_FALSE(requests.error().text.zh.empty());
  }
}

TEST_CASE("requests: files are written, one report is for standard output, and all are tried") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("lab-reports-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "report.json").string();
  const auto requests = reports::parse_reports("text=/nowhere/at/all,tap,json=" + file);
  REQUIRE(requests.has_value());
  const auto out = reports::write_reports(*requests, test::full_sheet(), core::Language::kEnglish);
  REQUIRE_FALSE(out.has_value());
  CHECK(core::describe(out.error(), core::Language::kEnglish) == "/nowhere/at/all: cannot write: No such file or directory");
  std::ifstream written(file);
  std::stringstream text;
  text << written.rdbuf();
  CHECK(text.str().starts_with("{"));
  const auto good =
      reports::write_reports(*reports::parse_reports("tap,json=" + file), test::full_sheet(), core::Language::kEnglish);
  REQUIRE(good.has_value());
  CHECK(good->starts_with("TAP version 14\n"));
  std::filesystem::remove_all(folder);
}

TEST_CASE("requests: a device is written to, and stays what it is") {
  const auto out =
      reports::write_reports(*reports::parse_reports("json=/dev/full"), test::full_sheet(), core::Language::kEnglish);
  REQUIRE_FALSE(out.has_value());
  CHECK(core::describe(out.error(), core::Language::kEnglish) == "/dev/full: cannot write: No space left on device");
  CHECK(std::filesystem::is_character_file("/dev/full"));
}
