// The recipes of common/README.md point at files that there are.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string recipes() {
  std::ifstream file(SMTPLAB_SOURCE "/common/README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = readme.find("## Recipes");
  REQUIRE(begin != std::string::npos);
  return readme.substr(begin);
}

}  // namespace

TEST_CASE("recipes: each file that is named is there") {
  const std::string text = recipes();
  const std::regex path("`((common|client|mockserver|scenarios|tests)/[a-zA-Z_/.]+)`");
  std::size_t count = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), path), end; at != end; ++at, ++count) {
    CAPTURE((*at)[1].str());
    CHECK(std::filesystem::exists(std::string(SMTPLAB_SOURCE "/") + (*at)[1].str()));
  }
  CHECK(count > 10);
}

TEST_CASE("recipes: they say where the tables of each protocol are") {
  const std::string text = recipes();
  for (const std::string protocol : {"smtp", "pop3", "imap"}) {
    for (const std::string table : {"input.h", "transitions.h", "facts.cpp", "command.cpp"}) {
      CAPTURE(protocol);
      CAPTURE(table);
      CHECK(text.find("`common/" + protocol + "/" + table + "`") != std::string::npos);
    }
  }
}
