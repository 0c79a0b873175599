// What can be said on a program's command line, as one table: the parser, --help in both languages, the man page and the
// completion of shells are all made from it.
//
// Tables are constants: every view and span in them lives as long as the program.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace usage {

// core::Text for constants.
struct Words {
  std::string_view en;
  std::string_view zh;

  [[nodiscard]] std::string_view in(core::Language language) const { return language == core::Language::kChinese ? zh : en; }
};

// What an option or argument takes: that is checked, and proposed by completion.
enum class Value : std::uint8_t {
  kNone,      // a flag
  kText,      // anything
  kFile,      // a path; "-" may be standard input or output
  kFolder,    // a path
  kScenario,  // id, PROVIDER, PROVIDER#REPLY or file
  kChoice,    // one of the words in `allowed`, "none|starttls|tls"
  kWhole,     // a whole number in the range `allowed`, "1..65535"
  kSeconds,   // a number in that range, with a point or without
};

// An option ("--server") or, without hyphens in front, an argument by its place ("SCENARIO").
struct Option {
  std::string_view name;
  Value value = Value::kNone;
  std::string_view shown = {};  // what stands for the value: "HOST"
  std::string_view allowed = {};
  Words about = {};              // short, without a full stop
  std::string_view preset = {};  // the value where none is given; empty: there is none
  std::string_view needs = {};   // an option of the same command without which this one means nothing
  std::string_view excludes = {};
  bool required = false;
  bool many = false;    // may be given several times; an argument: takes all that follow
  bool behind = false;  // an argument: the words behind --, whatever they look like, and no others
};

// A line that can be typed as it stands.
struct Example {
  std::string_view line;
  Words about;
};

struct Command {
  std::string_view path;  // "step", "scenarios show"; empty: the program itself
  Words about;            // one line
  std::span<const Option> options = {};
  std::span<const Example> examples = {};
};

// A name with its meaning: an exit status, a variable of the environment.
struct Row {
  std::string_view name;
  Words about;
};

struct Program {
  std::string_view name;
  std::span<const Command> commands;           // the program itself first, parents before their children
  std::span<const Option> everywhere;          // options of every command
  std::span<const Row> statuses;               // exit statuses
  std::span<const Row> environment;            // variables that are heeded
  std::span<const std::string_view> see_also;  // man pages, "smtplab-mock(1)"
};

[[nodiscard]] constexpr bool is_argument(const Option& option) { return !option.name.starts_with('-'); }

// The command of that path, or null.
[[nodiscard]] const Command* find_command(const Program& program, std::string_view path);
// The commands directly below it, in the order of the table.
[[nodiscard]] std::vector<const Command*> children(const Program& program, const Command& command);
// The last word of its path; the program's name for the program itself.
[[nodiscard]] std::string_view name(const Program& program, const Command& command);
// "smtplab scenarios show".
[[nodiscard]] std::string called(const Program& program, const Command& command);
// The option of that name that may be given to the command, its own or one of `everywhere`, or null.
[[nodiscard]] const Option* find_option(const Program& program, const Command& command, std::string_view name);
// Its own options and arguments, those of `everywhere` behind them.
[[nodiscard]] std::vector<const Option*> options_of(const Program& program, const Command& command);

// "--server HOST", "[SCENARIO]", "FILE...".
[[nodiscard]] std::string written(const Option& option);
// What can be given for it where that is not anything: the words, or the ends of the range.
[[nodiscard]] std::vector<std::string_view> choices(const Option& option);
struct Range {
  double least = 0;
  double most = 0;
};
[[nodiscard]] std::optional<Range> range_of(const Option& option);

}  // namespace usage
