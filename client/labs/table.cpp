#include "client/labs/table.h"

#include <algorithm>

#include "core/nearest.h"
#include "core/show.h"

namespace lab {

using document::Node;
using document::NodeType;

const Node* Table::take(std::string_view key) {
  asked_.push_back(key);
  return node_.find(key);
}

bool Table::is(const Node& node, NodeType type) {
  if (node.type == type) return true;
  problems_.add(node.where, core::phrase("this must be {0}", "这里必须是{0}", {document::name(type)}));
  return false;
}

void Table::needs(std::string_view key) { problems_.add(node_.where, core::phrase("'{0}' is missing", "缺少 '{0}'", {key})); }

std::string Table::string(std::string_view key) {
  const Node* const node = take(key);
  return node != nullptr && is(*node, NodeType::kText) ? node->text : std::string();
}

std::string Table::need_string(std::string_view key) {
  if (node_.find(key) == nullptr) needs(key);
  return string(key);
}

core::Text Table::text(std::string_view key) {
  const Node* const node = take(key);
  if (node == nullptr || !is(*node, NodeType::kTable)) return {};
  Table both(*node, problems_);
  core::Text text{both.need_string("en"), both.need_string("zh")};
  both.finish();
  return text;
}

core::Text Table::need_text(std::string_view key) {
  if (node_.find(key) == nullptr) needs(key);
  return text(key);
}

bool Table::flag(std::string_view key) {
  const Node* const node = take(key);
  return node != nullptr && is(*node, NodeType::kBoolean) && node->boolean;
}

std::optional<int> Table::integer(std::string_view key, int least, int most) {
  const Node* const node = take(key);
  if (node == nullptr || !is(*node, NodeType::kInteger)) return std::nullopt;
  if (node->integer >= least && node->integer <= most) return static_cast<int>(node->integer);
  problems_.add(node->where, core::phrase("this must be from {0} to {1}", "这里必须在 {0} 到 {1} 之间", {least, most}));
  return std::nullopt;
}

std::vector<std::string> Table::strings(std::string_view key) {
  const Node* const node = take(key);
  if (node == nullptr) return {};
  if (node->type == NodeType::kText) return {node->text};
  std::vector<std::string> all;
  if (!is(*node, NodeType::kList)) return all;
  for (const Node& item : node->items) {
    if (is(item, NodeType::kText)) all.push_back(item.text);
  }
  return all;
}

std::vector<std::string> Table::values(std::string_view key) {
  const Node* const node = take(key);
  std::vector<std::string> all;
  const auto add = [&](const Node& item) {
    if (item.type == NodeType::kInteger) {
      all.push_back(std::to_string(item.integer));
    } else if (item.type == NodeType::kBoolean) {
      all.emplace_back(item.boolean ? "true" : "false");
    } else if (is(item, NodeType::kText)) {
      all.push_back(item.text);
    }
  };
  if (node == nullptr) return all;
  if (node->type != NodeType::kList) {
    add(*node);
  } else {
    for (const Node& item : node->items) add(item);
  }
  return all;
}

std::size_t Table::word(std::string_view key, const std::vector<std::string_view>& words) {
  const Node* const node = take(key);
  if (node == nullptr || !is(*node, NodeType::kText)) return 0;
  const auto hit = std::find(words.begin(), words.end(), node->text);
  if (hit != words.end()) return static_cast<std::size_t>(hit - words.begin());
  problems_.add(node->where,
                core::phrase("'{0}' is none of the words here", "'{0}' 不是这里的词", {core::show_bytes(node->text)}),
                core::proposal(node->text, words));
  return 0;
}

const Node* Table::table(std::string_view key) {
  const Node* const node = take(key);
  return node != nullptr && is(*node, NodeType::kTable) ? node : nullptr;
}

std::vector<const Node*> Table::tables(std::string_view key) {
  const Node* const node = take(key);
  std::vector<const Node*> all;
  if (node == nullptr || !is(*node, NodeType::kList)) return all;
  for (const Node& item : node->items) {
    if (is(item, NodeType::kTable)) all.push_back(&item);
  }
  return all;
}

std::vector<std::string> Table::others() const {
  std::vector<std::string> all;
  for (const document::Entry& entry : node_.entries) {
    if (std::find(asked_.begin(), asked_.end(), entry.key) == asked_.end()) all.push_back(entry.key);
  }
  return all;
}

void Table::finish(const std::vector<std::string_view>& also) {
  std::vector<std::string_view> known = asked_;
  known.insert(known.end(), also.begin(), also.end());
  for (const document::Entry& entry : node_.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    problems_.add(entry.where, core::phrase("unknown key '{0}'", "没有键 '{0}'", {core::show_bytes(entry.key)}),
                  core::proposal(entry.key, known));
  }
}

void Table::refuse(std::string_view key, core::Text text, core::Text hint) {
  const Node* const node = node_.find(key);
  problems_.add(node == nullptr ? node_.where : node->where, std::move(text), std::move(hint));
}

}  // namespace lab
