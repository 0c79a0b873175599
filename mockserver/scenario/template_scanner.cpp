#include "mockserver/scenario/template_scanner.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base64.h"
#include "core/nearest.h"

namespace scenario {
namespace {

constexpr std::array<std::string_view, 2> kFilters{"base64", "newline"};

// Cuts the first name off a list written with bars.
std::string_view take_filter(std::string_view& filters) {
  const std::string_view first = filters.substr(0, filters.find('|'));
  filters.remove_prefix(std::min(filters.size(), first.size() + 1));
  return first;
}

}  // namespace

core::Result<std::optional<Part>> TemplateScanner::next() {
  if (rest_.empty()) return std::optional<Part>();
  const std::size_t brace = rest_.find_first_of("{}");
  if (brace != 0) {
    const Part literal{false, rest_.substr(0, brace), {}};
    rest_.remove_prefix(literal.text.size());
    return literal;
  }
  if (rest_.size() > 1 && rest_[1] == rest_[0]) {  // {{ or }}: one brace
    const Part literal{false, rest_.substr(0, 1), {}};
    rest_.remove_prefix(2);
    return literal;
  }
  if (rest_[0] == '}')
    return core::fail(core::Blame::kInput, {"'}' without '{' before it", "'}' 前面没有 '{'"}, {},
                      {"a brace itself is written }}", "花括号本身写成 }}"});
  const std::size_t end = rest_.find_first_of("{}", 1);
  if (end == std::string_view::npos || rest_[end] == '{') {
    return core::fail(core::Blame::kInput, {"'{' without '}'", "'{' 没有对应的 '}'"}, {},
                      {"a brace itself is written {{", "花括号本身写成 {{"});
  }
  const std::string_view inside = rest_.substr(1, end - 1);
  const std::size_t bar = inside.find('|');
  rest_.remove_prefix(end + 1);
  return Part{true, inside.substr(0, bar), bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1)};
}

core::Result<void> check_filters(std::string_view filters) {
  while (!filters.empty()) {
    const std::string_view name = take_filter(filters);
    if (name != kFilters[0] && name != kFilters[1]) {
      return core::fail(core::Blame::kInput, core::phrase("unknown filter '{0}'", "没有过滤器 '{0}'", {name}), {},
                        core::proposal(name, {kFilters.begin(), kFilters.end()}));
    }
  }
  return {};
}

std::string apply_filters(std::string value, std::string_view filters) {
  while (!filters.empty()) {
    const std::string_view name = take_filter(filters);
    if (name == "base64") value = core::base64_encode(value);
    if (name == "newline") value += '\n';
  }
  return value;
}

}  // namespace scenario
