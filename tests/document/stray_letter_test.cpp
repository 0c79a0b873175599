#include "document/stray_letter.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/result.h"
#include "document/document.h"

TEST_CASE("stray letter: the first octet that is not ASCII outside of texts and comments") {
  struct StrayRow {
    const char* name;
    std::string text;
    std::optional<std::size_t> want;
  };
  for (const StrayRow& row : std::vector<StrayRow>{
           {"nothing", "", std::nullopt},
           {"ASCII alone", "a = 1\n[b]\n", std::nullopt},
           {"a key", "clé = 1\n", 2},
           {"a value", "a = é\n", 4},
           {"in a text", "a = \"é\"\n", std::nullopt},
           {"in a literal text", "a = 'é'\n", std::nullopt},
           {"in a comment", "a = 1 # é\n", std::nullopt},
           {"behind a comment", "# x\né", 4},
           {"behind a text", "a = \"x\"é", 7},
           {"a quote that is escaped", "a = \"\\\"é\"\n", std::nullopt},
           {"a backslash that escapes nothing", "a = '\\'é", 7},
           {"in a long text", "a = \"\"\"\n\"é\" \"\"é\n\"\"\"\n", std::nullopt},
           {"behind a long text", "a = '''\nx'''é", 12},
           {"a long text that ends in quotes of its own", "a = \"\"\"x\"\"\"\"\"é", 13},
           {"a text that its line does not close", "a = \"x\né = 1\n", std::nullopt},
           {"a long text that does not end", "a = \"\"\"é", std::nullopt},
           {"a quote in a comment", "# don't\né", 8},
           {"a byte order mark",
            "\xEF\xBB\xBF"
            "a = 1",
            std::nullopt},
           {"a letter behind a byte order mark", "\xEF\xBB\xBFé", 3},
           {"an octet of another charset", "a = \xE9\n", std::nullopt},
       }) {
    CAPTURE(row.name);
    CHECK(document::stray_letter(row.text) == row.want);
  }
}

TEST_CASE("document: what is wrong before a stray letter is told first") {
  const auto said = [](const std::string& text) {
    const auto parsed = document::parse_document("x.toml", text);
    return parsed ? std::string("no error") : core::describe(parsed.error(), core::Language::kEnglish);
  };
  CHECK(said("a = \nb = é\n").starts_with("x.toml:1:5: "));
  CHECK(said("a = 1\nb = é\n") ==
        "x.toml:2:5: this is not TOML: only ASCII may stand outside of a text\nb = é\n    ^\nhint: a text stands between "
        "quotes: \"é\"");
  CHECK(said("a = 1\na = 2\nb = é\n").starts_with("x.toml:2:"));
  CHECK(said("a = 1\n标题 = 2\n") ==
        "x.toml:2:1: this is not TOML: only ASCII may stand outside of a text\n标题 = 2\n^\n"
        "hint: a key with such letters stands between quotes");
  CHECK(said("\xEF\xBB\xBFé = 2\n").starts_with("x.toml:1:1: "));
}
