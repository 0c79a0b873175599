#include "document/document.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#define TOML_EXCEPTIONS 0
// Some of its assertions fail on a file that is merely wrong ("[= 1"); without them that file gets its error.
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include "core/show.h"
#include "document/disguise.h"
#include "document/problems.h"
#include "document/stray_letter.h"
#include "document/toml_hints.h"

namespace document {
namespace {

Position position_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Node node_of(const toml::node& from, const Disguise& disguise);

void take_table(const toml::table& from, const Disguise& disguise, Node& node) {
  node.type = NodeType::kTable;
  for (auto&& [key, value] : from) {
    Node inner = node_of(value, disguise);
    // A table made by a dotted key (title.en = …) has no place of its own.
    if (inner.where.line == 0) inner.where = position_of(key.source());
    node.entries.push_back({disguise.take_off(key.str()), position_of(key.source()), std::move(inner)});
  }
  const auto by_key = [](const Entry& a, const Entry& b) { return a.key < b.key; };  // the disguise has another order
  std::sort(node.entries.begin(), node.entries.end(), by_key);
}

// Recursion is bounded: the library refuses values nested deeper than TOML_MAX_NESTED_VALUES.
Node node_of(const toml::node& from, const Disguise& disguise) {
  Node node;
  node.where = position_of(from.source());
  if (const toml::table* const table = from.as_table()) {
    take_table(*table, disguise, node);
  } else if (const toml::array* const array = from.as_array()) {
    node.type = NodeType::kList;
    for (const toml::node& item : *array) node.items.push_back(node_of(item, disguise));
  } else if (const auto* const text = from.as_string()) {
    node.type = NodeType::kText;
    node.text = disguise.take_off(text->get());
  } else if (const auto* const integer = from.as_integer()) {
    node.type = NodeType::kInteger;
    node.integer = integer->get();
    node.number = static_cast<double>(node.integer);
  } else if (const auto* const number = from.as_floating_point()) {
    node.type = NodeType::kNumber;
    node.number = number->get();
  } else if (const auto* const boolean = from.as_boolean()) {
    node.type = NodeType::kBoolean;
    node.boolean = boolean->get();
  } else {
    node.type = NodeType::kDate;
  }
  return node;
}

Position position_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line = before.rfind('\n') + 1;  // 0 where there is none
  const std::string_view rest = before.substr(line);
  return {static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(core::code_points(rest) - (rest.starts_with(core::kByteOrderMark) ? 1 : 0)) + 1};
}

bool is_before(const Position& a, const Position& b) { return std::tie(a.line, a.column) < std::tie(b.line, b.column); }

// "Error while parsing key-value pair: X" -> "X".
std::string without_preamble(std::string_view description) {
  constexpr std::string_view kPreamble = "Error while parsing ";
  const std::size_t colon = description.find(": ");
  if (description.starts_with(kPreamble) && colon != std::string_view::npos) description.remove_prefix(colon + 2);
  return std::string(description);
}

}  // namespace

const core::Text& name(NodeType type) {
  static const std::array<core::Text, 8> kNames{{{"text", "文本"},
                                                 {"a whole number", "整数"},
                                                 {"a number", "数字"},
                                                 {"true or false", "true 或 false"},
                                                 {"a date", "日期"},
                                                 {"a list", "列表"},
                                                 {"a table", "表"},
                                                 {"null", "null"}}};
  return kNames[static_cast<std::size_t>(type)];
}

const Node* Node::find(std::string_view key) const {
  const auto hit = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return hit == entries.end() ? nullptr : &hit->value;
}

const Node* Node::find(std::string_view key, NodeType wanted) const {
  const Node* const node = find(key);
  return node != nullptr && node->type == wanted ? node : nullptr;
}

core::Result<Document> parse_document(std::string path, std::string_view text) {
  if (text.size() > kMaxFile) {
    return core::fail(core::Blame::kInput, {"the file is longer than 1 MiB", "文件超过 1 MiB"}, path,
                      {"is it the right file?", "是不是拿错了文件？"});
  }
  Document document{std::move(path), std::string(text), {}};
  const std::optional<Disguise> disguise = Disguise::suiting(text);
  if (!disguise) {
    return core::fail(core::Blame::kInput,
                      {"this is no text: it uses planes of Unicode that are empty", "这不是文本：它用到了 Unicode 的空平面"},
                      document.path, {"is it the right file?", "是不是拿错了文件？"});
  }
  const std::optional<std::size_t> stray = stray_letter(text);
  const std::string seen = disguise->put_on(text.substr(0, stray.value_or(text.size())));
  const toml::parse_result parsed = toml::parse(std::string_view(seen), std::string_view(document.path));
  if (stray || !parsed) {
    Problems problems(document);
    const Position end = position_at(text, stray.value_or(text.size()));
    const Position where = parsed ? end : position_of(parsed.error().source());
    const bool is_stray = stray && !is_before(where, end);
    const std::string said = is_stray ? "" : without_preamble(disguise->take_off_message(parsed.error().description()));
    // What the library says is English; the place and the hint say the same in Chinese.
    problems.add(is_stray ? end : where,
                 is_stray ? core::Text{"this is not TOML: only ASCII may stand outside of a text",
                                       "这不是 TOML：文本以外的地方只能是 ASCII 字符"}
                          : core::Text{"this is not TOML: " + said, "这不是 TOML：解析到这里读不下去了"},
                 toml_hint(text, is_stray ? end : where, said));
    return core::Failure(problems.error());
  }
  take_table(parsed.table(), *disguise, document.root);
  return document;
}

}  // namespace document
