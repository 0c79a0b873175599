#include "usage/manual.h"

#include <algorithm>

#include "usage/help.h"

namespace usage {
namespace {

constexpr Words kNameSection{"NAME", "名称"};
constexpr Words kSynopsisSection{"SYNOPSIS", "用法"};
constexpr Words kDescriptionSection{"DESCRIPTION", "描述"};
constexpr Words kCommandsSection{"COMMANDS", "命令"};
constexpr Words kOptionsSection{"OPTIONS", "选项"};
constexpr Words kExamplesSection{"EXAMPLES", "例子"};
constexpr Words kStatusSection{"EXIT STATUS", "退出状态"};
constexpr Words kEnvironmentSection{"ENVIRONMENT", "环境变量"};
constexpr Words kSeeAlsoSection{"SEE ALSO", "另见"};

// Text as roff takes it: nothing at the start of a line is a request, hyphens and quotation marks stay what they are.
std::string escaped(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\e"; break;
      case '-': out += "\\-"; break;
      case '\'': out += "\\(aq"; break;
      case '`': out += "\\(ga"; break;
      case '^': out += "\\(ha"; break;
      case '~': out += "\\(ti"; break;
      default: out += c;
    }
  }
  return out;
}

// What whatis(1) shows.
std::string first_sentence(std::string_view text) {
  return std::string(text.substr(0, std::min(text.find(". "), text.find("。"))));
}

class ManualPage {
 public:
  explicit ManualPage(core::Language language) : language_(language) {}

  void section(const Words& title) { text_ += ".SH " + std::string(title.in(language_)) + "\n"; }
  void line(std::string_view text) { text_ += escaped(text) + "\n"; }
  void bold(std::string_view text) { text_ += ".B " + escaped(text) + "\n"; }
  void paragraph() { text_ += ".PP\n"; }
  void request(std::string_view text) { text_ += std::string(text) + "\n"; }

  void term(std::string_view name, std::string_view meaning) {
    text_ += ".TP\n.B " + escaped(name) + "\n" + escaped(meaning) + "\n";
  }
  void terms(std::span<const Row> rows) {
    for (const Row& row : rows) term(row.name, row.about.in(language_));
  }
  void terms(std::span<const Option> options) {
    for (const Option& option : options) {
      term(is_argument(option) ? std::string(option.name) : (option.name == "--help" ? "-h, " : "") + written(option),
           about(option, language_));
    }
  }
  void example(const Example& example) {
    paragraph();
    line(example.about.in(language_));
    request(".RS 4\n.EX");
    line(example.line);
    request(".EE\n.RE");
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  core::Language language_;
  std::string text_;
};

void commands(ManualPage& page, const Program& program, core::Language language) {
  if (program.commands.size() < 2) return;
  page.section(kCommandsSection);
  for (const Command& command : program.commands.subspan(1)) {
    page.request(".SS " + escaped(synopsis(program, command)));
    page.line(command.about.in(language));
    page.terms(command.options);
  }
}

}  // namespace

std::string manual(const Program& program, std::string_view version, core::Language language) {
  const Command& itself = program.commands.front();
  ManualPage page(language);
  page.request(".TH " + core::to_upper(program.name) + " 1 \"\" \"" + std::string(version.substr(0, version.find(" ("))) +
               "\"");
  page.section(kNameSection);
  const std::string_view about_it = itself.about.in(language);
  page.line(std::string(program.name) + " - " + first_sentence(about_it));
  page.section(kSynopsisSection);
  for (const Command& command : program.commands) {
    page.bold(synopsis(program, command));
    page.request(".br");
  }
  page.section(kDescriptionSection);
  page.line(about_it);
  commands(page, program, language);
  page.section(kOptionsSection);
  page.terms(itself.options);
  page.terms(program.everywhere);
  page.section(kExamplesSection);
  for (const Command& command : program.commands) {
    for (const Example& example : command.examples) page.example(example);
  }
  page.section(kStatusSection);
  page.terms(program.statuses);
  page.section(kEnvironmentSection);
  page.terms(program.environment);
  page.section(kSeeAlsoSection);
  std::string others;
  for (const std::string_view other : program.see_also) others += (others.empty() ? "" : ", ") + std::string(other);
  page.line(others);
  return page.text();
}

}  // namespace usage
