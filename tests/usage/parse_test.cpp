#include "usage/parse.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/core/chinese.h"
#include "tests/usage/table.h"

using core::Language;
using usage_test::kProgram;
using Line = std::vector<std::string>;

TEST_CASE("command line: what is wrong with it, and what was meant") {
  struct Wrong {
    Line words;
    const char* en;
    const char* zh;
  };
  const Wrong rows[] = {
      {{"stpe"}, "unknown command 'stpe' (did you mean 'step'?)", "没有命令 'stpe'（是不是 'step'？）"},
      {{"list", "chekc"}, "unknown command 'chekc' (did you mean 'check'?)", "没有命令 'chekc'（是不是 'check'？）"},
      {{"xyzzy"}, "unknown command 'xyzzy' (one of: step, run, list)", "没有命令 'xyzzy'（可选：step, run, list）"},
      {{"p/first"},
       "unknown command 'p/first' (did you mean 'step p/first'?)",
       "没有命令 'p/first'（是不是 'step p/first'？）"},
      {{"\x1b[31m"}, "unknown command '\\x1b[31m' (one of: step, run, list)", "没有命令 '\\x1b[31m'（可选：step, run, list）"},
      {{"step", "--sevrer", "x"},
       "unknown option '--sevrer' (did you mean '--server'?)",
       "没有选项 '--sevrer'（是不是 '--server'？）"},
      {{"step", "--sevrer=x"},
       "unknown option '--sevrer' (did you mean '--server'?)",
       "没有选项 '--sevrer'（是不是 '--server'？）"},
      {{"step", "-x"}, "unknown option '-x'", "没有选项 '-x'"},
      {{"--auto"}, "unknown option '--auto' (it belongs to lab step)", "没有选项 '--auto'（它属于 lab step）"},
      {{"step", "--server"}, "'--server' wants a value: --server HOST", "'--server' 后面要跟一个值：--server HOST"},
      {{"step", "--server", "--auto"}, "'--server' wants a value: --server HOST", "'--server' 后面要跟一个值：--server HOST"},
      {{"step", "--auto=yes"}, "'--auto' takes no value", "'--auto' 后面不跟值"},
      {{"--lang", "fr"}, "'--lang' cannot be 'fr' (one of: en, zh)", "'--lang' 不能是 'fr'（可选：en, zh）"},
      {{"step", "--server", "h", "--port", "0"},
       "'--port' cannot be '0' (a whole number from 1 to 65535)",
       "'--port' 不能是 '0'（1 到 65535 的整数）"},
      {{"step", "--patience", "0"},
       "'--patience' cannot be '0' (seconds, from 0.001 to 86400)",
       "'--patience' 不能是 '0'（秒数，0.001 到 86400）"},
      {{"step", "--port", "25"}, "'--port' goes with '--server' only", "'--port' 要和 '--server' 一起用"},
      {{"step", "--auto", "--script", "-"}, "'--auto' and '--script' do not go together", "'--auto' 和 '--script' 不能一起用"},
      {{"list", "check"}, "'FILE' is missing (files)", "没有给出 'FILE'（文件）"},
      {{"step", "a", "b"}, "nothing takes the argument 'b'", "这里用不上参数 'b'"},
  };
  for (const Wrong& row : rows) {
    CAPTURE(row.en);
    const auto said = usage::parse(kProgram, row.words);
    REQUIRE(!said);
    CHECK(core::describe(said.error(), core::Language::kEnglish) == row.en);
    CHECK(core::describe(said.error(), core::Language::kChinese) == row.zh);
    test::check_chinese(said.error());
  }
}

TEST_CASE("command line: what begins with a hyphen and a capital is a text") {
  const auto said = usage::parse(kProgram, Line{"step", "-ERR [AUTH] no"});
  REQUIRE(said);
  CHECK(said->value("SCENARIO") == "-ERR [AUTH] no");
}

TEST_CASE("command line: numbers are in their range, and nothing else is a number") {
  struct Number {
    const char* option;
    const char* value;
    bool good;
  };
  const Number rows[] = {
      {"--port", "1", true},
      {"--port", "65535", true},
      {"--port", "65536", false},
      {"--port", "-1", false},
      {"--port", "25x", false},
      {"--port", "", false},
      {"--port", "2.5", false},
      {"--port", "0x19", false},
      {"--port", " 25", false},
      {"--patience", "2", true},
      {"--patience", "0.5", true},
      {"--patience", ".5", true},
      {"--patience", "nan", false},
      {"--patience", "inf", false},
      {"--patience", "1e9", false},
      {"--patience", ".", false},
      {"--patience", "1.2.3", false},
      {"--patience", "86400.1", false},
      {"--port", "99999999999999999999999", false},
  };
  for (const Number& row : rows) {
    CAPTURE(row.option);
    CAPTURE(row.value);
    const Line words{"step", "--server", "h", row.option, row.value};
    CHECK(usage::parse(kProgram, words).has_value() == row.good);
  }
}

