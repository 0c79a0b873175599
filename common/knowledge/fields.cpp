#include "knowledge/fields.h"

#include <algorithm>
#include <utility>

namespace knowledge {

Fields::Fields(const document::Node& table, std::string name, Problems& problems)
    : table_(&table), name_(std::move(name)), problems_(&problems) {
  if (table.type != document::NodeType::kTable) refuse(name_ + " must be a table");
}

const document::Node* Fields::take(std::string_view key) {
  asked_.emplace_back(key);
  return table_->find(key);
}

const document::Node* Fields::take_required(std::string_view key) {
  const document::Node* const node = take(key);
  if (node == nullptr) refuse("'" + std::string(key) + "' is missing in " + name_);
  return node;
}

std::string Fields::string(std::string_view key) {
  const document::Node* const node = take_required(key);
  if (node == nullptr) return {};
  if (node->type != document::NodeType::kText || node->text.empty()) {
    problems_->add(node->where.line, "'" + std::string(key) + "' must be a text that is not empty");
  }
  return node->text;
}

std::optional<int> Fields::integer_of(std::string_view key, const document::Node& node, int least, int most) {
  if (node.type == document::NodeType::kInteger && node.integer >= least && node.integer <= most)
    return static_cast<int>(node.integer);
  problems_->add(node.where.line, "'" + std::string(key) + "' must be a whole number from " + std::to_string(least) + " to " +
                                      std::to_string(most));
  return std::nullopt;
}

int Fields::integer(std::string_view key, int least, int most) {
  const document::Node* const node = take_required(key);
  return node == nullptr ? least : integer_of(key, *node, least, most).value_or(least);
}

std::vector<int> Fields::integers(std::string_view key, int least, int most) {
  std::vector<int> numbers;
  const document::Node* const node = take_required(key);
  if (node == nullptr) return numbers;
  if (node->type != document::NodeType::kList)
    problems_->add(node->where.line, "'" + std::string(key) + "' must be a list: [535, 554]");
  for (const document::Node& item : node->items) {
    if (const auto number = integer_of(key, item, least, most)) numbers.push_back(*number);
  }
  return numbers;
}

std::vector<std::string> Fields::strings(std::string_view key) {
  const document::Node* const node = take_required(key);
  std::vector<std::string> texts;
  if (node == nullptr) return texts;
  for (const document::Node& item : node->items) {
    if (item.type == document::NodeType::kText && !item.text.empty()) texts.push_back(item.text);
  }
  if (node->type != document::NodeType::kList || texts.empty() || texts.size() != node->items.size())
    problems_->add(node->where.line, "'" + std::string(key) + "' must be a list of texts, none of them empty");
  return texts;
}

core::Text Fields::text(std::string_view key) {
  const document::Node* const node = take_required(key);
  if (node == nullptr) return {};
  const std::string name = "'" + std::string(key) + "'";
  if (node->type != document::NodeType::kTable) {
    problems_->add(node->where.line,
                   name + " must have two languages: " + std::string(key) + ".en and " + std::string(key) + ".zh");
    return {};
  }
  Fields languages(*node, name, *problems_);
  core::Text text{languages.string("en"), languages.string("zh")};
  languages.finish();
  return text;
}

std::vector<const document::Node*> Fields::tables(std::string_view key) {
  const document::Node* const node = take_required(key);
  std::vector<const document::Node*> tables;
  if (node == nullptr) return tables;
  if (node->type != document::NodeType::kList || node->items.empty()) {
    problems_->add(node->where.line, "write [[" + std::string(key) + "]] for each one");
    return tables;
  }
  for (const document::Node& item : node->items) tables.push_back(&item);
  return tables;
}

void Fields::finish() {
  for (const document::Entry& entry : table_->entries) {
    if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
    problems_->add(entry.where.line, "unknown key '" + entry.key + "' in " + name_);
  }
}

}  // namespace knowledge
