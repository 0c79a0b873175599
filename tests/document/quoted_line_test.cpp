// What a message quotes of the line that it complains about.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/secret.h"
#include "document/document.h"
#include "document/problems.h"

namespace {

// The quoted line and the line of its caret.
std::vector<std::string> quoted(const document::Document& document, int column) {
  document::Problems problems(document);
  problems.add({1, column}, {"x", "x"});
  const std::string text = problems.error().text.en;
  std::vector<std::string> lines;
  for (std::size_t at = text.find('\n'); at != std::string::npos;) {
    const std::size_t end = std::min(text.find('\n', at + 1), text.size());
    lines.push_back(text.substr(at + 1, end - at - 1));
    at = end == text.size() ? std::string::npos : end;
  }
  return lines;
}

document::Document of(std::string text) { return {"x.toml", std::move(text), {}, {}}; }

}  // namespace

TEST_CASE("a quoted line is short, and its caret stands under the character wherever that is") {
  for (const std::size_t at : {0U, 100U, 119U, 120U, 121U, 500U, 65536U}) {
    CAPTURE(at);
    const auto lines = quoted(of(std::string(at, 'a') + "!" + std::string(65536, 'b') + "\n"), static_cast<int>(at) + 1);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].size() < 140);
    // "…" takes three octets and one column.
    const std::size_t extra = lines[0].starts_with("… ") ? 2 : 0;
    CHECK(lines[0].find('!') == lines[1].find('^') + extra);
    CHECK(lines[0].ends_with(" …"));
  }
}

TEST_CASE("octets that are no text, and wide letters, are counted by the columns that they take") {
  std::string text(300, '\x01');
  for (int i = 0; i < 300; ++i) text += "\xe4\xbd\xa0";
  const auto lines = quoted(of(text + "!"), 601);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].size() < 140);
  CHECK(lines[0].ends_with("\xe4\xbd\xa0!"));
  CHECK(lines[1].find('^') == 62);
}

TEST_CASE("a password in a long line is not quoted, and its mask is whole") {
  for (const std::size_t before : {0U, 50U, 100U, 119U, 400U}) {
    for (const std::size_t behind : {0U, 30U, 58U, 60U, 70U, 300U}) {
      CAPTURE(before);
      CAPTURE(behind);
      document::Document document = of(std::string(before, 'a') + "SECRETSECRET" + std::string(behind, 'b') + "!");
      document.hidden = {{before, before + 12}};
      for (const std::size_t caret : {before, before + 5, before + 11, before + 12, before + 12 + behind}) {
        CAPTURE(caret);
        const auto lines = quoted(document, static_cast<int>(caret) + 1);
        REQUIRE(lines.size() == 2);
        CHECK(lines[0].find_first_of("SECRT!") == (lines[0].ends_with('!') ? lines[0].size() - 1 : std::string::npos));
        const std::size_t extra = lines[0].starts_with("… ") ? 2 : 0;
        if (caret < before + 12) CHECK(lines[0].find(core::kMask) == lines[1].find('^') + extra);
      }
    }
  }
}
