#include "usage/parse.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <utility>

#include "core/ascii.h"
#include "core/nearest.h"
#include "core/show.h"

namespace usage {
namespace {

std::string in_quotes(std::string_view word) { return "'" + core::show_bytes(word) + "'"; }

bool is_number(std::string_view text, bool with_point) {
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && (!with_point || text.find('.', point + 1) != std::string_view::npos)) return false;
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return core::is_digit(c) || c == '.'; });
  return digits && text.size() > (point == std::string_view::npos ? 0U : 1U) && text.size() <= 20;
}

bool is_allowed(const Option& option, std::string_view value) {
  const std::vector<std::string_view> words = choices(option);
  if (!words.empty()) return std::find(words.begin(), words.end(), value) != words.end();
  const auto range = range_of(option);
  if (!range) return true;
  if (!is_number(value, option.value == Value::kSeconds)) return false;
  const double number = std::strtod(std::string(value).c_str(), nullptr);
  return number >= range->least && number <= range->most;
}

// What can be given instead of a value that is not allowed.
core::Text wanted(const Option& option, std::string_view value) {
  if (option.value == Value::kChoice) return core::proposal(value, choices(option));
  const std::size_t dots = option.allowed.find("..");
  const std::string least(option.allowed.substr(0, dots));
  const std::string most(option.allowed.substr(dots + 2));
  if (option.value == Value::kWhole) return core::phrase("a whole number from {0} to {1}", "{0} 到 {1} 的整数", {least, most});
  return core::phrase("seconds, from {0} to {1}", "秒数，{0} 到 {1}", {least, most});
}

// Options are spelt in small letters: "-ERR [AUTH] no" is something to be explained.
bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-' && !(word[1] >= 'A' && word[1] <= 'Z'); }

// Whether an id or a file was meant.
bool looks_like_scenario(std::string_view word) {
  return word.find_first_of("/#") != std::string_view::npos || word.ends_with(".toml");
}

}  // namespace

// Goes through the words once; what must stand together is looked at when all are known.
class Parser {
 public:
  explicit Parser(const Program& program) : program_(program), parsed_(program) {}

  core::Result<Parsed> run(std::span<const std::string> words) {
    for (at_ = 0; at_ < words.size(); ++at_) {
      const std::string& word = words[at_];
      core::Result<void> taken;
      if (word == "--" && !only_arguments_) {
        only_arguments_ = true;
      } else if (!only_arguments_ && is_option(word)) {
        taken = take_option(word, words);
      } else {
        taken = take_word(word);
      }
      if (!taken) return core::Failure(taken.error());
    }
    if (parsed_.has("--help") || parsed_.has("--version")) return std::move(parsed_);
    if (auto complete = check_whole(); !complete) return core::Failure(complete.error());
    return std::move(parsed_);
  }

 private:
  static core::Failure fail(core::Text text, core::Text hint = {}) {
    return core::fail(core::Blame::kInput, std::move(text), {}, std::move(hint));
  }

  // A word without hyphens: the name of a command where there are some, otherwise the next argument.
  core::Result<void> take_word(const std::string& word) {
    const std::vector<const Command*> below = children(program_, *parsed_.command_);
    for (const Command* const child : below) {
      if (only_arguments_ || arguments_ > 0 || name(program_, *child) != word) continue;
      parsed_.command_ = child;
      return {};
    }
    std::size_t place = 0;
    const auto& rows = parsed_.command_->options;
    const bool is_behind =
        only_arguments_ && std::any_of(rows.begin(), rows.end(), [](const Option& row) { return row.behind; });
    for (const Option& row : rows) {
      if (!is_argument(row) || row.behind != is_behind) continue;
      if (place++ < arguments_ && !row.many) continue;
      ++arguments_;
      return take_value(row, word);
    }
    if (below.empty()) return fail(core::phrase("nothing takes the argument {0}", "这里用不上参数 {0}", {in_quotes(word)}));
    std::vector<std::string_view> names;
    for (const Command* const child : below) names.push_back(name(program_, *child));
    const core::Text text = core::phrase("unknown command {0}", "没有命令 {0}", {in_quotes(word)});
    if (core::nearest(word, names).empty() && looks_like_scenario(word) && find_command(program_, "step") != nullptr) {
      const std::string step = "step " + core::show_bytes(word);
      return fail(text, core::proposal(word, {step}));
    }
    return fail(text, core::proposal(word, names));
  }

  core::Result<void> take_option(const std::string& word, std::span<const std::string> words) {
    const std::size_t equals = word.find('=');
    const std::string given = word == "-h" ? "--help" : word.substr(0, equals);
    const Option* const row = find_option(program_, *parsed_.command_, given);
    if (row == nullptr) return unknown_option(given);
    if (row->value == Value::kNone) {
      if (equals != std::string::npos) return fail(core::phrase("{0} takes no value", "{0} 后面不跟值", {in_quotes(given)}));
      parsed_.given_[row->name];
      return {};
    }
    if (equals != std::string::npos) return take_value(*row, word.substr(equals + 1));
    if (at_ + 1 == words.size() || find_option(program_, *parsed_.command_, words[at_ + 1]) != nullptr) {
      return fail(core::phrase("{0} wants a value: {1}", "{0} 后面要跟一个值：{1}", {in_quotes(given), written(*row)}));
    }
    return take_value(*row, words[++at_]);
  }

