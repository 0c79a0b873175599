#include "usage/table.h"

#include <algorithm>
#include <cstdlib>

namespace usage {

const Command* find_command(const Program& program, std::string_view path) {
  const auto hit =
      std::find_if(program.commands.begin(), program.commands.end(), [&](const Command& one) { return one.path == path; });
  return hit == program.commands.end() ? nullptr : &*hit;
}

std::vector<const Command*> children(const Program& program, const Command& command) {
  std::vector<const Command*> found;
  for (const Command& one : program.commands) {
    const std::size_t blank = one.path.rfind(' ');
    const std::string_view parent = blank == std::string_view::npos ? std::string_view() : one.path.substr(0, blank);
    if (!one.path.empty() && parent == command.path) found.push_back(&one);
  }
  return found;
}

std::string_view name(const Program& program, const Command& command) {
  if (command.path.empty()) return program.name;
  return command.path.substr(command.path.rfind(' ') + 1);  // npos + 1 is 0
}

std::string called(const Program& program, const Command& command) {
  return std::string(program.name) + (command.path.empty() ? "" : " ") + std::string(command.path);
}

std::vector<const Option*> options_of(const Program& program, const Command& command) {
  std::vector<const Option*> found;
  for (const Option& one : command.options) found.push_back(&one);
  for (const Option& one : program.everywhere) found.push_back(&one);
  return found;
}

const Option* find_option(const Program& program, const Command& command, std::string_view name) {
  for (const Option* const one : options_of(program, command)) {
    if (one->name == name) return one;
  }
  return nullptr;
}

std::string written(const Option& option) {
  if (!is_argument(option)) return std::string(option.name) + (option.shown.empty() ? "" : " ") + std::string(option.shown);
  const std::string name = std::string(option.name) + (option.many ? "..." : "");
  return option.required ? name : "[" + name + "]";
}

std::vector<std::string_view> choices(const Option& option) {
  std::vector<std::string_view> words;
  if (option.value != Value::kChoice) return words;
  for (std::string_view rest = option.allowed; !rest.empty();) {
    words.push_back(rest.substr(0, rest.find('|')));
    rest.remove_prefix(std::min(rest.size(), words.back().size() + 1));
  }
  return words;
}

std::optional<Range> range_of(const Option& option) {
  const std::size_t dots = option.allowed.find("..");
  if (option.value == Value::kChoice || dots == std::string_view::npos) return std::nullopt;
  // strtod, since from_chars for double is missing from the clang 14 library.
  return Range{std::strtod(std::string(option.allowed.substr(0, dots)).c_str(), nullptr),
               std::strtod(std::string(option.allowed.substr(dots + 2)).c_str(), nullptr)};
}

}  // namespace usage
