#include "mockserver/scenario/template.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/nearest.h"
#include "mockserver/scenario/template_scanner.h"

namespace scenario {
namespace {

core::Failure unknown_placeholder(std::string_view name, const std::vector<std::string_view>& known) {
  const core::Text unknown = core::phrase("unknown placeholder {0}", "没有占位符 {0}", {"{" + std::string(name) + "}"});
  if (known.empty()) {
    return core::fail(core::Blame::kInput, unknown, {},
                      {"no placeholder is known here; a brace itself is written {{", "这里没有占位符可用；花括号本身写成 {{"});
  }
  return core::fail(core::Blame::kInput, unknown, {}, core::proposal(name, known));
}

// What could_be looks for: literals, and before each the least number of characters that placeholders took.
struct Literal {
  std::size_t gap = 0;
  std::string text;
};

// Nothing when the template is broken. The last literal may be empty: it stands for the end.
std::optional<std::vector<Literal>> literals_of(std::string_view text) {
  std::vector<Literal> literals(1);
  TemplateScanner scanner(text);
  while (true) {
    const auto part = scanner.next();
    if (!part) return std::nullopt;
    if (!part->has_value()) return literals;
    if (!(*part)->is_placeholder) {
      literals.back().text += (*part)->text;
    } else if (literals.size() > 1 && literals.back().text.empty()) {
      ++literals.back().gap;
    } else {
      literals.push_back({1, {}});
    }
  }
}

}  // namespace

core::Result<std::string> fill(std::string_view text, const Values& values) {
  std::string out;
  TemplateScanner scanner(text);
  while (true) {
    const auto part = scanner.next();
    if (!part) return core::Failure(part.error());
    if (!part->has_value()) return out;
    const Part& one = **part;
    if (!one.is_placeholder) {
      out += one.text;
      continue;
    }
    const auto value = values.find(one.text);
    if (value == values.end()) {
      std::vector<std::string_view> known;
      for (const auto& entry : values) known.push_back(entry.first);
      return unknown_placeholder(one.text, known);
    }
    if (const auto filters = check_filters(one.filters); !filters) return core::Failure(filters.error());
    out += apply_filters(value->second, one.filters);
  }
}

core::Result<void> check(std::string_view text, const std::vector<std::string_view>& known) {
  TemplateScanner scanner(text);
  while (true) {
    const auto part = scanner.next();
    if (!part) return core::Failure(part.error());
    if (!part->has_value()) return {};
    const Part& one = **part;
    if (!one.is_placeholder) continue;
    if (std::find(known.begin(), known.end(), one.text) == known.end()) return unknown_placeholder(one.text, known);
    if (auto filters = check_filters(one.filters); !filters) return filters;
  }
}

bool could_be(std::string_view actual, std::string_view text) {
  const auto literals = literals_of(text);
  if (!literals) return false;
  if (!actual.starts_with(literals->front().text)) return false;
  std::size_t at = literals->front().text.size();
  if (literals->size() == 1) return at == actual.size();
  // The leftmost place for each literal leaves the most room for those behind it; the last one must reach the end.
  for (std::size_t i = 1; i + 1 < literals->size(); ++i) {
    const Literal& literal = (*literals)[i];
    at = actual.find(literal.text, at + literal.gap);
    if (at == std::string_view::npos) return false;
    at += literal.text.size();
  }
  const Literal& last = literals->back();
  return actual.size() >= at + last.gap + last.text.size() && actual.ends_with(last.text);
}

}  // namespace scenario