  // Proposes what is spelt nearly so; or says which command has an option of this very name.
  core::Result<void> unknown_option(const std::string& given) const {
    const core::Text text = core::phrase("unknown option {0}", "没有选项 {0}", {in_quotes(given)});
    std::vector<std::string_view> names;
    for (const Option* const row : options_of(program_, *parsed_.command_)) {
      if (!is_argument(*row)) names.push_back(row->name);
    }
    for (const Command& command : program_.commands) {
      if (find_option(program_, command, given) == nullptr) continue;
      return fail(text, core::phrase("it belongs to {0}", "它属于 {0}", {called(program_, command)}));
    }
    return fail(text, core::nearest(given, names).empty() ? core::Text() : core::proposal(given, names));
  }

  core::Result<void> take_value(const Option& row, const std::string& value) {
    if (!is_allowed(row, value)) {
      return fail(core::phrase("{0} cannot be {1}", "{0} 不能是 {1}", {in_quotes(row.name), in_quotes(value)}),
                  wanted(row, value));
    }
    parsed_.given_[row.name].push_back(value);
    return {};
  }

  [[nodiscard]] core::Result<void> check_whole() const {
    for (const Option& row : parsed_.command_->options) {
      if (row.required && !parsed_.has(row.name)) {
        return fail(core::phrase("{0} is missing", "没有给出 {0}", {in_quotes(row.name)}),
                    {std::string(row.about.en), std::string(row.about.zh)});
      }
      if (!parsed_.has(row.name)) continue;
      if (!row.needs.empty() && !parsed_.has(row.needs)) {
        return fail(core::phrase("{0} goes with {1} only", "{0} 要和 {1} 一起用", {in_quotes(row.name), in_quotes(row.needs)}));
      }
      if (!row.excludes.empty() && parsed_.has(row.excludes)) {
        return fail(core::phrase("{0} and {1} do not go together", "{0} 和 {1} 不能一起用",
                                 {in_quotes(row.name), in_quotes(row.excludes)}));
      }
    }
    return {};
  }

  const Program& program_;
  Parsed parsed_;
  std::size_t at_ = 0;         // of the word that is looked at
  std::size_t arguments_ = 0;  // that were taken for the command
  bool only_arguments_ = false;
};

core::Result<Parsed> parse(const Program& program, std::span<const std::string> words) { return Parser(program).run(words); }

namespace {

const Option* row_of(const Program& program, const Command& command, std::string_view name) {
  if (const Option* const own = find_option(program, command, name)) return own;
  for (const Command& other : program.commands) {
    if (const Option* const row = find_option(program, other, name)) return row;
  }
  assert(false && "no row of the table has this name");
  return nullptr;
}

}  // namespace

std::optional<std::string> Parsed::maybe(std::string_view name) const {
  const std::vector<std::string> all = values(name);
  return all.empty() ? std::nullopt : std::optional(all.back());
}

std::vector<std::string> Parsed::values(std::string_view name) const {
  const Option* const row = row_of(*program_, *command_, name);
  const auto found = given_.find(name);
  if (found != given_.end()) return found->second;
  if (row == nullptr || row->preset.empty()) return {};
  return {std::string(row->preset)};
}

std::optional<std::uint64_t> Parsed::whole(std::string_view name) const {
  const auto text = maybe(name);
  return text ? std::optional<std::uint64_t>(std::strtoull(text->c_str(), nullptr, 10)) : std::nullopt;
}

std::optional<std::chrono::milliseconds> Parsed::seconds(std::string_view name) const {
  const auto text = maybe(name);
  if (!text) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::strtod(text->c_str(), nullptr) * 1000));
}

std::string complaint(const Program& program, std::span<const std::string> words, const core::Error& error,
                      core::Language language) {
  const Command* meant = &program.commands.front();
  for (const std::string& word : words) {
    for (const Command* const child : children(program, *meant)) {
      if (name(program, *child) != word) continue;
      meant = child;
      break;
    }
  }
  return std::string(program.name) + ": " + core::describe(error, language) + "\n" +
         core::phrase("See {0} --help\n", "见 {0} --help\n", {called(program, *meant)}).in(language);
}

core::Language language_of(std::span<const std::string> words) {
  std::string_view said;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i].starts_with("--lang=")) said = std::string_view(words[i]).substr(7);
    if (words[i] == "--lang" && i + 1 < words.size()) said = words[i + 1];
  }
  if (said == "zh") return core::Language::kChinese;
  if (said == "en") return core::Language::kEnglish;
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("zh") ? core::Language::kChinese : core::Language::kEnglish;
  }
  return core::Language::kEnglish;
}

}  // namespace usage
