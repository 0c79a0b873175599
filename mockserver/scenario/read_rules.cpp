#include <algorithm>
#include <array>
#include <memory>

#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

struct OnRow {
  std::string_view word;
  On on;
  std::string_view stage;  // of a reply written in place
};

constexpr std::array kOnWords{
    OnRow{"connect", On::kConnect, "connect"},
    OnRow{"HELO", On::kCommand, "ehlo"},
    OnRow{"EHLO", On::kCommand, "ehlo"},
    OnRow{"MAIL", On::kCommand, "mail"},
    OnRow{"RCPT", On::kCommand, "rcpt"},
    OnRow{"DATA", On::kCommand, "data"},
    OnRow{"BDAT", On::kCommand, "data"},
    OnRow{"RSET", On::kCommand, "any"},
    OnRow{"VRFY", On::kCommand, "any"},
    OnRow{"EXPN", On::kCommand, "any"},
    OnRow{"HELP", On::kCommand, "any"},
    OnRow{"NOOP", On::kCommand, "any"},
    OnRow{"QUIT", On::kCommand, "quit"},
    OnRow{"AUTH", On::kCommand, "auth"},
    OnRow{"STARTTLS", On::kCommand, "starttls"},
    OnRow{"challenge", On::kChallenge, "auth"},
    OnRow{"auth", On::kAuth, "auth"},
    OnRow{"message", On::kMessage, "message"},
    OnRow{"unknown", On::kUnknown, "any"},
    OnRow{"timeout", On::kTimeout, "any"},
    OnRow{"any", On::kAny, "any"},
};

// Null for a word that is none of them.
const OnRow* find_on(std::string_view word) {
  const auto* const hit = std::find_if(kOnWords.begin(), kOnWords.end(), [&](const OnRow& row) { return row.word == word; });
  return hit == kOnWords.end() ? nullptr : hit;
}

// The reply's explanation with the rule's own words laid over it; null when neither has any.
std::shared_ptr<const dialogue::Explanation> explain(const Reading& reading, const document::Node& table,
                                                     const ReplyEntry& entry) {
  const auto because = text_in(table, "because");
  const auto fix = text_in(table, "fix");
  if (!because && !fix) return entry.explanation;
  dialogue::Explanation own;
  if (entry.explanation != nullptr) {
    own = *entry.explanation;
  } else {
    own.id = reading.origin + "#" + entry.id;
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
  const auto hiding =
      std::find_if(earlier.begin(), earlier.end(), [&](const PlacedRule& one) { return hides(one.rule, rule); });
  if (hiding != earlier.end()) {
    reading.problems.add(
        where, "this rule can never be reached: the one in line " + std::to_string(hiding->where.line) + " decides before it",
        "put the narrower rule first");
  }
}

std::optional<Rule> read_rule(const Reading& reading, const document::Node& table, std::size_t number) {
  const document::Node* const on = table.find("on", document::NodeType::kText);
  const document::Node* const reply = table.find("reply");
  const OnRow* const row = on == nullptr ? nullptr : find_on(on->text);
  Rule rule;
  if (row != nullptr) {
    rule.on = row->on;
    if (rule.on == On::kCommand) rule.verb = smtp::find_command(row->word).value_or(smtp::Input::kUnknown);
    const document::Node* const when = table.find("when", document::NodeType::kTable);
    if (when != nullptr) rule.when = read_when(reading, *when, row->word);
  }
  rule.close = boolean_in(table, "close").value_or(false);
  rule.delay = seconds_in(table, "delay").value_or(std::chrono::milliseconds(0));
  if (reply == nullptr) return std::nullopt;
  const auto index = use_reply(reading, *reply, "rule-" + std::to_string(number), row == nullptr ? "any" : row->stage);
  if (!index || row == nullptr) return std::nullopt;
  rule.reply = *index;
  rule.explanation = explain(reading, table, reading.draft.scenario.replies[*index]);
  return rule;
}

}  // namespace

std::vector<Rule> read_rules(const Reading& reading) {
  std::vector<PlacedRule> placed;
  for (const document::Node* const table : tables_in(reading.document.root, "rule")) {
    const auto rule = read_rule(reading, *table, placed.size() + 1);
    if (!rule) continue;
    check_reachable(reading, placed, *rule, table->where);
    placed.push_back({*rule, table->where});
  }
  std::vector<Rule> rules;
  for (PlacedRule& one : placed) rules.push_back(std::move(one.rule));
  return rules;
}

}  // namespace scenario
