// Every key a scenario or provider file may have, in one table: the loader's checks, its proposals, and whatever else
// describes the language (a JSON schema, the documentation) are derived from it. The keys of `when` come from condition.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "protocol/protocol.h"

namespace scenario {

enum class KeyType : std::uint8_t {
  kText,  // text for people: a table with en and zh, both required and not empty
  kString,
  kPattern,  // a string: pattern.h
  kInteger,
  kCode,    // of a reply, as its protocol writes it: a whole number, or a string that is none
  kNumber,  // seconds; a whole number will do
  kBoolean,
  kStrings,   // a list of strings, at least one
  kList,      // the same, possibly empty
  kPatterns,  // one string, or a list of them, at least one
  kIntegers,  // a list of whole numbers, at least one
  kReply,     // "@id", one line, or a list of lines
  kTable,     // [server], when = { … }
  kTables,    // [[rule]]
};

// What a type is called: "string", "list of strings", …
const core::Text& name(KeyType type);

enum class FileKind : std::uint8_t { kProvider, kScenario };
enum class Files : std::uint8_t { kBoth, kProvider, kScenario };

struct KeyRow {
  std::string_view path;  // "rule.when.order": tables and lists of tables that lead to it, and its name
  KeyType type;
  bool required;  // in every table of that kind
  Files files;
  std::string_view allowed;  // for strings the words "a|b|c", for numbers the range "1..100"; empty: anything
  std::string_view about;    // one sentence
};

// All rows, parents before their children, with the words of all protocols that this program knows.
[[nodiscard]] std::span<const KeyRow> keys();
// The same for a file about a server of this protocol.
[[nodiscard]] std::span<const KeyRow> keys(const protocol::Protocol& protocol);

// The row of `key` in the table that `parent` leads to ("" is the top of the file), or null.
const KeyRow* find_key(std::string_view parent, std::string_view key);
const KeyRow* find_key(std::span<const KeyRow> rows, std::string_view parent, std::string_view key);

// What `row.path` ends in, and what leads to it.
[[nodiscard]] std::string_view last_part(const KeyRow& row);
[[nodiscard]] std::string_view parent_part(const KeyRow& row);

[[nodiscard]] bool belongs_in(const KeyRow& row, FileKind kind);

// The words of "a|b|c".
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view allowed);

// The ends of "1..100"; nothing when `allowed` is no range.
struct Range {
  double least = 0;
  double most = 0;
};
[[nodiscard]] std::optional<Range> range_of(std::string_view allowed);

}  // namespace scenario
