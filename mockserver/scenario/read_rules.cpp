#include <algorithm>
#include <array>
#include <memory>

#include "mockserver/scenario/protocol_words.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

struct OnRow {
  std::string_view word;
  On on;
  std::string_view stage;  // of a reply written in place
};

// Besides the verbs.
constexpr std::array kOnWords{
    OnRow{"connect", On::kConnect, "connect"}, OnRow{"challenge", On::kChallenge, "auth"},
    OnRow{"auth", On::kAuth, "auth"},          OnRow{"midway", On::kMidway, "message"},
    OnRow{"message", On::kMessage, "message"}, OnRow{"unknown", On::kUnknown, "any"},
    OnRow{"timeout", On::kTimeout, "any"},     OnRow{"any", On::kAny, "any"},
};

// Nothing for a word that is none of them.
std::optional<OnRow> find_on(const protocol::Protocol& protocol, std::string_view word) {
  const auto* const hit = std::find_if(kOnWords.begin(), kOnWords.end(), [&](const OnRow& row) { return row.word == word; });
  if (hit != kOnWords.end()) return *hit;
  const auto command = input_named(protocol, word);
  if (!command) return std::nullopt;
  return OnRow{word, On::kCommand, command->row().stage};
}

// The reply's explanation with the rule's own words laid over it; null when neither has any. entry: null for a rule without
// one.
std::shared_ptr<const dialogue::Explanation> explain(const Reading& reading, const document::Node& table,
                                                     const ReplyEntry* entry, const std::string& rule_id) {
  const auto because = text_in(table, "because");
  const auto fix = text_in(table, "fix");
  if (!because && !fix) return entry == nullptr ? nullptr : entry->explanation;
  dialogue::Explanation own;
  if (entry != nullptr && entry->explanation != nullptr) {
    own = *entry->explanation;
  } else {
    own.id = reading.origin + "#" + (entry == nullptr ? rule_id : entry->id);
  }
  if (because) own.because = *because;
  if (fix) own.fix = *fix;
  return std::make_shared<const dialogue::Explanation>(std::move(own));
}

struct PlacedRule {
  Rule rule;
  document::Position where;
};

void check_reachable(const Reading& reading, const std::vector<PlacedRule>& earlier, const Rule& rule,
                     document::Position where) {
  const auto hiding = std::find_if(earlier.begin(), earlier.end(), [&](const PlacedRule& one) {
    return !one.rule.only_called && hides(one.rule, rule, reading.draft.scenario.replies);
  });
  if (hiding != earlier.end()) {
    reading.problems.add(where,
                         core::phrase("this rule can never be reached: the one in line {0} decides before it",
                                      "永远轮不到这条规则：第 {0} 行的规则先起作用", {hiding->where.line}),
                         {"put the narrower rule first", "把条件更严的规则放在前面"});
  }
}

// What only the whole rule shows.
void check_rule(const Reading& reading, const document::Node& table, const Rule& rule) {
  const auto complain = [&](core::Text text, core::Text hint) {
    reading.problems.add(table.where, std::move(text), std::move(hint));
  };
  const bool has_reply = table.find("reply") != nullptr;
  const bool has_raw = table.find("raw") != nullptr;
  if (has_reply && has_raw)
    complain({"a rule has a reply or raw octets, not both", "一条规则要么有 reply，要么有 raw，不能两个都有"},
             {"leave one out", "去掉一个"});
  if (!has_reply && !has_raw && !has_unknown_key(table, "rule")) {
    if (rule.on == On::kTimeout)
      return complain({"a rule for a time-out needs a reply", "针对超时的规则要有回复"},
                      {"for example reply = \"421 Timeout\"", "例如 reply = \"421 Timeout\""});
    if (!has_effect(rule.effects))
      complain({"this rule does nothing", "这条规则什么也不做"},
               {"give it a reply, raw, delay, split_at, keep or then", "给它加上 reply、raw、delay、split_at、keep 或 then"});
  }
  const document::Node* const reply = table.find("reply", document::NodeType::kText);
  if (boolean_in(table, "only_called").value_or(false) && (reply == nullptr || !reply->text.starts_with('@'))) {
    complain({"'only_called' goes with a reply of the vocabulary", "'only_called' 要和词汇表里的回复一起用"},
             {"for example reply = \"@no-such-user\"", "例如 reply = \"@no-such-user\""});
  }
  if (boolean_in(table, "data") && !has_reply) {
    complain({"'data' goes with a reply", "'data' 要和 reply 一起用"},
             {"it says whether data come before its last line", "它说的是最后一行之前要不要给数据"});
  }
  if (rule.on == On::kMidway && !rule.effects.then) {
    complain({"a rule for the middle of a message has to end the dialogue", "针对邮件传到一半的规则必须结束对话"},
             {"then = \"close\", \"reset\" or \"stall\"", "写上 then = \"close\"、\"reset\" 或 \"stall\""});
  }
}

// The rule's reply, where it has one and nothing is wrong with it.
std::optional<std::size_t> reply_of(const Reading& reading, const document::Node& table, const InPlace& in_place) {
  if (const document::Node* const raw = table.find("raw", document::NodeType::kText)) {
    return use_raw(reading, *raw, in_place);
  }
  const document::Node* const reply = table.find("reply");
  return reply == nullptr ? std::nullopt : use_reply(reading, *reply, in_place);
}

std::optional<Rule> read_rule(const Reading& reading, const document::Node& table, std::size_t number) {
  const document::Node* const on = table.find("on", document::NodeType::kText);
  const protocol::Protocol& protocol = *reading.draft.scenario.protocol;
  const std::optional<OnRow> row = on == nullptr ? std::nullopt : find_on(protocol, on->text);
  const std::string id = "rule-" + std::to_string(number);
  Rule rule;
  if (row) {
    rule.on = row->on;
    if (rule.on == On::kCommand) rule.verb = input_named(protocol, row->word);
    const document::Node* const when = table.find("when", document::NodeType::kTable);
    if (when != nullptr) rule.when = read_when(reading, *when, row->word);
  }
  rule.effects = read_effects(reading, table, rule.on);
  rule.has_due_data = boolean_in(table, "data");
  rule.only_called = boolean_in(table, "only_called").value_or(false);
  if (row) check_rule(reading, table, rule);
  rule.reply = reply_of(reading, table, {id, row ? row->stage : "any", group_names(rule.when)});
  const bool wants_reply = table.find("reply") != nullptr || table.find("raw") != nullptr;
  if (!row || (wants_reply && !rule.reply)) return std::nullopt;
  rule.explanation = explain(reading, table, rule.reply ? &reading.draft.scenario.replies[*rule.reply] : nullptr, id);
  return rule;
}

}  // namespace

std::vector<Rule> read_rules(const Reading& reading) {
  std::vector<PlacedRule> placed;
  for (const document::Node* const table : tables_in(reading.document.root, "rule")) {
    const std::size_t problems = reading.problems.size();
    const auto rule = read_rule(reading, *table, placed.size() + 1);
    // Of one with a fault nobody knows what it was meant to take from the others.
    if (!rule || reading.problems.size() > problems) continue;
    if (!rule->only_called) check_reachable(reading, placed, *rule, table->where);
    placed.push_back({*rule, table->where});
  }
  std::vector<Rule> rules;
  for (PlacedRule& one : placed) rules.push_back(std::move(one.rule));
  return rules;
}

}  // namespace scenario
