// From the words of a command line to the command and the values that they name.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "usage/table.h"

namespace usage {

// What was said. REQUIRES of every name: a row of the program's table has it.
class Parsed {
 public:
  explicit Parsed(const Program& program) : program_(&program), command_(&program.commands.front()) {}

  [[nodiscard]] const Command& command() const { return *command_; }

  // Whether it was given; its value, the last one if there are several, or the table's preset, or nothing.
  [[nodiscard]] bool has(std::string_view name) const { return given_.find(name) != given_.end(); }
  [[nodiscard]] std::optional<std::string> maybe(std::string_view name) const;
  // The same; empty for nothing.
  [[nodiscard]] std::string value(std::string_view name) const { return maybe(name).value_or(std::string()); }
  // All that were given, or the preset alone.
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
  // Of Value::kWhole and Value::kSeconds.
  [[nodiscard]] std::optional<std::uint64_t> whole(std::string_view name) const;
  [[nodiscard]] std::optional<std::chrono::milliseconds> seconds(std::string_view name) const;

 private:
  friend class Parser;
  const Program* program_;
  const Command* command_;
  std::map<std::string_view, std::vector<std::string>, std::less<>> given_;
};

// The words behind the program's name. Options may stand before and behind the commands and arguments, their value as a word of
// its own or behind "="; "--" ends them. Errors (Blame::kInput) propose what was meant. With --help or
// --version among the words nothing need be complete.
[[nodiscard]] core::Result<Parsed> parse(const Program& program, std::span<const std::string> words);

// The lines that tell the person: the error, and which --help to read.
[[nodiscard]] std::string complaint(const Program& program, std::span<const std::string> words, const core::Error& error,
                                    core::Language language);

// The language that "--lang zh" or "--lang=zh" among the words names; otherwise that of the environment, of whose variables
// LC_ALL, LC_MESSAGES and LANG the first that is set decides (POSIX, XBD 8.2). Needed before anything else can be said.
[[nodiscard]] core::Language language_of(std::span<const std::string> words);

}  // namespace usage
