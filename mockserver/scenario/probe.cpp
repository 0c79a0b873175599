#include "mockserver/scenario/probe.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "core/nearest.h"
#include "core/show.h"
#include "core/text.h"

namespace scenario {
namespace {

constexpr std::chrono::milliseconds kBetweenOctets{1};
constexpr std::chrono::milliseconds kBetweenHalves{250};  // a client that is put aside for a while is back by then
constexpr std::chrono::milliseconds kBeforeGreeting{250};
constexpr std::size_t kLongestTime = 60'000;  // milliseconds

// What stands behind "=".
enum class Takes : std::uint8_t { kNothing, kMaybeTime, kStage, kStageAndCode };

struct ProbeRow {
  Probe::Kind kind;
  std::string_view name;
  Takes takes;
};

constexpr std::array kProbes{
    ProbeRow{Probe::Kind::kSlow, "slow", Takes::kMaybeTime},        ProbeRow{Probe::Kind::kSplit, "split", Takes::kNothing},
    ProbeRow{Probe::Kind::kBytewise, "bytewise", Takes::kNothing},  ProbeRow{Probe::Kind::kWords, "words", Takes::kNothing},
    ProbeRow{Probe::Kind::kRefuse, "refuse", Takes::kStageAndCode}, ProbeRow{Probe::Kind::kClose, "close", Takes::kStage},
    ProbeRow{Probe::Kind::kStall, "stall", Takes::kStage},
};

core::Failure wrong(core::Text text, core::Text hint) {
  return core::Failure(core::Error{core::Blame::kInput, std::move(text), {}, std::move(hint), "probe"});
}

core::Failure unknown_probe(std::string_view name) {
  std::vector<std::string_view> names;
  for (const ProbeRow& row : kProbes) names.push_back(row.name);
  return wrong(core::phrase("there is no probe '{0}'", "没有探测 '{0}'", {core::show_bytes(name)}),
               core::proposal(name, names));
}

core::Failure wrong_value(const ProbeRow& row) {
  const core::Text text = core::phrase("'{0}' is written otherwise", "'{0}' 的写法不对", {row.name});
  switch (row.takes) {
    case Takes::kNothing: return wrong(text, core::phrase("{0} alone", "只写 {0}", {row.name}));
    case Takes::kMaybeTime:
      return wrong(text, core::phrase("{0}, or {0}=MS with 1 to {1} milliseconds", "{0}，或 {0}=MS，1 到 {1} 毫秒",
                                      {row.name, kLongestTime}));
    case Takes::kStage: return wrong(text, core::phrase("{0}=STAGE, such as {0}=rcpt", "{0}=阶段，例如 {0}=rcpt", {row.name}));
    case Takes::kStageAndCode: break;
  }
  return wrong(text, core::phrase("{0}=STAGE or {0}=STAGE:CODE, such as {0}=rcpt:550",
                                  "{0}=阶段 或 {0}=阶段:回复码，例如 {0}=rcpt:550", {row.name}));
}

std::optional<std::chrono::milliseconds> time_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (!is_whole || number == 0 || number > kLongestTime) return std::nullopt;
  return std::chrono::milliseconds(number);
}

// The words of the probe itself.
std::shared_ptr<const dialogue::Explanation> explanation_of(const Probe& probe) {
  dialogue::Explanation own;
  const std::string name = probe.kind == Probe::Kind::kRefuse  ? "refuse"
                           : probe.kind == Probe::Kind::kClose ? "close"
                                                               : "stall";
  own.id = "probe#" + name;
  own.because = core::phrase("A probe: this is done to every client at the stage '{0}', whatever it said.",
                             "这是探测：不管客户端说了什么，在 '{0}' 阶段都会这样。", {probe.stage});
  own.fix = {"Look at what your program does then: read the code of every answer, and stop in order when it refuses.",
             "看看程序此时怎么做：每个应答都要看状态码，遭拒时有序地结束。"};
  return std::make_shared<const dialogue::Explanation>(std::move(own));
}

// Where the rules for a stage apply; several where several commands share it. Empty: the protocol has no such stage.
std::vector<Rule> rules_at(const Scenario& scenario, std::string_view stage) {
  std::vector<Rule> rules;
  Rule rule;
  bool is_login = false;
  for (const protocol::InputRow& row : scenario.protocol->inputs()) {
    if (row.stage != stage) continue;
    const protocol::Input input(row);
    if (input.is(protocol::Role::kConnect)) {
      rule.on = On::kConnect;
      rules.push_back(rule);
    } else if (input.is(protocol::Role::kContent)) {
      rule.on = On::kMessage;
      rules.push_back(rule);
    } else if (input.is_of_login()) {
      is_login = true;
    } else if (!row.verb.empty()) {
      rule.on = On::kCommand;
      rule.verb = input;
      rules.push_back(rule);
      rule.verb.reset();
    }
  }
  if (!is_login) return rules;
  // What completes the credentials, however they come.
  rule.on = On::kAuth;
  rule.when.syntax = Wanted::kAny;
  return {rule};
}

core::Result<void> check_stage(const Probe& probe, const Scenario& scenario, const std::vector<Rule>& rules) {
  if (!rules.empty()) return {};
  std::vector<std::string_view> stages;
  for (const protocol::InputRow& row : scenario.protocol->inputs()) {
    const bool is_new = std::find(stages.begin(), stages.end(), row.stage) == stages.end();
    if (!row.stage.empty() && is_new) stages.push_back(row.stage);
  }
  return wrong(core::phrase("{0} has no stage '{1}'", "{0} 没有 '{1}' 这个阶段",
                            {scenario.protocol->title(), core::show_bytes(probe.stage)}),
               core::proposal(probe.stage, stages));
}

// The refusal that this server has for the stage, or one of our own.
core::Result<std::size_t> refusal_for(const Probe& probe, Scenario& scenario) {
  const std::string code = probe.code.empty() ? std::string(scenario.protocol->refusal_code()) : probe.code;
  const auto outcome = scenario.protocol->outcome_of(code);
  const Code wanted{code, outcome.value_or(protocol::Outcome::kOk)};
  if (!wanted.is_negative()) {
    return wrong(core::phrase("'{0}' refuses nothing in {1}", "'{0}' 在 {1} 里不是拒绝",
                              {core::show_bytes(code), scenario.protocol->title()}),
                 core::phrase("for example {0}", "例如 {0}", {scenario.protocol->refusal_code()}));
  }
  const auto fits = [&](const ReplyEntry& entry) {
    if (entry.stage != probe.stage || !entry.code.is_negative() || entry.code_comes_late) return false;
    return probe.code.empty() || entry.code.text == code;
  };
  const auto hit = std::find_if(scenario.replies.begin(), scenario.replies.end(), fits);
  if (hit != scenario.replies.end()) return static_cast<std::size_t>(hit - scenario.replies.begin());
  ReplyEntry own;
  own.id = "probe-refuse-" + probe.stage;
  own.stage = probe.stage;
  own.lines = {code + " refused by a probe"};
  own.code = wanted;
  scenario.replies.push_back(std::move(own));
  return scenario.replies.size() - 1;
}

// A reply of no octets at all.
std::size_t nothing_in(const Probe& probe, Scenario& scenario) {
  ReplyEntry none;
  none.id = "probe-silence-" + probe.stage;
  none.stage = probe.stage;
  none.raw = "";
  none.code = {std::string(scenario.protocol->done_code()), protocol::Outcome::kOk};
  none.code_comes_late = true;
  scenario.replies.push_back(std::move(none));
  return scenario.replies.size() - 1;
}

Rule effect_of(const Probe& probe) {
  Rule rule;
  rule.on = On::kAny;
  rule.when.order = Wanted::kAny;
  rule.when.syntax = Wanted::kAny;
  switch (probe.kind) {
    case Probe::Kind::kSlow: rule.effects.delay = probe.time; break;
    case Probe::Kind::kSplit: rule.effects.split = Split{.at = {}, .in_two = true, .pause = kBetweenHalves}; break;
    case Probe::Kind::kBytewise: rule.effects.split = Split{.at = {}, .every = 1, .pause = kBetweenOctets}; break;
    default: break;
  }
  return rule;
}

// Who speaks between the pieces of a greeting that is late has waited for the first of them, and not for the others.
Rule late_greeting() {
  Rule rule;
  rule.on = On::kConnect;
  rule.effects.delay = kBeforeGreeting;
  return rule;
}

core::Result<std::vector<Rule>> rules_of(const Probe& probe, Scenario& scenario) {
  const bool is_everywhere = probe.stage.empty();
  const bool cuts = probe.kind == Probe::Kind::kSplit || probe.kind == Probe::Kind::kBytewise;
  if (is_everywhere && cuts) return std::vector<Rule>{late_greeting(), effect_of(probe)};
  if (is_everywhere) return std::vector<Rule>{effect_of(probe)};
  std::vector<Rule> rules = rules_at(scenario, probe.stage);
  if (auto known = check_stage(probe, scenario, rules); !known) return core::Failure(std::move(known.error()));
  std::size_t reply = 0;
  if (probe.kind == Probe::Kind::kRefuse) {
    auto refusal = refusal_for(probe, scenario);
    if (!refusal) return core::Failure(std::move(refusal.error()));
    reply = *refusal;
  } else {
    reply = nothing_in(probe, scenario);
  }
  for (Rule& rule : rules) {
    rule.reply = reply;
    rule.explanation = explanation_of(probe);
    if (probe.kind == Probe::Kind::kClose) rule.effects.then = Then::kClose;
    if (probe.kind == Probe::Kind::kStall) rule.effects.then = Then::kStall;
    if (probe.kind != Probe::Kind::kRefuse) rule.effects.keep = false;
  }
  return rules;
}

}  // namespace

