// Conditions beside inputs to which they say nothing.
#include <algorithm>
#include <array>

#include "mockserver/scenario/condition.h"
#include "mockserver/scenario/protocol_words.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

// Of a key of `when` the words of rule.on to which it says something; empty: everywhere, as chance and counting. A line that is
// no command is never in order and never well-formed, and a rule for it need not say so; it may.
std::string_view inputs_of(std::string_view key) {
  if (key == "order") return "verb|unknown|any";
  if (key == "syntax") return "verb|auth|message|unknown|any";
  const ConditionRow* const row = find_condition(key);
  return row == nullptr ? std::string_view() : row->on;
}

}  // namespace

void check_applicability(const Reading& reading, const document::Node& when, std::string_view on) {
  for (const document::Entry& entry : when.entries) {
    const std::vector<std::string_view> words = words_of(inputs_of(entry.key));
    const bool is_verb = input_named(*reading.draft.scenario.protocol, on).has_value();  // "auth" is what follows AUTH
    const std::string_view group = is_verb ? "verb" : on;
    const auto fits = [&](std::string_view word) { return word == on || word == group; };
    if (words.empty() || std::any_of(words.begin(), words.end(), fits)) continue;
    core::Text places;
    for (const std::string_view word : words) {
      places.en += (word == words.front() ? "" : ", ") + std::string(word == "verb" ? "any verb" : word);
      places.zh += (word == words.front() ? "" : "、") + std::string(word == "verb" ? "任何命令" : word);
    }
    reading.problems.add(entry.where,
                         core::phrase("'{0}' cannot apply to on = \"{1}\"", "'{0}' 不能用于 on = \"{1}\"", {entry.key, on}),
                         core::phrase("it applies to: {0}", "它用于：{0}", {places}));
  }
}

}  // namespace scenario
