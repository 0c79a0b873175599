// What the pages of the folders say stands there is there.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string page(const std::string& path) {
  std::ifstream file(SMTPLAB_SOURCE "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_there(const std::string& path) {
  for (const char* const ending : {"", ".h", ".cpp"}) {
    if (std::filesystem::exists(SMTPLAB_SOURCE "/" + path + ending)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("pages: every row of their tables is a folder or a file") {
  for (const std::string folder : {"common", "mockserver", "client"}) {
    const std::string text = page(folder + "/README.md");
    const std::regex row("\n\\| ((`[a-z0-9_]+[/.a-z]*`(, )?)+) \\|");
    std::size_t rows = 0;
    for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at, ++rows) {
      const std::string names = (*at)[1].str();
      const std::regex name("`([a-z0-9_/.]+)`");
      for (std::sregex_iterator one(names.begin(), names.end(), name); one != end; ++one) {
        CAPTURE(folder);
        CAPTURE((*one)[1].str());
        CHECK(is_there(folder + "/" + (*one)[1].str()));
      }
    }
    CHECK(rows >= 6);
  }
}