core::Result<Probe> parse_probe(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const auto* const row = std::find_if(kProbes.begin(), kProbes.end(), [&](const ProbeRow& one) { return one.name == name; });
  if (row == kProbes.end()) return unknown_probe(name);
  Probe probe;
  probe.kind = row->kind;
  const bool has_value = equals != std::string_view::npos;
  const std::string_view value = has_value ? text.substr(equals + 1) : std::string_view();
  if (row->takes == Takes::kNothing) return has_value ? core::Result<Probe>(wrong_value(*row)) : probe;
  if (row->takes == Takes::kMaybeTime) {
    const auto time = has_value ? time_in(value) : probe.time;
    if (!time) return wrong_value(*row);
    probe.time = *time;
    return probe;
  }
  const std::size_t colon = value.find(':');
  const bool has_code = colon != std::string_view::npos;
  probe.stage = core::to_lower(value.substr(0, colon));
  if (has_code) probe.code = value.substr(colon + 1);
  const bool takes_code = row->takes == Takes::kStageAndCode;
  if (probe.stage.empty() || (has_code && (!takes_code || probe.code.empty()))) return wrong_value(*row);
  return probe;
}

core::Result<std::vector<Probe>> parse_probes(std::string_view list) {
  std::vector<Probe> probes;
  while (true) {
    const std::size_t comma = std::min(list.find(','), list.size());
    auto probe = parse_probe(core::trim(list.substr(0, comma)));
    if (!probe) return core::Failure(std::move(probe.error()));
    probes.push_back(std::move(*probe));
    if (comma == list.size()) return probes;
    list.remove_prefix(comma + 1);
  }
}

std::vector<std::string_view> probe_names() {
  return {"slow", "slow=", "split", "bytewise", "words", "refuse=", "close=", "stall="};
}

core::Result<void> lay_over(const std::vector<Probe>& probes, Scenario& scenario) {
  std::vector<Rule> laid;
  for (const Probe& probe : probes) {
    if (probe.kind == Probe::Kind::kWords) {
      scenario.has_other_words = true;
      continue;
    }
    auto rules = rules_of(probe, scenario);
    if (!rules) return core::Failure(std::move(rules.error()));
    // Effects are collected up to the first rule with a reply, so they stand before those.
    const auto at = probe.stage.empty() ? laid.begin() : laid.end();
    laid.insert(at, rules->begin(), rules->end());
  }
  scenario.rules.insert(scenario.rules.begin(), laid.begin(), laid.end());
  return {};
}

core::Result<void> lay_over(std::string_view list, Scenario& scenario) {
  if (list.empty()) return {};
  return parse_probes(list).and_then([&](const std::vector<Probe>& probes) { return lay_over(probes, scenario); });
}

}  // namespace scenario
