#include "mockserver/scenario/shape.h"

#include <algorithm>
#include <string>

#include "core/nearest.h"

namespace scenario {
namespace {

// How a person calls the table `path` leads to: "the top of the file", "[server]", "[[rule]]", "'when'".
core::Text place_of(std::string_view path) {
  if (path.empty()) return {"at the top of the file", "文件开头"};
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos) return core::phrase("in '{0}'", "'{0}' 中", {path.substr(dot + 1)});
  const KeyRow* const row = find_key({}, path);
  const bool many = row != nullptr && row->type == KeyType::kTables;
  return core::phrase("in {0}", "{0} 中", {many ? "[[" + std::string(path) + "]]" : "[" + std::string(path) + "]"});
}

// How a text for people is written.
core::Text both_languages(std::string_view key) {
  return core::phrase("write {0}.en = \"…\" and {0}.zh = \"…\"", "写上 {0}.en = \"…\" 和 {0}.zh = \"…\"", {key});
}

core::Text table_for_each(std::string_view key) {
  return core::phrase("write [[{0}]] for each one", "每一个都写一行 [[{0}]]", {key});
}

// What belongs into a key that is missing or empty. What the key is for (row.about) is written in English alone, as the rest of
// the description of the language is.
core::Text hint_about(const KeyRow& row) {
  const std::string key(last_part(row));
  if (row.type == KeyType::kText) {
    return core::phrase("{0} Write {1}.en = \"…\" and {1}.zh = \"…\"", "写上 {1}.en = \"…\" 和 {1}.zh = \"…\"",
                        {row.about, key});
  }
  const auto words = range_of(row.allowed) ? std::vector<std::string_view>() : words_of(row.allowed);
  const bool is_list = row.type == KeyType::kStrings || row.type == KeyType::kPatterns;
  if (words.empty())
    return {std::string(row.about), "写上 " + key +
                                        (row.type == KeyType::kIntegers ? " = [3, 10]"
                                         : is_list                      ? " = [\"…\"]"
                                                                        : " = \"…\"")};
  return core::phrase("{0} It is {1}", "{1}", {row.about, core::proposal("", words)});
}

bool fits(const document::Node& node, KeyType type) {
  switch (type) {
    case KeyType::kText:
    case KeyType::kTable: return node.type == document::NodeType::kTable;
    case KeyType::kString:
    case KeyType::kPattern: return node.type == document::NodeType::kText;
    case KeyType::kInteger: return node.type == document::NodeType::kInteger;
    case KeyType::kCode: return node.type == document::NodeType::kInteger || node.type == document::NodeType::kText;
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
  const bool is_number = row.type == KeyType::kInteger || row.type == KeyType::kNumber || row.type == KeyType::kCode;
  return is_number && node.text.find_first_not_of("0123456789.") == std::string::npos;
}

bool wants_quotes(const document::Node& node, const KeyRow& row) {
  const bool is_text = row.type == KeyType::kString || row.type == KeyType::kPattern || row.type == KeyType::kReply;
  return is_text && node.type != document::NodeType::kTable && node.type != document::NodeType::kList;
}

class Shape {
 public:
  Shape(FileKind kind, std::span<const KeyRow> rows, document::Problems& problems)
      : kind_(kind), rows_(rows), problems_(&problems) {}

  void check_table(const document::Node& table, const std::string& path, document::Position where) {
    for (const document::Entry& entry : table.entries) {
      const KeyRow* const row = find_key(rows_, path, entry.key);
      if (row == nullptr) {
        refuse_unknown(entry, path);
      } else if (!belongs_in(*row, kind_)) {
        const bool is_of_scenario = row->files == Files::kScenario;
        problems_->add(entry.where,
                       is_of_scenario
                           ? core::phrase("'{0}' does not belong in a provider file", "'{0}' 不能放在服务商文件里", {entry.key})
                           : core::phrase("'{0}' does not belong in a scenario", "'{0}' 不能放在场景里", {entry.key}),
                       is_of_scenario ? core::Text{"only a scenario has it", "只有场景里才有它"}
                                      : core::Text{"only a provider file has it", "只有服务商文件里才有它"});
      } else {
        check_value(entry, *row);
      }
    }
    for (const KeyRow& row : rows_) {
      if (!row.required || parent_part(row) != path || !belongs_in(row, kind_)) continue;
      if (table.find(last_part(row)) == nullptr) refuse_missing(row, path, where);
    }
  }

 private:
  std::vector<std::string_view> siblings(std::string_view path) const {
    std::vector<std::string_view> names;
    for (const KeyRow& row : rows_) {
      if (parent_part(row) == path && belongs_in(row, kind_)) names.push_back(last_part(row));
    }
    return names;
  }

  // A sibling that is spelt nearly so; else where a key of this very name belongs; else what is known here.
  void refuse_unknown(const document::Entry& entry, const std::string& path) {
    const std::vector<std::string_view> known = siblings(path);
    core::Text hint = core::proposal(entry.key, known);
    if (core::nearest(entry.key, known).empty()) {
      for (const KeyRow& row : rows_) {
        if (last_part(row) != entry.key || !belongs_in(row, kind_)) continue;
        hint = parent_part(row).empty()
                   ? core::phrase("'{0}' stands at the top of the file, above the first [table]",
                                  "'{0}' 要放在文件开头，第一个 [表] 之前", {entry.key})
                   : core::phrase("'{0}' stands {1}", "'{0}' 要放在{1}", {entry.key, place_of(parent_part(row))});
        break;
      }
    }
    problems_->add(entry.where, core::phrase("unknown key '{0}' {1}", "{1}没有 '{0}' 这个键", {entry.key, place_of(path)}),
                   hint);
  }

  void refuse_missing(const KeyRow& row, const std::string& path, document::Position where) {
    problems_->add(where, core::phrase("'{0}' is missing {1}", "{1}缺少 '{0}'", {last_part(row), place_of(path)}),
                   hint_about(row));
  }

  void check_value(const document::Entry& entry, const KeyRow& row) {
    const document::Node& node = entry.value;
    if (!fits(node, row.type) || is_quoted(node, row)) {
      refuse_type(entry, row);
      return;
    }
    switch (row.type) {
      case KeyType::kText: check_text(entry); break;
      case KeyType::kTable: check_table(node, std::string(row.path), entry.where); break;
      case KeyType::kTables: check_tables(entry, row); break;
      case KeyType::kString:
      case KeyType::kPattern: check_word(node, entry.key, row.allowed); break;
      case KeyType::kCode:
        if (node.type == document::NodeType::kInteger) check_range(node, entry.key, row.allowed);
        break;
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
    core::Text hint;
    if (is_quoted(node, row))
      hint = core::phrase("write {0} = {1}, without quotes", "写成 {0} = {1}，不加引号", {entry.key, node.text});
    if (wants_quotes(node, row))
      hint = core::phrase("write {0} = \"…\", between quotes", "写成 {0} = \"…\"，放在引号里", {entry.key});
    if (row.type == KeyType::kText) hint = both_languages(entry.key);
    if (row.type == KeyType::kTables) hint = table_for_each(entry.key);
    if (row.type == KeyType::kIntegers) hint = core::phrase("write {0} = [3, 10]", "写成 {0} = [3, 10]", {entry.key});
    if (row.type == KeyType::kStrings || row.type == KeyType::kList)
      hint = core::phrase("write {0} = [\"…\"]", "写成 {0} = [\"…\"]", {entry.key});
    problems_->add(
        node.where,
        core::phrase("'{0}' is {1}, not a {2}", "'{0}' 是{1}，应当是{2}", {entry.key, name(node.type), name(row.type)}), hint);
  }

  void check_text(const document::Entry& entry) {
    struct Wanted {
      std::string_view key;
      core::Text language;
    };
    for (const Wanted& wanted : {Wanted{"en", {"English", "英文"}}, Wanted{"zh", {"Chinese", "中文"}}}) {
      const std::string key(wanted.key);
      const document::Node* const text = entry.value.find(wanted.key);
      if (text == nullptr || (text->type == document::NodeType::kText && text->text.empty())) {
        problems_->add(text == nullptr ? entry.where : text->where,
                       core::phrase("'{0}' has no {1} text", "'{0}' 没有{1}文本", {entry.key, wanted.language}),
                       core::phrase("add {0}.{1} = \"…\"", "加上 {0}.{1} = \"…\"", {entry.key, key}));
      } else if (text->type != document::NodeType::kText) {
        problems_->add(text->where,
                       core::phrase("'{0}' is {1}, not a string", "'{0}' 是{1}，应当是文本", {key, name(text->type)}));
      }
    }
    for (const document::Entry& inner : entry.value.entries) {
      if (inner.key == "en" || inner.key == "zh") continue;
      problems_->add(inner.where,
                     core::phrase("unknown key '{0}' in '{1}'", "'{1}' 中没有 '{0}' 这个键", {inner.key, entry.key}),
                     core::proposal(inner.key, {"en", "zh"}));
    }
  }

  void check_tables(const document::Entry& entry, const KeyRow& row) {
    for (const document::Node& item : entry.value.items) {
      if (item.type == document::NodeType::kTable) {
        check_table(item, std::string(row.path), item.where);
      } else {
        problems_->add(item.where, core::phrase("'{0}' is a list of tables", "'{0}' 是表的列表", {entry.key}),
                       table_for_each(entry.key));
      }
    }
  }

  void check_list(const document::Node& list, const std::string& key, const KeyRow& row, bool one_needed) {
    if (one_needed && list.items.empty())
      problems_->add(list.where, core::phrase("'{0}' is empty", "'{0}' 是空的", {key}), hint_about(row));
    for (const document::Node& item : list.items) {
      if (item.type == document::NodeType::kText) {
        check_word(item, key, row.allowed);
      } else {
        problems_->add(item.where, core::phrase("'{0}' holds {1}, not only strings", "'{0}' 里有{1}，应当全是文本",
                                                {key, name(item.type)}));
      }
    }
  }

  void check_integers(const document::Node& list, const std::string& key, const KeyRow& row) {
    if (list.items.empty()) problems_->add(list.where, core::phrase("'{0}' is empty", "'{0}' 是空的", {key}), hint_about(row));
    for (const document::Node& item : list.items) {
      if (item.type == document::NodeType::kInteger) {
        check_range(item, key, row.allowed);
      } else {
        problems_->add(item.where, core::phrase("'{0}' holds {1}, not only whole numbers", "'{0}' 里有{1}，应当全是整数",
                                                {key, name(item.type)}));
      }
    }
  }

  void check_word(const document::Node& node, const std::string& key, std::string_view allowed) {
    const std::vector<std::string_view> words = words_of(allowed);
    if (words.empty() || std::find(words.begin(), words.end(), node.text) != words.end()) return;
    problems_->add(node.where, core::phrase("'{0}' cannot be '{1}'", "'{0}' 不能是 '{1}'", {key, node.text}),
                   core::proposal(node.text, words));
  }

  void check_range(const document::Node& node, const std::string& key, std::string_view allowed) {
    const auto range = range_of(allowed);
    if (!range || (node.number >= range->least && node.number <= range->most)) return;
    const std::size_t dots = allowed.find("..");
    problems_->add(node.where, core::phrase("'{0}' must lie between {1} and {2}", "'{0}' 必须在 {1} 和 {2} 之间",
                                            {key, allowed.substr(0, dots), allowed.substr(dots + 2)}));
  }

  FileKind kind_;
  std::span<const KeyRow> rows_;
  document::Problems* problems_;
};

}  // namespace

void check_shape(const document::Document& document, FileKind kind, std::span<const KeyRow> rows,
                 document::Problems& problems) {
  Shape(kind, rows, problems).check_table(document.root, "", document::Position{1, 1});
}

}  // namespace scenario
