// A TOML file as a plain tree with positions. The only door to the TOML library: it stays inside document.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/span.h"
#include "core/text.h"

namespace document {

// Line and column from 1; a column counts characters, not octets.
struct Position {
  int line = 1;
  int column = 1;

  bool operator==(const Position&) const = default;
};

enum class NodeType : std::uint8_t { kText, kInteger, kNumber, kBoolean, kDate, kList, kTable, kNull };

// What a person calls it in an error: "text", "a whole number", … kNull is not in TOML, but in JSON.
const core::Text& name(NodeType type);

struct Entry;

// One value. Of the members behind `where`, the one its type names is set.
struct Node {
  NodeType type = NodeType::kTable;
  Position where;
  std::string text;
  std::int64_t integer = 0;
  double number = 0;  // also of an integer
  bool boolean = false;
  std::vector<Node> items;
  std::vector<Entry> entries;  // sorted by key

  // The value of `key` in a table, or null.
  [[nodiscard]] const Node* find(std::string_view key) const;
  // The same, null also when the value is of another type.
  [[nodiscard]] const Node* find(std::string_view key, NodeType wanted) const;
};

struct Entry {
  std::string key;
  Position where;
  Node value;
};

struct Document {
  std::string path;  // as it stands in messages
  std::string text;
  Node root;
  std::vector<core::Span> hidden = {};  // in text, in order, each within a line: passwords, which no message quotes
};

// Longest file that is read, in octets.
inline constexpr std::size_t kMaxFile = std::size_t{1} << 20;

// Parses `text`. An error (Blame::kInput) has the form of problems.h; a text over kMaxFile is refused unread.
core::Result<Document> parse_document(std::string path, std::string_view text);

}  // namespace document
