// The recipes of common/README.md point at files that there are.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include <doctest/doctest.h>

TEST_CASE("recipes: each file that is named is there") {
  std::ifstream file(SMTPLAB_SOURCE "/common/README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  const std::size_t recipes = readme.find("## Recipes");
  REQUIRE(recipes != std::string::npos);
  const std::string text = readme.substr(recipes);
  const std::regex path("`((common|client|mockserver|scenarios|tests)/[a-zA-Z_/.]+)`");
  std::size_t count = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), path), end; at != end; ++at, ++count) {
    CAPTURE((*at)[1].str());
    CHECK(std::filesystem::exists(std::string(SMTPLAB_SOURCE "/") + (*at)[1].str()));
  }
  CHECK(count > 10);
}
