#include "usage/help.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "usage/fold.h"

namespace usage {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kWidestName = 24;  // what is wider has its text on the next line

constexpr Words kUsage{"Usage: ", "用法："};
constexpr Words kArguments{"Arguments", "参数"};
constexpr Words kOptions{"Options", "选项"};
constexpr Words kEverywhere{"Options of every command", "各个命令都有的选项"};
constexpr Words kCommands{"Commands", "命令"};
constexpr Words kExamples{"Examples", "例子"};
constexpr Words kEnvironment{"Environment", "环境变量"};
constexpr Words kStatus{"Exit status: ", "退出状态："};

class HelpPage {
 public:
  explicit HelpPage(core::Language language) : language_(language) {}

  void paragraph(std::string_view text, std::size_t indent = 0) {
    for (const std::string& line : fold(text, kColumns - indent)) text_ += std::string(indent, ' ') + line + "\n";
  }
  void line(std::string_view text) { text_ += std::string(text) + "\n"; }
  void blank() { text_ += "\n"; }
  void heading(const Words& words) {
    blank();
    paragraph(std::string(words.in(language_)) + (language_ == core::Language::kChinese ? "：" : ":"));
  }

  // Names on the left, what they mean beside them.
  void rows(const std::vector<std::pair<std::string, std::string>>& rows) {
    std::size_t width = 0;
    for (const auto& row : rows) width = std::max(width, std::min(kWidestName, row.first.size()));
    for (const auto& [name, meaning] : rows) {
      std::string left = "  " + name;
      for (const std::string& line : fold(meaning, kColumns - width - 4)) {
        if (left.size() > width + 2) {
          text_ += left + "\n";
          left.clear();
        }
        text_ += left + std::string(width + 4 - left.size(), ' ') + line + "\n";
        left.clear();
      }
    }
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  core::Language language_;
  std::string text_;
};

using Rows = std::vector<std::pair<std::string, std::string>>;

Rows rows_of(std::span<const Option> options, bool arguments, core::Language language) {
  Rows rows;
  for (const Option& option : options) {
    if (is_argument(option) != arguments) continue;
    const std::string name = arguments ? std::string(option.name) : (option.name == "--help" ? "-h, " : "") + written(option);
    rows.emplace_back(name, about(option, language));
  }
  return rows;
}

void lists(HelpPage& page, const Program& program, const Command& command, core::Language language) {
  if (const Rows rows = rows_of(command.options, true, language); !rows.empty()) {
    page.heading(kArguments);
    page.rows(rows);
  }
  Rows below;
  for (const Command* const child : children(program, command)) {
    below.emplace_back(name(program, *child), child->about.in(language));
  }
  if (!below.empty()) {
    page.heading(kCommands);
    page.rows(below);
  }
  Rows own = rows_of(command.options, false, language);
  const Rows shared = rows_of(program.everywhere, false, language);
  if (program.commands.size() == 1) own.insert(own.end(), shared.begin(), shared.end());
  if (!own.empty()) {
    page.heading(kOptions);
    page.rows(own);
  }
  if (program.commands.size() == 1) return;
  page.heading(kEverywhere);
  page.rows(shared);
}

void surroundings(HelpPage& page, const Program& program, core::Language language) {
  Rows rows;
  for (const Row& row : program.environment) rows.emplace_back(row.name, row.about.in(language));
  page.heading(kEnvironment);
  page.rows(rows);
  std::string statuses(kStatus.in(language));
  const std::string_view between = language == core::Language::kChinese ? "，" : ", ";
  for (const Row& row : program.statuses) {
    statuses += (&row == program.statuses.data() ? "" : std::string(between)) + std::string(row.name) + " ";
    statuses += row.about.in(language);
  }
  page.blank();
  page.paragraph(statuses + std::string(language == core::Language::kChinese ? "。" : "."));
}

}  // namespace

std::string synopsis(const Program& program, const Command& command) {
  std::string text = called(program, command) + " [OPTION]...";
  for (const Option& option : command.options) {
    if (is_argument(option)) text += (option.behind ? " -- " : " ") + written(option);
  }
  if (!children(program, command).empty()) text += " [COMMAND]";
  return text;
}

std::string about(const Option& option, core::Language language) {
  const bool chinese = language == core::Language::kChinese;
  std::string text;
  for (const std::string_view word : choices(option)) text += (text.empty() ? "" : chinese ? "、" : ", ") + std::string(word);
  if (!text.empty()) text += chinese ? "：" : ": ";
  text += option.about.in(language);
  if (option.preset.empty()) return text;
  return text + (chinese ? "（不写就是 " : " (") + std::string(option.preset) + (chinese ? "）" : " unless given)");
}

std::string help(const Program& program, const Command& command, core::Language language) {
  HelpPage page(language);
  page.paragraph(std::string(kUsage.in(language)) + synopsis(program, command));
  page.blank();
  page.paragraph(command.about.in(language));
  lists(page, program, command, language);
  page.heading(kExamples);
  for (const Example& example : command.examples) {
    page.paragraph(example.about.in(language), 2);
    page.line("      " + std::string(example.line));  // whole, so that it can be copied
  }
  if (command.path.empty()) surroundings(page, program, language);
  return page.take();
}

}  // namespace usage
