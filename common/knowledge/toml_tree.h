// A TOML file as a plain tree with line numbers. The only door to the TOML library: it stays inside toml_tree.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace knowledge {

enum class NodeKind : std::uint8_t { kString, kInteger, kList, kTable, kOther };

struct Entry;

// One value. Of the members behind `line`, the one its kind names is set; of kOther none.
struct Node {
  NodeKind kind = NodeKind::kOther;
  int line = 1;  // from 1
  std::string text;
  std::int64_t integer = 0;
  std::vector<Node> items;
  std::vector<Entry> entries;  // sorted by key
};

struct Entry {
  std::string key;
  Node value;
};

// The table at the top of a file. Errors (Blame::kInput) have the place "file:line".
[[nodiscard]] core::Result<Node> parse_toml(const std::string& path, std::string_view text);

}  // namespace knowledge
