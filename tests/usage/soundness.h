// What must hold for the table of any program.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "usage/parse.h"
#include "usage/table.h"

namespace usage_test {

// The words of an example as a shell gives them, its pipes and redirections left out.
inline std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '>' || c == '|')) break;
    if (c == ' ' && !quoted) {
      words.emplace_back();
    } else if (c != '"') {
      words.back() += c;
    }
  }
  while (!words.empty() && words.back().empty()) words.pop_back();
  return words;
}

inline void check_option(const usage::Program& program, const usage::Command& command, const usage::Option& option) {
  CAPTURE(option.name);
  CHECK(!option.about.en.empty());
  CHECK(!option.about.zh.empty());
  CHECK(option.about.en.size() <= 100);  // a help text is short
  CHECK(option.about.en.back() != '.');
  CHECK((option.value == usage::Value::kNone) == (option.shown.empty() && !usage::is_argument(option)));
  CHECK(usage::range_of(option).has_value() ==
        (option.value == usage::Value::kWhole || option.value == usage::Value::kSeconds));
  CHECK(usage::choices(option).empty() == (option.value != usage::Value::kChoice));
  for (const std::string_view other : {option.needs, option.excludes}) {
    if (!other.empty()) CHECK(usage::find_option(program, command, other) != nullptr);
  }
}

// Every text in both languages, no name twice, and examples that are good lines of their own command.
inline void check_table(const usage::Program& program) {
  for (const usage::Command& command : program.commands) {
    CAPTURE(command.path);
    CHECK(!command.about.en.empty());
    CHECK(!command.about.zh.empty());
    std::set<std::string_view> names;
    for (const usage::Option* const option : usage::options_of(program, command)) {
      CHECK(names.insert(option->name).second);
      check_option(program, command, *option);
    }
    CHECK(!command.examples.empty());
    for (const usage::Example& example : command.examples) {
      CAPTURE(example.line);
      CHECK(example.line.size() <= 74);  // with what stands in front, a line of a terminal
      CHECK(!example.about.zh.empty());
      std::vector<std::string> words = words_of(example.line);
      CHECK(words.front() == program.name);
      words.erase(words.begin());
      const auto said = usage::parse(program, words);
      REQUIRE_MESSAGE(said, core::describe(said ? core::Error{} : said.error(), core::Language::kEnglish));
      CHECK(said->command().path == command.path);
    }
  }
}

}  // namespace usage_test
