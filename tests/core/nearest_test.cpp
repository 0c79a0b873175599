#include "core/nearest.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

TEST_CASE("nearest: a misspelt word finds the one that was meant") {
  struct Row {
    const char* name;
    const char* word;
    std::vector<std::string_view> known;
    const char* want;
  };
  for (const Row& row : std::vector<Row>{
           {"one letter wrong", "repky", {"reply", "rule"}, "did you mean 'reply'?"},
           {"one letter doubled", "repply", {"reply", "rule"}, "did you mean 'reply'?"},
           {"two letters swapped", "rpely", {"reply", "rule"}, "did you mean 'reply'?"},
           {"letter case", "mail", {"MAIL", "RCPT"}, "did you mean 'MAIL'?"},
           {"a part of a long word", "required", {"auth-required", "bye"}, "did you mean 'auth-required'?"},
           {"two equally near", "helo-o", {"helo-ok", "helo-on", "x"}, "did you mean 'helo-ok' or 'helo-on'?"},
           {"one slip leaves no doubt", "--trnscript", {"--script", "--transcript"}, "did you mean '--transcript'?"},
           {"nothing near", "zzz", {"a", "b"}, "one of: a, b"},
           {"nothing known", "zzz", {}, ""},
           {"empty word", "", {"a"}, "one of: a"},
           {"a short word is not just anything", "on", {"code", "end"}, "one of: code, end"},
       }) {
    CAPTURE(row.name);
    CHECK(core::proposal(row.word, row.known).en == row.want);
  }
}

TEST_CASE("nearest: long lists and long words stay bounded") {
  const std::vector<std::string_view> many(50, "entry-of-a-list");
  CHECK(core::proposal("zzz", many).en.ends_with(", …"));
  CHECK(core::nearest(std::string(100000, 'a'), many).empty());
}

TEST_CASE("nearest: it is proposed in Chinese too") {
  CHECK(core::proposal("repky", {"reply", "rule"}).zh == "是不是 'reply'？");
  CHECK(core::proposal("helo-o", {"helo-ok", "helo-on"}).zh == "是不是 'helo-ok' 或 'helo-on'？");
  CHECK(core::proposal("zzz", {"a", "b"}).zh == "可选：a, b");
}
