// What follows from a row of the table, whichever it is.
#include "mockserver/scenario/condition.h"

#include <algorithm>

#include "core/show.h"
#include "core/text.h"

namespace scenario {
namespace {

template <typename... Handlers>
struct Each : Handlers... {
  using Handlers::operator()...;
};
template <typename... Handlers>
Each(Handlers...) -> Each<Handlers...>;

// "Date or To"
std::string joined(const FieldNames& names, core::Language language) {
  std::string text;
  for (const std::string& name : names) {
    text += text.empty() ? "" : core::Phrase{" or ", " 或 "}.in(language);
    text += core::show_bytes(name);
  }
  return text;
}

}  // namespace

KeyType type_of(const ConditionRow& row) {
  return std::visit(Each{[](FlagOf) { return KeyType::kBoolean; }, [](AnyFlag) { return KeyType::kBoolean; },
                         [](NumberOf) { return KeyType::kInteger; }, [](WordOf) { return KeyType::kString; },
                         [](NameOf) { return KeyType::kString; }, [](TextOf) { return KeyType::kPattern; },
                         [](AnyText) { return KeyType::kPattern; }, [](Shows) { return KeyType::kString; },
                         [](HasField) { return KeyType::kPatterns; }, [](IsField) { return KeyType::kPatterns; }},
                    row.look);
}

bool holds(const Condition& condition, const Facts& facts, Values* captures) {
  const Asked& asked = condition.asked;
  return std::visit(Each{[&](FlagOf is) { return is(facts) == std::get<bool>(asked); },
                         [&](AnyFlag is) { return is(facts, std::get<bool>(asked)); },
                         [&](NumberOf number) { return number(facts) > std::get<std::size_t>(asked); },
                         [&](WordOf word) { return word(facts) == std::get<Word>(asked); },
                         [&](NameOf name) { return name(facts) == std::get<Name>(asked).text; },
                         [&](TextOf text) {
                           const std::optional<std::string_view> known = text(facts);
                           return known && fits(std::get<Pattern>(asked), *known, captures);
                         },
                         [&](AnyText fits_one) { return fits_one(facts, std::get<Pattern>(asked), captures); },
                         [&](Shows shows) { return shows(facts, std::get<protocol::MistakeId>(asked)); },
                         [&](HasField has) {
                           const FieldPatterns& fields = std::get<FieldPatterns>(asked);
                           return std::all_of(fields.begin(), fields.end(),
                                              [&](const FieldPattern& one) { return has(facts, one, captures); });
                         },
                         [&](IsField is) {
                           const FieldNames& names = std::get<FieldNames>(asked);
                           return std::any_of(names.begin(), names.end(),
                                              [&](const std::string& name) { return is(facts, name); });
                         }},
                    condition.row->look);
}

bool is_implied(const Condition& earlier, const Condition& later) {
  if (earlier.row != later.row) return false;
  if (earlier.asked == later.asked) return true;
  // What is over the later limit is over the earlier one; a pattern takes every text that the other one takes.
  if (const auto* const limit = std::get_if<std::size_t>(&earlier.asked)) return *limit <= std::get<std::size_t>(later.asked);
  const auto* const pattern = std::get_if<Pattern>(&earlier.asked);
  const auto* const narrower = std::get_if<Pattern>(&later.asked);
  return pattern != nullptr && narrower->is_literal() && pattern->matches(narrower->text());
}

std::string words_for(const Condition& condition, core::Language language) {
  const ConditionRow& row = *condition.row;
  const std::string_view words = row.words.in(language);
  const auto with = [&](const std::string& value) { return core::replace_all(core::alternative(words, 0), "{}", value); };
  return std::visit(
      Each{[&](bool is) { return std::string(core::alternative(words, is ? 0 : 1)); },
           [&](std::size_t number) { return with(std::to_string(number)); },
           [&](Word word) {
             const std::string_view one = core::alternative(words, word.number);
             return core::replace_all(one, "{}", std::string(core::alternative(row.allowed, word.number)));
           },
           [&](Name name) {
             return core::replace_all(core::alternative(words, name.text == kNoName ? 1 : 0), "{}", std::string(name.text));
           },
           [&](protocol::MistakeId mistake) { return with(std::string(mistake.text())); },
           [&](const Pattern& pattern) {
             const bool is_empty = pattern.text().empty();
             return core::replace_all(core::alternative(words, is_empty ? 1 : 0), "{}", core::show_bytes(pattern.text()));
           },
           [&](const FieldPatterns& fields) {
             std::string all;
             for (const FieldPattern& field : fields) {
               all += all.empty() ? "" : core::Phrase{", ", "，"}.in(language);
               all += with(core::show_bytes(field.name + ": " + field.value.text()));
             }
             return all;
           },
           [&](const FieldNames& names) { return with(joined(names, language)); }},
      condition.asked);
}

std::vector<std::string> group_names(const Condition& condition) {
  if (const auto* const pattern = std::get_if<Pattern>(&condition.asked)) return pattern->group_names();
  std::vector<std::string> names;
  const auto* const fields = std::get_if<FieldPatterns>(&condition.asked);
  if (fields == nullptr) return names;
  for (const FieldPattern& field : *fields) {
    for (std::string& name : field.value.group_names()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace scenario
