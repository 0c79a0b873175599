// The rows of wire.txt.
#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace pop3_test {

struct WireStep {
  std::string what;  // "C", "R", "S", "closed", "@login" …
  std::string text;
};

struct WireRow {
  std::string name;
  std::string rule;
  std::vector<WireStep> steps;
};

inline std::vector<WireRow> wire_rows() {
  std::ifstream file(std::string(SMTPLAB_SOURCE) + "/tests/pop3/wire.txt", std::ios::binary);
  REQUIRE(file.good());
  std::vector<WireRow> rows;
  for (std::string line; std::getline(file, line);) {
    const auto starts_with = [&](std::string_view start) { return line.rfind(start, 0) == 0; };
    if (line.empty() || line.front() == '#' || starts_with("dovecot: ") || starts_with("mock: ") || starts_with("D: "))
      continue;
    if (line.rfind("== ", 0) == 0) {
      const std::size_t bar = line.find(" | ");
      REQUIRE(bar != std::string::npos);
      rows.push_back({line.substr(3, bar - 3), line.substr(bar + 3), {}});
    } else if (line.size() >= 3 && line.substr(1, 2) == ": ") {
      rows.back().steps.push_back({line.substr(0, 1), line.substr(3)});
    } else {
      rows.back().steps.push_back({line, {}});
    }
  }
  return rows;
}

}  // namespace pop3_test
