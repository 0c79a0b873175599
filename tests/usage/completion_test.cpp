#include "usage/completion.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/usage/table.h"

using Line = std::vector<std::string>;

namespace {

std::vector<std::string> scenarios(std::string_view) { return {"p/first", "p/second"}; }

}  // namespace

TEST_CASE("completion: what can stand at the cursor") {
  struct At {
    const char* name;
    Line words;
    const char* want;
  };
  const At rows[] = {
      {"commands", {""}, "step\tStep through\nrun\tRun it\nlist\tList them\n"},
      {"one that has begun", {"st"}, "step\tStep through\n"},
      {"below another", {"list", ""}, "check\tCheck files\n"},
      {"options", {"step", "--p"}, "--port\tits port\n--patience\thow long\n"},
      {"options of every command", {"list", "--l"}, "--lang\tthe language\n"},
      {"scenarios", {"step", "p/f"}, "p/first\n"},
      {"only one of them", {"step", "p/first", ""}, ""},
      {"files where no scenario fits", {"step", "mine"}, ":files\n"},
      {"behind an option that takes no value", {"step", "--auto", "p/s"}, "p/second\n"},
      {"words of an option", {"--lang", ""}, "en\nzh\n"},
      {"behind =", {"--lang=z"}, "zh\n"},
      {"behind =, as bash gives it", {"--lang", "=", "z"}, "zh\n"},
      {"behind = alone, as bash gives it", {"--lang", "="}, "en\nzh\n"},
      {"files", {"step", "--script", ""}, ":files\n"},
      {"several files", {"list", "check", "a", ""}, ":files\n"},
      {"scenarios before --", {"run", "p/first", "p/f"}, "p/first\n"},
      {"a program behind --", {"run", "p/first", "--", "p"}, ":files\n"},
      {"what looks like an option behind --", {"run", "--", "ls", "--l"}, ":files\n"},
      {"anything", {"step", "--server", ""}, ""},
      {"nothing known", {"nonsense", "--nonsense", "x"}, ""},
      {"no word at all", {}, "step\tStep through\nrun\tRun it\nlist\tList them\n"},
  };
  for (const At& row : rows) {
    CAPTURE(row.name);
    CHECK(usage::complete(usage_test::kProgram, row.words, scenarios, core::Language::kEnglish) == row.want);
  }
}
