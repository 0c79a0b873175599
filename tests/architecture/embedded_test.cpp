// What the build wrote into the programs is what stands in scenarios/.
#include "scenarios/embedded.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("embedded scenarios: every TOML file is there, octet for octet, sorted by path") {
  const std::filesystem::path root = std::filesystem::path(SMTPLAB_SOURCE) / "scenarios";
  std::size_t on_disk = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".toml") ++on_disk;
  }
  const auto embedded = scenarios::embedded_files();
  CHECK(on_disk > 0);
  CHECK(embedded.size() == on_disk);
  CHECK(std::is_sorted(embedded.begin(), embedded.end(), [](const auto& a, const auto& b) { return a.path < b.path; }));
  for (const scenarios::EmbeddedFile& file : embedded) {
    CAPTURE(std::string(file.path));
    CHECK(file.text == contents(root / file.path));
  }
}
