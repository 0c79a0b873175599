#include "core/text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include <doctest/doctest.h>

#include "core/result.h"
#include "core/system_text.h"
#include "tests/core/chinese.h"

TEST_CASE("text: a glob fits as people expect, whatever the letter case") {
  struct Row {
    std::string name;
    std::string text;
    const char* pattern;
    bool fits;
  };
  const std::array rows{
      Row{"nothing fits nothing", "", "", true},
      Row{"nothing does not fit something", "", "a", false},
      Row{"something does not fit nothing", "a", "", false},
      Row{"a star takes nothing", "", "*", true},
      Row{"stars take nothing", "", "***", true},
      Row{"a star takes everything", "alice@163.com", "*", true},
      Row{"letters", "alice@163.com", "alice@163.com", true},
      Row{"letter case is ignored in the text", "ALICE@163.COM", "alice@163.com", true},
      Row{"letter case is ignored in the pattern", "alice@163.com", "*@163.COM", true},
      Row{"a domain", "alice@163.com", "*@163.com", true},
      Row{"another domain", "alice@126.com", "*@163.com", false},
      Row{"more behind it", "alice@163.com.example", "*@163.com", false},
      Row{"a start", "alice@163.com", "alice*", true},
      Row{"in the middle", "alice@163.com", "*@*", true},
      Row{"a question mark takes one", "abc", "a?c", true},
      Row{"a question mark does not take none", "ac", "a?c", false},
      Row{"a question mark does not take two", "abbc", "a?c", false},
      Row{"a question mark at the end", "ab", "ab?", false},
      Row{"a star and a question mark", "a", "*?", true},
      Row{"a star and a question mark want one", "", "*?", false},
      Row{"a dot is a dot", "axb", "a.b", false},
      Row{"brackets are brackets", "a", "[a]", false},
      Row{"going back to a star", "aXbXc", "*X?", true},
      Row{"going back more than once", "mississippi", "m*iss*ppi", true},
      Row{"a star that takes too little at first", "ababc", "*abc", true},
      Row{"a NUL is a character", std::string("a\0b", 3), "a?b", true},
      Row{"a star in the text is a letter", "a*b", "a?b", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(core::matches_glob(row.text, row.pattern) == row.fits);
  }
}

TEST_CASE("text: a glob made to be slow is not") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "a*";
  pattern += 'b';
  CHECK_FALSE(core::matches_glob(std::string(20000, 'a'), pattern));
}

TEST_CASE("text: folding touches the letters A to Z and nothing else") {
  CHECK(core::to_upper("mail From:<é@b>[`{|") == "MAIL FROM:<é@B>[`{|");
  CHECK(core::to_lower("MAIL From:<É@B>[@") == "mail from:<É@b>[@");
  CHECK(core::equals_ignoring_case("EhLo", "eHlO"));
  CHECK_FALSE(core::equals_ignoring_case("EHLO", "EHL"));
  CHECK_FALSE(core::equals_ignoring_case("[", "{"));
  CHECK_FALSE(core::equals_ignoring_case("@", "`"));
  CHECK_FALSE(core::equals_ignoring_case("é", "É"));
  CHECK(core::equals_ignoring_case("", ""));
  CHECK(core::starts_with_ignoring_case("From:<a@b>", "FROM:"));
  CHECK(core::starts_with_ignoring_case("x", ""));
  CHECK_FALSE(core::starts_with_ignoring_case("FRO", "FROM:"));
  CHECK_FALSE(core::starts_with_ignoring_case("", "F"));
}

TEST_CASE("text: trimming takes spaces and tabs at the ends, and only those") {
  CHECK(core::trim("  a b\t ") == "a b");
  CHECK(core::trim("a") == "a");
  CHECK(core::trim(" \t ").empty());
  CHECK(core::trim("").empty());
  CHECK(core::trim("\r\n a\r\n") == "\r\n a\r\n");
}

