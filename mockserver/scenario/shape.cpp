#include "mockserver/scenario/shape.h"

#include <algorithm>
#include <string>

#include "core/nearest.h"

namespace scenario {
namespace {

// How a person calls the table `path` leads to: "the top of the file", "[server]", "[[rule]]", "'when'".
std::string place_of(std::string_view path) {
  if (path.empty()) return "at the top of the file";
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos) return "in '" + std::string(path.substr(dot + 1)) + "'";
  const KeyRow* const row = find_key({}, path);
  const bool many = row != nullptr && row->type == KeyType::kTables;
  return (many ? "in [[" : "in [") + std::string(path) + (many ? "]]" : "]");
}

bool fits(const document::Node& node, KeyType type) {
  switch (type) {
    case KeyType::kText:
    case KeyType::kTable: return node.type == document::NodeType::kTable;
    case KeyType::kString:
    case KeyType::kPattern: return node.type == document::NodeType::kText;
    case KeyType::kInteger: return node.type == document::NodeType::kInteger;
    case KeyType::kNumber: return node.type == document::NodeType::kInteger || node.type == document::NodeType::kNumber;
    case KeyType::kBoolean: return node.type == document::NodeType::kBoolean;
    case KeyType::kPatterns:
    case KeyType::kReply: return node.type == document::NodeType::kText || node.type == document::NodeType::kList;
    case KeyType::kStrings:
    case KeyType::kList:
    case KeyType::kIntegers:
    case KeyType::kTables: return node.type == document::NodeType::kList;
  }
  return false;
}

// A number or true between quotes.
bool is_quoted(const document::Node& node, const KeyRow& row) {
  if (node.type != document::NodeType::kText || node.text.empty()) return false;
  if (row.type == KeyType::kBoolean) return node.text == "true" || node.text == "false";
  const bool is_number = row.type == KeyType::kInteger || row.type == KeyType::kNumber;
  return is_number && node.text.find_first_not_of("0123456789.") == std::string::npos;
}

bool wants_quotes(const document::Node& node, const KeyRow& row) {
  const bool is_text = row.type == KeyType::kString || row.type == KeyType::kPattern || row.type == KeyType::kReply;
  return is_text && node.type != document::NodeType::kTable && node.type != document::NodeType::kList;
}

class Shape {
 public:
  Shape(FileKind kind, document::Problems& problems) : kind_(kind), problems_(&problems) {}

  void check_table(const document::Node& table, const std::string& path, document::Position where) {
    for (const document::Entry& entry : table.entries) {
      const KeyRow* const row = find_key(path, entry.key);
      if (row == nullptr) {
        refuse_unknown(entry, path);
      } else if (!belongs_in(*row, kind_)) {
        const bool is_of_scenario = row->files == Files::kScenario;
        problems_->add(entry.where,
                       "'" + entry.key + "' does not belong in " + (is_of_scenario ? "a provider file" : "a scenario"),
                       is_of_scenario ? "only a scenario has it" : "only a provider file has it");
      } else {
        check_value(entry, *row);
      }
    }
    for (const KeyRow& row : keys()) {
      if (!row.required || parent_part(row) != path || !belongs_in(row, kind_)) continue;
      if (table.find(last_part(row)) == nullptr) refuse_missing(row, path, where);
    }
  }

 private:
  std::vector<std::string_view> siblings(std::string_view path) const {
    std::vector<std::string_view> names;
    for (const KeyRow& row : keys()) {
      if (parent_part(row) == path && belongs_in(row, kind_)) names.push_back(last_part(row));
    }
    return names;
  }

  // A sibling that is spelt nearly so; else where a key of this very name belongs; else what is known here.
  void refuse_unknown(const document::Entry& entry, const std::string& path) {
    const std::vector<std::string_view> known = siblings(path);
    std::string hint = core::proposal(entry.key, known);
    if (core::nearest(entry.key, known).empty()) {
      for (const KeyRow& row : keys()) {
        if (last_part(row) != entry.key || !belongs_in(row, kind_)) continue;
        hint = "'" + entry.key + "' stands " + place_of(parent_part(row));
        if (parent_part(row).empty()) hint += ", above the first [table]";
        break;
      }
    }
    problems_->add(entry.where, "unknown key '" + entry.key + "' " + place_of(path), hint);
  }

  void refuse_missing(const KeyRow& row, const std::string& path, document::Position where) {
    const std::string key(last_part(row));
    std::string hint(row.about);
    if (const auto words = words_of(row.allowed); !words.empty()) hint += " It is " + core::proposal("", words);
    if (row.type == KeyType::kText) hint += " Write " + key + ".en = \"…\" and " + key + ".zh = \"…\"";
    problems_->add(where, "'" + key + "' is missing " + place_of(path), hint);
  }

