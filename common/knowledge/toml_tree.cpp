#include "knowledge/toml_tree.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace knowledge {
namespace {

int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }

// Recursion is bounded: the library refuses values nested deeper than TOML_MAX_NESTED_VALUES.
Node node_of(const toml::node& from) {
  Node node;
  node.line = line_of(from.source());
  if (const auto* const text = from.as_string()) {
    node.kind = NodeKind::kString;
    node.text = text->get();
  } else if (const auto* const integer = from.as_integer()) {
    node.kind = NodeKind::kInteger;
    node.integer = integer->get();
  } else if (const toml::array* const array = from.as_array()) {
    node.kind = NodeKind::kList;
    for (const toml::node& item : *array) node.items.push_back(node_of(item));
  } else if (const toml::table* const table = from.as_table()) {
    node.kind = NodeKind::kTable;
    for (auto&& [key, value] : *table) {
      Node inner = node_of(value);
      // A table made by a dotted key (meaning.en = …) has no place of its own.
      if (inner.line == 0) inner.line = line_of(key.source());
      node.entries.push_back({std::string(key.str()), std::move(inner)});
    }
  }
  return node;
}

}  // namespace

core::Result<Node> parse_toml(const std::string& path, std::string_view text) {
  const toml::parse_result parsed = toml::parse(text, std::string_view(path));
  if (!parsed) {
    return core::fail(core::Blame::kInput, "this is not TOML: " + std::string(parsed.error().description()),
                      path + ":" + std::to_string(line_of(parsed.error().source())));
  }
  Node root = node_of(parsed.table());
  root.line = 1;
  return root;
}

}  // namespace knowledge