TEST_CASE("text: replacing everywhere does not look at what it put in") {
  CHECK(core::replace_all("a\nb\n", "\n", "\r\n") == "a\r\nb\r\n");
  CHECK(core::replace_all("aaa", "a", "aa") == "aaaaaa");
  CHECK(core::replace_all("aaa", "aa", "b") == "ba");
  CHECK(core::replace_all("abc", "x", "y") == "abc");
  CHECK(core::replace_all("", "x", "y").empty());
  CHECK(core::replace_all("xx", "x", "").empty());
}

TEST_CASE("text: each language gives its own words") {
  const core::Text text{"why", "为什么"};
  CHECK(text.in(core::Language::kEnglish) == "why");
  CHECK(text.in(core::Language::kChinese) == "为什么");
  CHECK_FALSE(text.empty());
  CHECK(core::Text{}.empty());
}

TEST_CASE("error: described in the language that is asked for, without what is empty") {
  struct Row {
    core::Error error;
    std::string en;
    std::string zh;
  };
  const core::Text text{"unknown key", "没有这个键"};
  const core::Text hint{"did you mean 'reply'?", "是不是 'reply'？"};
  for (const Row& row : {
           Row{{core::Blame::kInput, text, "a.toml:12:3", hint},
               "a.toml:12:3: unknown key (did you mean 'reply'?)",
               "a.toml:12:3：没有这个键（是不是 'reply'？）"},
           Row{{core::Blame::kInput, text, "a.toml:12:3", {}}, "a.toml:12:3: unknown key", "a.toml:12:3：没有这个键"},
           Row{{core::Blame::kSystem, text, {}, hint}, "unknown key (did you mean 'reply'?)", "没有这个键（是不是 'reply'？）"},
           Row{{core::Blame::kPeer, text, core::Text{"octet 3", "第 3 个字节"}, {}},
               "octet 3: unknown key",
               "第 3 个字节：没有这个键"},
           Row{{core::Blame::kPeer, text, {}, {}}, "unknown key", "没有这个键"},
       }) {
    CHECK(core::describe(row.error, core::Language::kEnglish) == row.en);
    CHECK(core::describe(row.error, core::Language::kChinese) == row.zh);
  }
}

TEST_CASE("text: a sentence has its parts in both languages, and other braces stay") {
  struct Row {
    core::Text made;
    core::Text want;
  };
  const std::string name = "x";
  const core::Text what{"the server", "服务器"};
  for (const Row& row : {
           Row{core::phrase("unknown key '{0}'", "没有 '{0}' 这个键", {name}), {"unknown key 'x'", "没有 'x' 这个键"}},
           Row{core::phrase("{0} says {1}", "{1}：{0}说的", {what, 250}), {"the server says 250", "250：服务器说的"}},
           Row{core::phrase("{0}{0}", "{0}", {"a"}), {"aa", "a"}},
           Row{core::phrase("'{' without '}', {0xff}, {1}, {", "{a}{0", {"a"}), {"'{' without '}', {0xff}, {1}, {", "{a}{0"}},
           Row{core::phrase("{0} {1}", "{0} {1}", {"{1}", "b"}), {"{1} b", "{1} b"}},
           Row{core::phrase("", ""), {}},
       }) {
    CHECK(row.made == row.want);
  }
  CHECK(core::same("a=b") == core::Text{"a=b", "a=b"});
}

TEST_CASE("system errors: what people meet has Chinese words, of the rest the number is told") {
  for (const int error : {ENOENT, EACCES, EISDIR, ENOSPC, EADDRINUSE, ECONNREFUSED, ETIMEDOUT}) {
    CAPTURE(error);
    CHECK(core::system_text(error).en == std::strerror(error));
    CHECK(test::english_in(core::system_text(error).zh).empty());
    CHECK(core::system_text(error).zh != core::system_text(error).en);
  }
  CHECK(core::system_text(ECHILD).zh.starts_with("系统错误 " + std::to_string(ECHILD)));
}
