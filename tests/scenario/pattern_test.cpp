#include "mockserver/scenario/pattern.h"

#include <string>

#include <doctest/doctest.h>

using scenario::Pattern;

TEST_CASE("pattern: globs fit the whole, expressions are found anywhere, letter case never matters") {
  struct Row {
    const char* pattern;
    std::string text;
    bool fits;
  };
  for (const Row& row : {
           Row{"*@163.com", "alice@163.COM", true},
           Row{"*@163.com", "alice@163.com.example", false},
           Row{"b?b@*", "bob@x", true},
           Row{"", "", true},
           Row{"", "a", false},
           Row{"/", "/", true},  // too short for an expression
           Row{"/b+/", "aBBc", true},
           Row{"/^b+$/", "abbc", false},
           Row{"/a.c/", "a\nc", true},
           Row{"//", "anything", true},
           Row{"/发票/", "要开发票吗", true},
           Row{R"(/\xff/)", "\xff", true},
       }) {
    CAPTURE(row.pattern);
    CAPTURE(row.text);
    CHECK(Pattern::parse(row.pattern).value().matches(row.text) == row.fits);
    CHECK(Pattern::parse(row.pattern).value().captures(row.text).has_value() == row.fits);
  }
}

TEST_CASE("pattern: named groups") {
  const Pattern pattern = Pattern::parse(R"(/^rcpt(?P<code>[245]\d\d)(_(?P<enhanced>[\d.]+))?@/)").value();
  CHECK(pattern.group_names() == std::vector<std::string>{"code", "enhanced"});
  CHECK(pattern.captures("rcpt550_5.1.1@x").value() == scenario::Values{{"code", "550"}, {"enhanced", "5.1.1"}});
  CHECK(pattern.captures("RCPT451@x").value() == scenario::Values{{"code", "451"}, {"enhanced", ""}});
  CHECK_FALSE(pattern.captures("rcpt999@x").has_value());
  CHECK(Pattern::parse("a*").value().group_names().empty());
}

TEST_CASE("pattern: what is no expression is refused, and what no backtracking matcher survives is quick") {
  const auto broken = Pattern::parse("/(/");
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().text.en == "this is no regular expression: missing ): (");
  CHECK_FALSE(Pattern::parse("/(a)\\1/").has_value());
  CHECK_FALSE(Pattern::parse("/(a+)+$/").value().matches(std::string(100'000, 'a') + "b"));
}