  void check_value(const document::Entry& entry, const KeyRow& row) {
    const document::Node& node = entry.value;
    if (!fits(node, row.type)) {
      refuse_type(entry, row);
      return;
    }
    switch (row.type) {
      case KeyType::kText: check_text(entry); break;
      case KeyType::kTable: check_table(node, std::string(row.path), entry.where); break;
      case KeyType::kTables: check_tables(entry, row); break;
      case KeyType::kString:
      case KeyType::kPattern: check_word(node, entry.key, row.allowed); break;
      case KeyType::kInteger:
      case KeyType::kNumber: check_range(node, entry.key, row.allowed); break;
      case KeyType::kBoolean: break;
      case KeyType::kPatterns:
      case KeyType::kReply:
        if (node.type == document::NodeType::kList) check_list(node, entry.key, row, true);
        break;
      case KeyType::kStrings: check_list(node, entry.key, row, true); break;
      case KeyType::kList: check_list(node, entry.key, row, false); break;
      case KeyType::kIntegers: check_integers(node, entry.key, row); break;
    }
  }

  void refuse_type(const document::Entry& entry, const KeyRow& row) {
    const document::Node& node = entry.value;
    std::string hint;
    if (is_quoted(node, row)) hint = "write " + entry.key + " = " + node.text + ", without quotes";
    if (wants_quotes(node, row)) hint = "write " + entry.key + " = \"…\", between quotes";
    if (row.type == KeyType::kText) hint = "write " + entry.key + ".en = \"…\" and " + entry.key + ".zh = \"…\"";
    if (row.type == KeyType::kTables) hint = "write [[" + entry.key + "]] for each one";
    if (row.type == KeyType::kIntegers) hint = "write " + entry.key + " = [3, 10]";
    if (row.type == KeyType::kStrings || row.type == KeyType::kList) hint = "write " + entry.key + " = [\"…\"]";
    problems_->add(node.where,
                   "'" + entry.key + "' is " + std::string(name(node.type)) + ", not a " + std::string(name(row.type)), hint);
  }

  void check_text(const document::Entry& entry) {
    struct Wanted {
      std::string_view key;
      std::string_view language;
    };
    for (const Wanted& wanted : {Wanted{"en", "English"}, Wanted{"zh", "Chinese"}}) {
      const std::string key(wanted.key);
      const document::Node* const text = entry.value.find(wanted.key);
      if (text == nullptr || (text->type == document::NodeType::kText && text->text.empty())) {
        problems_->add(text == nullptr ? entry.where : text->where,
                       "'" + entry.key + "' has no " + std::string(wanted.language) + " text",
                       "add " + entry.key + "." + key + " = \"…\"");
      } else if (text->type != document::NodeType::kText) {
        problems_->add(text->where, "'" + key + "' is " + std::string(name(text->type)) + ", not a string");
      }
    }
    for (const document::Entry& inner : entry.value.entries) {
      if (inner.key == "en" || inner.key == "zh") continue;
      problems_->add(inner.where, "unknown key '" + inner.key + "' in '" + entry.key + "'",
                     core::proposal(inner.key, {"en", "zh"}));
    }
  }

  void check_tables(const document::Entry& entry, const KeyRow& row) {
    for (const document::Node& item : entry.value.items) {
      if (item.type == document::NodeType::kTable) {
        check_table(item, std::string(row.path), item.where);
      } else {
        problems_->add(item.where, "'" + entry.key + "' is a list of tables", "write [[" + entry.key + "]] for each one");
      }
    }
  }

  void check_list(const document::Node& list, const std::string& key, const KeyRow& row, bool one_needed) {
    if (one_needed && list.items.empty()) problems_->add(list.where, "'" + key + "' is empty", std::string(row.about));
    for (const document::Node& item : list.items) {
      if (item.type == document::NodeType::kText) {
        check_word(item, key, row.allowed);
      } else {
        problems_->add(item.where, "'" + key + "' holds " + std::string(name(item.type)) + ", not only strings");
      }
    }
  }

  void check_integers(const document::Node& list, const std::string& key, const KeyRow& row) {
    if (list.items.empty()) problems_->add(list.where, "'" + key + "' is empty", std::string(row.about));
    for (const document::Node& item : list.items) {
      if (item.type == document::NodeType::kInteger) {
        check_range(item, key, row.allowed);
      } else {
        problems_->add(item.where, "'" + key + "' holds " + std::string(name(item.type)) + ", not only whole numbers");
      }
    }
  }

  void check_word(const document::Node& node, const std::string& key, std::string_view allowed) {
    const std::vector<std::string_view> words = words_of(allowed);
    if (words.empty() || std::find(words.begin(), words.end(), node.text) != words.end()) return;
    problems_->add(node.where, "'" + key + "' cannot be '" + node.text + "'", core::proposal(node.text, words));
  }

  void check_range(const document::Node& node, const std::string& key, std::string_view allowed) {
    const auto range = range_of(allowed);
    if (!range || (node.number >= range->least && node.number <= range->most)) return;
    const std::size_t dots = allowed.find("..");
    problems_->add(node.where, "'" + key + "' must lie between " + std::string(allowed.substr(0, dots)) + " and " +
                                   std::string(allowed.substr(dots + 2)));
  }

  FileKind kind_;
  document::Problems* problems_;
};

}  // namespace

void check_shape(const document::Document& document, FileKind kind, document::Problems& problems) {
  Shape(kind, problems).check_table(document.root, "", document::Position{1, 1});
}

}  // namespace scenario
