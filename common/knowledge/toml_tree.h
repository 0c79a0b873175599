// A TOML file as a plain tree with line numbers. The only door to the TOML library: it stays inside toml_tree.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace knowledge {

enum class NodeKind : std::uint8_t { kString, kInteger, kList, kTable, kOther };

// One value. Of the members behind `line`, the one its kind names is set; of kOther none.
struct Node {
  NodeKind kind = NodeKind::kOther;
  int line = 1;  // from 1
  std::string text;
  std::int64_t integer = 0;
  std::vector<Node> items;
  std::vector<std::pair<std::string, Node>> entries;  // sorted by key
};

// The table at the top of a file. Errors (Blame::kInput) have the place "file:line".
[[nodiscard]] core::Result<Node> parse_toml(const std::string& path, std::string_view text);

}  // namespace knowledge
