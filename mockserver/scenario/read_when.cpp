#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "mockserver/scenario/protocol_words.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

constexpr std::string_view kHere = "rule.when";

std::optional<std::size_t> count_in(const document::Node& table, std::string_view key) {
  const auto value = integer_in(table, key);
  return value && *value >= 0 ? std::optional(static_cast<std::size_t>(*value)) : std::nullopt;
}

std::optional<Pattern> pattern_from(const Reading& reading, const document::Node& node, std::string_view text) {
  auto pattern = Pattern::parse(text);
  if (pattern) return std::move(*pattern);
  reading.problems.add(node.where, pattern.error().text, pattern.error().hint);
  return std::nullopt;
}

std::optional<protocol::MistakeId> mistake_from(const Reading& reading, const document::Node& node) {
  const auto known = reading.draft.scenario.protocol->mistakes();
  const auto hit = std::find(known.begin(), known.end(), node.text);
  if (hit != known.end()) return protocol::MistakeId::from_table(*hit);
  reading.problems.add(node.where, core::phrase("unknown mistake '{0}'", "没有错误 '{0}'", {node.text}),
                       core::proposal(node.text, {known.begin(), known.end()}));
  return std::nullopt;
}

std::optional<Name> name_from(const Reading& reading, const document::Node& node, const ConditionRow& row) {
  const std::vector<std::string_view> words = words_of(*reading.draft.scenario.protocol, row.allowed);
  const auto hit = std::find(words.begin(), words.end(), node.text);
  return hit == words.end() ? std::nullopt : std::optional(Name{*hit});
}

// "Subject: *spam*"
std::optional<FieldPattern> field_from(const Reading& reading, const document::Node& node) {
  const std::size_t colon = node.text.find(':');
  const std::string_view field_name = core::trim(std::string_view(node.text).substr(0, colon));
  if (colon == std::string::npos || field_name.empty() || field_name.find(' ') != std::string_view::npos) {
    reading.problems.add(node.where,
                         core::phrase("'{0}' is no header field with a pattern", "'{0}' 不是“首部字段: 模式”", {node.text}),
                         {"for example \"Subject: *spam*\"", "例如 \"Subject: *spam*\""});
    return std::nullopt;
  }
  auto value = pattern_from(reading, node, core::trim(std::string_view(node.text).substr(colon + 1)));
  if (!value) return std::nullopt;
  return FieldPattern{std::string(field_name), std::move(*value)};
}

FieldPatterns fields_from(const Reading& reading, const document::Node& node) {
  FieldPatterns fields;
  for (const document::Node* const one : strings_of(&node)) {
    if (auto field = field_from(reading, *one)) fields.push_back(std::move(*field));
  }
  return fields;
}

FieldNames field_names_from(const Reading& reading, const document::Node& node) {
  FieldNames names;
  for (const document::Node* const field : strings_of(&node)) {
    if (field->text.empty() || field->text.find_first_of(": \t") != std::string::npos) {
      reading.problems.add(field->where,
                           core::phrase("'{0}' is no name of a header field", "'{0}' 不是首部字段名", {field->text}),
                           {"the name alone: \"Date\"", "只写字段名：\"Date\""});
    }
    names.push_back(field->text);
  }
  return names;
}

// Nothing where there is a problem, which is then reported, or was by check_shape.
std::optional<Asked> asked_from(const Reading& reading, const document::Node& table, const ConditionRow& row) {
  const document::Node& node = *table.find(row.key);
  switch (type_of(row)) {
    case KeyType::kBoolean: return boolean_in(table, row.key);
    case KeyType::kInteger: return count_in(table, row.key);
    case KeyType::kPattern:
      if (node.type != document::NodeType::kText) return std::nullopt;
      return pattern_from(reading, node, node.text);
    case KeyType::kPatterns:
      if (std::holds_alternative<HasField>(row.look)) return fields_from(reading, node);
      return field_names_from(reading, node);
    default: break;
  }
  if (node.type != document::NodeType::kText) return std::nullopt;
  if (std::holds_alternative<Shows>(row.look)) return mistake_from(reading, node);
  if (std::holds_alternative<NameOf>(row.look)) return name_from(reading, node, row);
  return word_in<Word>(table, kHere, row.key);
}

// "20/minute"
void read_rate(const Reading& reading, const document::Node& node, Counting& into) {
  struct Unit {
    std::string_view word;
    std::chrono::milliseconds time;
  };
  constexpr std::array kUnits{Unit{"second", std::chrono::seconds(1)}, Unit{"minute", std::chrono::minutes(1)},
                              Unit{"hour", std::chrono::hours(1)}, Unit{"day", std::chrono::hours(24)}};
  constexpr std::size_t kMost = 100'000;  // each is remembered
  const std::size_t slash = std::min(node.text.find('/'), node.text.size());
  std::size_t number = 0;
  const auto [stop, error] = std::from_chars(node.text.data(), node.text.data() + slash, number);
  const std::string_view word = std::string_view(node.text).substr(std::min(slash + 1, node.text.size()));
  const auto* const unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return one.word == word; });
  if (error != std::errc() || stop != node.text.data() + slash || unit == kUnits.end() || number > kMost) {
    reading.problems.add(node.where, core::phrase("'{0}' is no rate", "'{0}' 不是频率", {node.text}),
                         {"a number up to 100000, a slash, and second, minute, hour or day: \"20/minute\"",
                          "不超过 100000 的数，一个斜杠，再加 second、minute、hour 或 day：\"20/minute\""});
    return;
  }
  into.rate = number;
  into.window = unit->time;
}

std::optional<Counting> counting_in(const Reading& reading, const document::Node& table) {
  Counting counting;
  counting.times = count_in(table, "times");
  counting.nth = count_in(table, "nth");
  const document::Node* const rate = table.find("rate_over", document::NodeType::kText);
  if (rate != nullptr) read_rate(reading, *rate, counting);
  counting.since_first_under = seconds_in(table, "since_first_under");
  const bool counts = counting != Counting();
  const document::Node* const per = table.find("per");
  if (per != nullptr && !counts && rate == nullptr) {
    reading.problems.add(per->where, {"nothing is counted here", "这里没有计数"},
                         {"'per' goes with times, nth, rate_over or since_first_under",
                          "'per' 要和 times、nth、rate_over 或 since_first_under 一起用"});
  }
  counting.per = word_in<Per>(table, kHere, "per").value_or(Per::kAll);
  return counts ? std::optional(counting) : std::nullopt;
}

}  // namespace

When read_when(const Reading& reading, const document::Node& table, std::string_view on) {
  check_applicability(reading, table, on);
  When when;
  when.order = word_in<Wanted>(table, kHere, "order").value_or(Wanted::kRight);
  when.syntax = word_in<Wanted>(table, kHere, "syntax").value_or(Wanted::kRight);
  for (const ConditionRow& row : conditions()) {
    if (table.find(row.key) == nullptr) continue;
    if (auto asked = asked_from(reading, table, row)) when.conditions.push_back({&row, std::move(*asked)});
  }
  if (const document::Node* const chance = table.find("chance")) when.chance = chance->number;
  when.counting = counting_in(reading, table);
  return when;
}

std::vector<std::string> group_names(const When& when) {
  std::vector<std::string> names;
  for (const Condition& condition : when.conditions) {
    for (std::string& name : group_names(condition)) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace scenario
