#include "client/stepper/bench.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/stepper/in_memory.h"

TEST_CASE("bench: both directions, with the traps beside them") {
  struct Row {
    std::string name;
    std::string typed;
    std::vector<std::string> shown;
    std::vector<std::string> absent;
  };
  const std::vector<Row> rows{
      {"a text", "alice", {"as base64  YWxpY2U=", "with a newline by mistake  YWxpY2UK"}, {"GBK"}},
      {"base64", "YWxpY2U=", {"decoded  \"alice\""}, {}},
      {"base64 of a text with a newline", "YWxpY2UK", {"decoded  \"alice␊\""}, {}},
      {"base64 of control octets is safe to print", "Gw==", {"decoded  \"\\x1b\""}, {}},
      {"Chinese differs in GBK", "你好", {"as base64  5L2g5aW9", "the same text in GBK  xOO6ww=="}, {}},
      {"what GBK cannot write", "😀", {"as base64  8J+YgA=="}, {"GBK"}},
      {"no base64", "alice!", {"decoded  not base64"}, {}},
      {"nothing", "", {"with a newline by mistake  Cg=="}, {"GBK"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::string lines = test::text_of(stepper::bench_lines(row.typed, core::Language::kEnglish));
    CAPTURE(lines);
    for (const std::string& part : row.shown) CHECK(test::has(lines, part));
    for (const std::string& part : row.absent) CHECK_FALSE(test::has(lines, part));
  }
}

TEST_CASE("bench: in Chinese what is no base64 is said in Chinese") {
  const std::string lines = test::text_of(stepper::bench_lines("alice!", core::Language::kChinese));
  CHECK(test::has(lines, "解码后  不是 base64"));
  CHECK_FALSE(test::has(lines, "not "));
}
