// Screens that are compared with files, character by character.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "client/screen/canvas.h"

namespace test {

// The rows, and where the cursor stands.
inline std::string as_text(const screen::Canvas& canvas) {
  std::string text;
  for (const std::string& row : canvas.rows()) text += row + "\n";
  return text + "cursor: row " + std::to_string(canvas.cursor_row()) + ", column " + std::to_string(canvas.cursor_column()) +
         "\n";
}

// Compares with tests/golden/screens/<name>-<columns>x<rows>.txt; UPDATE_GOLDEN=1 writes the file instead.
inline void check_golden(const std::string& name, screen::Size size, const screen::Canvas& canvas) {
  const std::filesystem::path path = std::filesystem::path(SMTPLAB_SOURCE) / "tests/golden/screens" /
                                     (name + "-" + std::to_string(size.columns) + "x" + std::to_string(size.rows) + ".txt");
  CAPTURE(path.string());
  if (const char* update = std::getenv("UPDATE_GOLDEN"); update != nullptr && *update != '\0') {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << as_text(canvas);
  }
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "no such file; UPDATE_GOLDEN=1 writes it");
  std::stringstream wanted;
  wanted << file.rdbuf();
  CHECK(as_text(canvas) == wanted.str());
}

}  // namespace test
