#include "usage/help.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/usage/table.h"
#include "usage/fold.h"
#include "usage/manual.h"

using core::Language;
using usage_test::kProgram;

TEST_CASE("help: a command with its arguments, options and examples") {
  CHECK(usage::help(kProgram, *usage::find_command(kProgram, "step"), Language::kEnglish) ==
        "Usage: lab step [OPTION]... [SCENARIO]\n\n"
        "Step through\n\n"
        "Arguments:\n"
        "  SCENARIO  which one\n\n"
        "Options:\n"
        "  --server HOST       a real server\n"
        "  --port PORT         its port (25 unless given)\n"
        "  --patience SECONDS  how long\n"
        "  --to ADDRESS        a recipient\n"
        "  --auto              by itself\n"
        "  --script FILE       these lines\n\n"
        "Options of every command:\n"
        "  --lang WHICH  en, zh: the language\n"
        "  -h, --help    print this\n"
        "  --version     print the version\n\n"
        "Examples:\n"
        "  By itself\n"
        "      lab step p/first --auto\n");
}

TEST_CASE("help: the program itself, in Chinese") {
  CHECK(usage::help(kProgram, kProgram.commands.front(), Language::kChinese) ==
        "用法：lab [OPTION]... [COMMAND]\n\n"
        "学一学。不写命令就选。\n\n"
        "命令：\n"
        "  step  逐步走\n"
        "  run   运行\n"
        "  list  列出\n\n"
        "各个命令都有的选项：\n"
        "  --lang WHICH  en、zh：语言\n"
        "  -h, --help    显示这些\n"
        "  --version     显示版本\n\n"
        "例子：\n"
        "  自动走完\n"
        "      lab step p/first --auto\n\n"
        "环境变量：\n"
        "  LAB_KEY  钥匙\n\n"
        "退出状态：0 完成，2 用法有误。\n");
}

TEST_CASE("fold: lines end at blanks, between Chinese characters, and never before closing punctuation") {
  using Lines = std::vector<std::string>;
  CHECK(usage::fold("", 5) == Lines{""});
  CHECK(usage::fold("one two three", 7) == Lines{"one two", "three"});
  CHECK(usage::fold("longer-than-that x", 6) == Lines{"longer-than-that", "x"});
  CHECK(usage::fold("一二三四", 4) == Lines{"一二", "三四"});
  CHECK(usage::fold("一二。三", 4) == Lines{"一", "二。", "三"});
  CHECK(usage::fold("一（二三）", 4) == Lines{"一", "（二", "三）"});
  CHECK(usage::fold("用 --lang 选", 9) == Lines{"用 --lang", "选"});
  CHECK(usage::columns_of("a一…") == 4);
}

TEST_CASE("man page: every command, option, example and status, and nothing that roff would take for its own") {
  const std::string page = usage::manual(kProgram, "lab 1.2 (libuv 1)", Language::kEnglish);
  CHECK(page.starts_with(".TH LAB 1 \"\" \"lab 1.2\"\n.SH NAME\nlab \\- Learn it\n.SH SYNOPSIS\n"));
  for (const char* const wanted :
       {".SS lab step [OPTION]... [SCENARIO]\n", ".TP\n.B \\-\\-port PORT\nits port (25 unless given)\n",
        ".B \\-h, \\-\\-help\n", ".EX\nlab step p/first \\-\\-auto\n.EE\n", ".SH EXIT STATUS\n.TP\n.B 0\ndone\n",
        ".B LAB_KEY\n", ".SH SEE ALSO\nother(1)\n"}) {
    CAPTURE(wanted);
    CHECK(page.find(wanted) != std::string::npos);
  }
  CHECK(usage::manual(kProgram, "lab 1.2", Language::kChinese).find("lab \\- 学一学\n") != std::string::npos);
}
