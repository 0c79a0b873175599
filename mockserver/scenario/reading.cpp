#include "mockserver/scenario/reading.h"

#include <algorithm>
#include <cmath>

#include "mockserver/scenario/template.h"

namespace scenario {

bool has_unknown_key(const document::Node& table, std::string_view path) {
  return std::any_of(table.entries.begin(), table.entries.end(),
                     [&](const document::Entry& entry) { return find_key(path, entry.key) == nullptr; });
}

std::optional<std::string> string_in(const document::Node& table, std::string_view key) {
  const document::Node* const node = table.find(key, document::NodeType::kText);
  return node == nullptr ? std::nullopt : std::optional(node->text);
}

std::optional<bool> boolean_in(const document::Node& table, std::string_view key) {
  const document::Node* const node = table.find(key, document::NodeType::kBoolean);
  return node == nullptr ? std::nullopt : std::optional(node->boolean);
}

std::optional<std::int64_t> integer_in(const document::Node& table, std::string_view key) {
  const document::Node* const node = table.find(key, document::NodeType::kInteger);
  return node == nullptr ? std::nullopt : std::optional(node->integer);
}

std::optional<std::string> code_in(const document::Node& table, std::string_view key) {
  const auto number = integer_in(table, key);
  return number ? std::optional(std::to_string(*number)) : string_in(table, key);
}

std::optional<Code> check_code(const Reading& reading, const document::Node& table, std::string_view key,
                               const protocol::Protocol& protocol) {
  const std::optional<std::string> code = code_in(table, key);
  if (!code) return std::nullopt;
  if (const auto outcome = protocol.outcome_of(*code)) return Code{*code, *outcome};
  // A number that is out of range was reported.
  const KeyRow* const row = find_key(key == "code" ? "" : "step", key);
  const auto range = range_of(row->allowed);
  const document::Node& node = *table.find(key);
  if (node.type == document::NodeType::kInteger && (node.number < range->least || node.number > range->most))
    return std::nullopt;
  reading.problems.add(
      node.where, core::phrase("'{0}' is no code of {1}", "'{0}' 不是 {1} 的回复码", {*code, protocol.title()}),
      core::phrase("what its answers begin with, such as {0}", "写它的回答开头的那个码，例如 {0}", {protocol.done_code()}));
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> seconds_in(const document::Node& table, std::string_view key) {
  const document::Node* const node = table.find(key);
  if (node == nullptr || (node->type != document::NodeType::kInteger && node->type != document::NodeType::kNumber))
    return std::nullopt;
  // What is out of range has been reported; here it must only not overflow.
  constexpr double kMost = 1e6;
  const double seconds = node->number >= 0 && node->number <= kMost ? node->number : 0;
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

std::optional<core::Text> text_in(const document::Node& table, std::string_view key) {
  const document::Node* const node = table.find(key, document::NodeType::kTable);
  if (node == nullptr) return std::nullopt;
  return core::Text{string_in(*node, "en").value_or(""), string_in(*node, "zh").value_or("")};
}

std::vector<const document::Node*> strings_of(const document::Node* node) {
  std::vector<const document::Node*> strings;
  if (node == nullptr) return strings;
  if (node->type == document::NodeType::kText) strings.push_back(node);
  for (const document::Node& item : node->items) {
    if (item.type == document::NodeType::kText) strings.push_back(&item);
  }
  return strings;
}

std::vector<const document::Node*> tables_in(const document::Node& root, std::string_view key) {
  std::vector<const document::Node*> tables;
  const document::Node* const list = root.find(key, document::NodeType::kList);
  if (list == nullptr) return tables;
  for (const document::Node& item : list->items) {
    if (item.type == document::NodeType::kTable) tables.push_back(&item);
  }
  return tables;
}

void check_template(const Reading& reading, const document::Node& node, const std::vector<std::string_view>& known) {
  const auto checked = check(node.text, known);
  if (!checked) reading.problems.add(node.where, checked.error().text, checked.error().hint);
}

}  // namespace scenario