TEST_CASE("command line: values, wherever they stand") {
  for (const Line& words :
       {Line{"step", "p/first", "--server", "h", "--port", "26", "--to", "a", "--to", "b", "--patience", "0.5"},
        Line{"step", "--to=a", "--port=26", "--server=h", "--to=b", "--patience=0.5", "p/first"},
        Line{"step", "--server", "x", "--server", "h", "--port", "26", "--to", "a", "--to", "b", "--patience", ".5", "--",
             "p/first"}}) {
    const auto said = usage::parse(kProgram, words);
    REQUIRE(said);
    CHECK(said->command().path == "step");
    CHECK(said->value("SCENARIO") == "p/first");
    CHECK(said->maybe("--server") == "h");
    CHECK(said->whole("--port") == 26U);
    CHECK(said->values("--to") == Line{"a", "b"});
    CHECK(said->seconds("--patience") == std::chrono::milliseconds(500));
    CHECK(!said->has("--auto"));
  }
}

TEST_CASE("command line: what is not given has the value of the table, or none") {
  const auto said = usage::parse(kProgram, Line{"step"});
  REQUIRE(said);
  CHECK(said->whole("--port") == 25U);
  CHECK(!said->has("--port"));
  CHECK(!said->maybe("--server"));
  CHECK(said->values("--to").empty());
  CHECK(!said->seconds("--patience"));
}

TEST_CASE("command line: a lone hyphen is a value and an argument; behind -- everything is an argument") {
  const auto said = usage::parse(kProgram, Line{"step", "--script", "-", "-"});
  REQUIRE(said);
  CHECK(said->value("--script") == "-");
  CHECK(said->value("SCENARIO") == "-");
  const auto behind = usage::parse(kProgram, Line{"list", "check", "--", "--auto", "check"});
  REQUIRE(behind);
  CHECK(behind->values("FILE") == Line{"--auto", "check"});
}

TEST_CASE("command line: with --help nothing need be complete") {
  CHECK(usage::parse(kProgram, Line{"list", "check", "--help"}).has_value());
  CHECK(usage::parse(kProgram, Line{"list", "check", "-h"}).has_value());
}

TEST_CASE("command line: a complaint names the --help to read") {
  const auto said = usage::parse(kProgram, Line{"list", "check"});
  REQUIRE(!said);
  CHECK(usage::complaint(kProgram, Line{"list", "check"}, said.error(), Language::kEnglish) ==
        "lab: 'FILE' is missing (files)\nSee lab list check --help\n");
  CHECK(usage::complaint(kProgram, Line{"x"}, said.error(), Language::kChinese) ==
        "lab: 没有给出 'FILE'（文件）\n见 lab --help\n");
}

TEST_CASE("command line: --lang decides the language before anything is understood") {
  CHECK(usage::language_of(Line{"nonsense", "--lang", "zh"}) == Language::kChinese);
  CHECK(usage::language_of(Line{"--lang=zh", "--lang=en"}) == Language::kEnglish);
}

TEST_CASE("command line: what stands behind -- is a program's own") {
  struct Behind {
    Line words;
    Line scenarios;
    Line program;
  };
  const Behind rows[] = {
      {{"run", "--", "ls"}, {}, {"ls"}},
      {{"run", "p/first", "p/second", "--", "ls", "-l", "--lang", "zh", "--"},
       {"p/first", "p/second"},
       {"ls", "-l", "--lang", "zh", "--"}},
  };
  for (const Behind& row : rows) {
    const auto parsed = usage::parse(kProgram, row.words);
    REQUIRE(parsed);
    CHECK(parsed->values("SCENARIO") == row.scenarios);
    CHECK(parsed->values("PROGRAM") == row.program);
    CHECK_FALSE(parsed->has("--lang"));
  }
  CHECK_FALSE(usage::parse(kProgram, Line{"run", "p/first"}));
  CHECK(usage::parse(kProgram, Line{"step", "--", "p/first"})->values("SCENARIO") == Line{"p/first"});
}
