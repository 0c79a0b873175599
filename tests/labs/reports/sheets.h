// Sheets that the tests of the reports write: one of each verdict, and one whose program and peers are hostile.
#pragma once

#include <string>
#include <vector>

#include "client/labs/sheet.h"

namespace test {

struct NamedSheet {
  std::string name;  // of its golden files
  lab::Sheet sheet;
};

[[nodiscard]] lab::Sheet full_sheet();
[[nodiscard]] lab::Sheet notes_sheet();
[[nodiscard]] lab::Sheet partial_sheet();
[[nodiscard]] lab::Sheet failed_sheet();
[[nodiscard]] lab::Sheet unjudged_sheet();
[[nodiscard]] lab::Sheet hostile_sheet();
[[nodiscard]] std::vector<NamedSheet> all_sheets();

}  // namespace test
