#include "usage/completion.h"

#include <algorithm>

namespace usage {
namespace {

// Words as the program gets them: "--color", "=", "al" of bash are one.
std::vector<std::string> joined_at_equals(std::span<const std::string> words) {
  std::vector<std::string> joined;
  bool continues = false;
  for (const std::string& word : words) {
    const bool is_equals = word == "=" && !joined.empty() && joined.back().starts_with("--");
    if (is_equals || continues) {
      joined.back() += word;
    } else {
      joined.push_back(word);
    }
    continues = is_equals;
  }
  return joined;
}

class Completer {
 public:
  Completer(const Program& program, const Scenarios& scenarios, core::Language language)
      : program_(program), scenarios_(scenarios), language_(language), command_(&program.commands.front()) {}

  std::string run(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) go_by(words[i]);
    const std::string last = words.empty() ? std::string() : words.back();
    const std::size_t equals = last.find('=');
    if (is_behind_) {
      for (const Option& row : command_->options) {
        if (row.behind) offer_value(row, last);
      }
    } else if (awaited_ != nullptr) {
      offer_value(*awaited_, last);
    } else if (last.starts_with("--") && equals != std::string::npos) {
      const Option* const row = find_option(program_, *command_, last.substr(0, equals));
      if (row != nullptr) offer_value(*row, last.substr(equals + 1));
    } else if (last.starts_with('-')) {
      offer_options(last);
    } else {
      offer_words(last);
    }
    return out_;
  }

 private:
  void go_by(const std::string& word) {
    if (awaited_ != nullptr) {
      awaited_ = nullptr;
      return;
    }
    if (word == "--") is_behind_ = true;
    if (word.starts_with('-')) {
      const Option* const row = find_option(program_, *command_, word);
      if (row != nullptr && row->value != Value::kNone) awaited_ = row;
      return;
    }
    for (const Command* const child : children(program_, *command_)) {
      if (name(program_, *child) != word) continue;
      command_ = child;
      return;
    }
    ++arguments_;
  }

  void offer(std::string_view word, std::string_view prefix, std::string_view meaning = {}) {
    if (!word.starts_with(prefix)) return;
    out_ += std::string(word) + (meaning.empty() ? "" : "\t") + std::string(meaning) + "\n";
  }

  void offer_options(std::string_view prefix) {
    for (const Option* const row : options_of(program_, *command_)) {
      if (!is_argument(*row)) offer(row->name, prefix, row->about.in(language_));
    }
  }

  void offer_words(std::string_view prefix) {
    for (const Command* const child : children(program_, *command_)) {
      offer(name(program_, *child), prefix, child->about.in(language_));
    }
    std::size_t place = 0;
    for (const Option& row : command_->options) {
      if (is_argument(row) && !row.behind && (place++ == arguments_ || row.many)) return offer_value(row, prefix);
    }
  }

  void offer_value(const Option& row, std::string_view prefix) {
    for (const std::string_view word : choices(row)) offer(word, prefix);
    if (row.value == Value::kFile) out_ += ":files\n";
    if (row.value == Value::kFolder) out_ += ":folders\n";
    if (row.value != Value::kScenario) return;
    const std::size_t before = out_.size();
    for (const std::string& id : scenarios_(prefix)) offer(id, prefix);
    if (out_.size() == before) out_ += ":files\n";
  }

  const Program& program_;
  const Scenarios& scenarios_;
  core::Language language_;
  const Command* command_;
  bool is_behind_ = false;           // of --
  const Option* awaited_ = nullptr;  // whose value the next word is
  std::size_t arguments_ = 0;
  std::string out_;
};

}  // namespace

std::string complete(const Program& program, std::span<const std::string> words, const Scenarios& scenarios,
                     core::Language language) {
  return Completer(program, scenarios, language).run(joined_at_equals(words));
}

}  // namespace usage
