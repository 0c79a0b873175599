#include "mockserver/scenario/pattern.h"

#include <map>
#include <utility>

#include <re2/re2.h>

#include "core/text.h"

namespace scenario {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

// Latin-1: an expression is about octets, and what a client sends need not be UTF-8. Literals in UTF-8 fit all the same.
RE2::Options options() {
  RE2::Options options(RE2::Latin1);
  options.set_case_sensitive(false);
  options.set_dot_nl(true);
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{1} << 20);
  return options;
}

}  // namespace

struct Pattern::Expression {
  explicit Expression(std::string_view text) : compiled(piece(text), options()) {}
  RE2 compiled;
};

core::Result<Pattern> Pattern::parse(std::string_view text) {
  Pattern pattern{std::string(text)};
  if (text.size() < 2 || !text.starts_with('/') || !text.ends_with('/')) return pattern;
  auto expression = std::make_shared<const Expression>(text.substr(1, text.size() - 2));
  if (!expression->compiled.ok()) {
    return core::fail(core::Blame::kInput,
                      {"this is no regular expression: " + expression->compiled.error(),
                       "这不是正则表达式，错在：" + expression->compiled.error_arg()},
                      {},
                      {"between slashes stands an expression as RE2 knows it; a glob has none: \"*@example.org\"",
                       "两个斜杠之间是 RE2 的正则表达式；通配模式不用斜杠：\"*@example.org\""});
  }
  pattern.expression_ = std::move(expression);
  return pattern;
}

bool Pattern::matches(std::string_view text) const {
  if (expression_ == nullptr) return core::matches_glob(text, text_);
  return RE2::PartialMatch(piece(text), expression_->compiled);
}

std::optional<Values> Pattern::captures(std::string_view text) const {
  if (expression_ == nullptr) return matches(text) ? std::optional<Values>(Values()) : std::nullopt;
  const RE2& compiled = expression_->compiled;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(compiled.NumberOfCapturingGroups()) + 1);
  if (!compiled.Match(piece(text), 0, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) {
    return std::nullopt;
  }
  Values values;
  for (const auto& [name, number] : compiled.NamedCapturingGroups()) {
    const re2::StringPiece& group = groups[static_cast<std::size_t>(number)];
    values[name] = std::string(group.data() == nullptr ? "" : group.data(), group.size());
  }
  return values;
}

std::vector<std::string> Pattern::group_names() const {
  std::vector<std::string> names;
  if (expression_ == nullptr) return names;
  for (const auto& group : expression_->compiled.NamedCapturingGroups()) names.push_back(group.first);
  return names;
}

bool fits(const Pattern& pattern, std::string_view text, Values* captures) {
  if (captures == nullptr) return pattern.matches(text);
  auto found = pattern.captures(text);
  if (found) captures->merge(*found);
  return found.has_value();
}

}  // namespace scenario
