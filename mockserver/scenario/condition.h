// What a rule can ask of a turn. One row is all there is to a condition: from it come the key in the file and what may stand
// behind it, the JSON schema, whether it holds, which rules it hides, and its words in lists.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/phrase.h"
#include "mockserver/scenario/keys.h"
#include "mockserver/scenario/pattern.h"
#include "protocol/remark.h"

namespace scenario {

class Facts;

// The number of a word among those that its row allows: the value of the enumerator it stands for.
struct Word {
  template <typename Number>
  constexpr explicit Word(Number value) : number(static_cast<std::size_t>(value)) {}
  std::size_t number;
  bool operator==(const Word&) const = default;
};

// "Subject: *lottery*"
struct FieldPattern {
  std::string name;  // as in "Subject"
  Pattern value;
  bool operator==(const FieldPattern&) const = default;
};
using FieldPatterns = std::vector<FieldPattern>;
using FieldNames = std::vector<std::string>;

// A word out of a table of the protocol, and a view into that; kNoName: none of them.
inline constexpr std::string_view kNoName = "none";
struct Name {
  std::string_view text;
  bool operator==(const Name&) const = default;
};

// What stands behind the key in a rule.
using Asked = std::variant<bool, std::size_t, Word, Name, protocol::MistakeId, Pattern, FieldPatterns, FieldNames>;

// How a row looks at the facts. Which one it is decides what stands behind the key and when that fits. Nothing: the fact is
// not known, and the condition does not hold whatever is asked. captures: takes what named groups have found; may be null.
using FlagOf = std::optional<bool> (*)(const Facts&);                            // true, false: it is so, or is not
using AnyFlag = bool (*)(const Facts&, bool);                                    // true, false: one of several is so, or is not
using NumberOf = std::size_t (*)(const Facts&);                                  // 10: it is more than that
using WordOf = std::optional<Word> (*)(const Facts&);                            // "word": it is this one
using NameOf = std::string_view (*)(const Facts&);                               // "word" of the protocol: it is this one
using TextOf = std::optional<std::string_view> (*)(const Facts&);                // a pattern: it fits
using AnyText = bool (*)(const Facts&, const Pattern&, Values* captures);        // a pattern: one of several texts fits
using Shows = bool (*)(const Facts&, protocol::MistakeId);                       // the id of a mistake: it is there
using HasField = bool (*)(const Facts&, const FieldPattern&, Values* captures);  // one or a list, of which each is there
using IsField = bool (*)(const Facts&, const std::string& name);                 // one or a list, of which one is so
using Look = std::variant<FlagOf, AnyFlag, NumberOf, WordOf, NameOf, TextOf, AnyText, Shows, HasField, IsField>;

struct ConditionRow {
  std::string_view key;
  std::string_view allowed;  // as in KeyRow; of a NameOf a kind of words of protocol_words.h
  std::string_view on;       // the words of rule.on to which it says something; "verb" stands for every command
  // As part of a sentence; {} is what is asked. "it is so|it is not" of a flag, one phrase a word of words that need more than
  // {}, "{}|nothing" of a pattern where the empty one has a meaning of its own, and of a name where "none" has.
  core::Phrase words;
  Look look;
  std::string_view about;  // one sentence
};

// All rows, in the order in which a rule asks them and is described: what costs least first.
[[nodiscard]] std::span<const ConditionRow> conditions();
// Null: there is none with this key.
[[nodiscard]] const ConditionRow* find_condition(std::string_view key);
// What a file has to have behind the key.
[[nodiscard]] KeyType type_of(const ConditionRow& row);

// One that a rule asks for.
struct Condition {
  const ConditionRow* row;
  Asked asked;
  bool operator==(const Condition&) const = default;
};

[[nodiscard]] bool holds(const Condition& condition, const Facts& facts, Values* captures = nullptr);
// Whether `earlier` holds wherever `later` does, as far as that is seen at once.
[[nodiscard]] bool is_implied(const Condition& earlier, const Condition& later);
// In the middle of a sentence: "sender like *@a".
[[nodiscard]] std::string words_for(const Condition& condition, core::Language language);
// The named groups of its expressions.
[[nodiscard]] std::vector<std::string> group_names(const Condition& condition);

}  // namespace scenario
