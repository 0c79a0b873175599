#include "knowledge/fields.h"

#include <algorithm>
#include <utility>

namespace knowledge {

Fields::Fields(const Node& table, std::string name, Problems& problems)
    : table_(&table), name_(std::move(name)), problems_(&problems) {
  if (table.kind != NodeKind::kTable) refuse(name_ + " must be a table");
}

const Node* Fields::take(std::string_view key) {
  asked_.push_back(key);
  const auto hit =
      std::find_if(table_->entries.begin(), table_->entries.end(), [&](const auto& entry) { return entry.key == key; });
  return hit == table_->entries.end() ? nullptr : &hit->value;
}

const Node* Fields::take_required(std::string_view key) {
  const Node* const node = take(key);
  if (node == nullptr) refuse("'" + std::string(key) + "' is missing in " + name_);
  return node;
}

std::string Fields::string(std::string_view key) {
  const Node* const node = take_required(key);
  if (node == nullptr) return {};
  if (node->kind != NodeKind::kString || node->text.empty()) {
    problems_->add(node->line, "'" + std::string(key) + "' must be a text that is not empty");
  }
  return node->text;
}

std::optional<int> Fields::integer_of(std::string_view key, const Node& node, int least, int most) {
  if (node.kind == NodeKind::kInteger && node.integer >= least && node.integer <= most) return static_cast<int>(node.integer);
  problems_->add(node.line, "'" + std::string(key) + "' must be a whole number from " + std::to_string(least) + " to " +
                                std::to_string(most));
  return std::nullopt;
}

int Fields::integer(std::string_view key, int least, int most) {
  const Node* const node = take_required(key);
  return node == nullptr ? least : integer_of(key, *node, least, most).value_or(least);
}

std::vector<int> Fields::integers(std::string_view key, int least, int most) {
  std::vector<int> numbers;
  const Node* const node = take_required(key);
  if (node == nullptr) return numbers;
  if (node->kind != NodeKind::kList) problems_->add(node->line, "'" + std::string(key) + "' must be a list: [535, 554]");
  for (const Node& item : node->items) {
    if (const auto number = integer_of(key, item, least, most)) numbers.push_back(*number);
  }
  return numbers;
}

core::Text Fields::text(std::string_view key) {
  const Node* const node = take_required(key);
  if (node == nullptr) return {};
  const std::string name = "'" + std::string(key) + "'";
  if (node->kind != NodeKind::kTable) {
    problems_->add(node->line, name + " must have two languages: " + std::string(key) + ".en and " + std::string(key) + ".zh");
    return {};
  }
  Fields languages(*node, name, *problems_);
  core::Text text{languages.string("en"), languages.string("zh")};
  languages.finish();
  return text;
}

std::vector<const Node*> Fields::tables(std::string_view key) {
  const Node* const node = take_required(key);
  std::vector<const Node*> tables;
  if (node == nullptr) return tables;
  if (node->kind != NodeKind::kList || node->items.empty()) {
    problems_->add(node->line, "write [[" + std::string(key) + "]] for each one");
    return tables;
  }
  for (const Node& item : node->items) tables.push_back(&item);
  return tables;
}

void Fields::finish() {
  for (const auto& [key, node] : table_->entries) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    problems_->add(node.line, "unknown key '" + key + "' in " + name_);
  }
}

}  // namespace knowledge
