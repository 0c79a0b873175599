#include "mockserver/scenario/behaviour.h"

#include <algorithm>
#include <utility>

#include "core/base64.h"
#include "core/text.h"
#include "mockserver/scenario/facts.h"
#include "mockserver/scenario/reply_values.h"

namespace scenario {
namespace {

// The text of a reply's line behind code and separator.
std::string text_of(std::string_view line) { return std::string(line.substr(std::min<std::size_t>(line.size(), 4))); }

// The reply that a client finds first in the octets; nothing when there is none.
std::optional<smtp::Reply> first_reply_in(std::string_view bytes) {
  smtp::ReplyReader reader;
  reader.receive(bytes);
  auto found = reader.next();
  if (!found || !found->has_value()) return std::nullopt;
  return std::move((*found)->reply);
}

// The reply's lines go out as they are written, not as a serialised Reply: a server's "250" without a space stays so.
Decision say(const ReplyEntry& entry, std::shared_ptr<const dialogue::Explanation> explanation, const Moment& moment) {
  Decision decision;
  decision.words = &entry;
  decision.explanation = std::move(explanation);
  decision.reply.code = entry.code;
  if (entry.raw) decision.bytes = fill_reply(*entry.raw, moment);
  for (const std::string& line : entry.lines) {
    const std::string filled = fill_reply(line, moment);
    decision.reply.lines.push_back(text_of(filled));
    decision.bytes.append(filled).append("\r\n");
  }
  if (!entry.code_comes_late) return decision;
  std::optional<smtp::Reply> found = first_reply_in(decision.bytes);
  decision.garbled = !found.has_value();
  if (found) decision.reply = std::move(*found);
  return decision;
}

Decision keep(smtp::Reply reply) {
  Decision decision;
  decision.bytes = smtp::serialise(reply);
  decision.reply = std::move(reply);
  return decision;
}

// A refusal of the core that is not about order or syntax (too many recipients, a mechanism nobody offers) may be put
// into other words, but a rule does not turn it into a success unless it says so with order or syntax.
bool may_overrule(const Rule& rule, const Scenario& scenario, const smtp::Turn& turn) {
  if (turn.claim || !turn.proposed.code.is_negative() || rule.on == On::kUnknown || !rule.reply) return true;
  if (rule.when.order != Wanted::kRight || rule.when.syntax != Wanted::kRight) return true;
  const ReplyEntry& reply = scenario.replies[*rule.reply];
  return reply.code_comes_late || reply.code.is_negative();
}

// What several rules without a reply say, the first one before the next.
void add(const Effects& more, Effects& to) {
  to.delay += more.delay;
  if (!to.split) to.split = more.split;
  if (!to.keep) to.keep = more.keep;
  if (!to.then) to.then = more.then;
}

// Whom it is counted for, as a key that is his alone.
std::string key_for(std::size_t rule, Per per, const Facts& facts, const LazyValues& connection) {
  const auto client = [&] {
    const auto ip = connection.values().find("client-ip");
    return ip == connection.values().end() ? std::string() : ip->second;
  };
  const auto sender = [&] { return core::to_lower(facts.sender().value_or("")); };
  std::string key = std::to_string(rule);
  switch (per) {
    case Per::kAll:
    case Per::kConnection: return key;
    case Per::kClientIp: return key + "\n" + client();
    case Per::kSender: return key + "\n" + sender();
    case Per::kRecipient: return key + "\n" + core::to_lower(facts.recipient());
    case Per::kUser: return key + "\n" + core::to_lower(facts.user());
    case Per::kTriplet: return key + "\n" + client() + "\n" + sender() + "\n" + core::to_lower(facts.recipient());
  }
  return key;
}

// Enhanced codes only where they were announced (RFC 2034 §3).
smtp::Reply welcome(const smtp::Memory& memory) {
  const bool enhanced = memory.extensions.offers("ENHANCEDSTATUSCODES");
  return {smtp::ReplyCode(235), {std::string(enhanced ? "2.7.0 " : "") + "Authentication successful"}};
}

// Without a rule: what the core proposed, with the words the scenario has for it.
Decision without_rule(const smtp::Turn& turn, const Moment& moment) {
  const Scenario& scenario = moment.scenario;
  if (turn.input == smtp::Input::kConnect && scenario.greeting) {
    const ReplyEntry& greeting = scenario.replies[*scenario.greeting];
    return say(greeting, greeting.explanation, moment);
  }
  if (moment.facts.judgement() && moment.facts.judgement()->accepted()) return keep(welcome(moment.facts.memory()));
  smtp::Reply reply = turn.proposed;
  const bool greets = turn.input == smtp::Input::kEhlo && reply.code.is_positive() && !reply.lines.empty();
  if (greets && !scenario.server.ehlo_text.empty()) reply.lines.front() = fill_reply(scenario.server.ehlo_text, moment);
  return keep(std::move(reply));
}

// SCRAM has to prove before its 235 that the server knows the password, OAuth says before its 535 what is wrong with the
// token: one more challenge, and the decision when the client has answered it (RFC 4954 §4). Nothing when there is none.
std::optional<Decision> last_challenge(const smtp::Turn& turn, const Facts& facts, const Decision& decision) {
  if (!turn.claim || turn.claim->is_final) return std::nullopt;
  const auto word = turn.claim->last_word(decision.reply.code.is_positive(), facts.judgement()->judged_by);
  if (!word) return std::nullopt;
  return keep({smtp::ReplyCode(334), {core::base64_encode(*word)}});
}

// The rules for mail data that comes in, in the order in which they meet it.
std::vector<std::size_t> midway_rules(const std::vector<Rule>& rules) {
  std::vector<std::size_t> midway;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].on == On::kMidway) midway.push_back(i);
  }
  const auto octets = [&](std::size_t rule) {
    const auto* const over = rules[rule].when.asked<std::size_t>("size_over");
    return over == nullptr ? 0 : *over;
  };
  std::stable_sort(midway.begin(), midway.end(), [&](std::size_t a, std::size_t b) { return octets(a) < octets(b); });
  return midway;
}

bool brings_mail_data(const smtp::Turn& turn) { return turn.input == smtp::Input::kMessage || turn.said.has_chunk; }

}  // namespace

// What decides a turn.
struct Behaviour::Found {
  const Rule* rule = nullptr;                                // null: the server's own reply
  Effects effects;                                           // of all rules that had a say
  std::shared_ptr<const dialogue::Explanation> explanation;  // of the first without a reply
};

Behaviour::Behaviour(const Scenario& scenario, History& history, std::uint64_t number, LazyValues values)
    : scenario_(&scenario),
      history_(&history),
      number_(number),
      values_(std::move(values)),
      midway_(midway_rules(scenario.rules)),
      unmet_(midway_) {}

Decision Behaviour::decide(const smtp::Turn& turn, const smtp::SessionState& state, const Now& now) {
  if (turn.input == smtp::Input::kAuth) {
    mechanism_ = turn.said.command ? turn.said.command->mechanism : std::string();
    initial_response_ = turn.said.command && turn.said.command->initial_response;
    withheld_.reset();
  }
  follow_message(turn, state);
  if (brings_mail_data(turn)) {
    if (auto midway = decide_midway(state, now)) return std::move(*midway);
  }
  // The session is being ended for a limit or a line end it does not take: no rule has a say in that.
  if (turn.closes && turn.input != smtp::Input::kQuit) return keep(turn.proposed);
  if (turn.claim && turn.claim->is_final && withheld_ != nullptr) return std::move(*std::exchange(withheld_, nullptr));
  const Facts facts(*scenario_, turn, state, {mechanism_, initial_response_, history_->connections});
  const Found found = find_rule(turn, facts, now);
  const Values captures = found.rule == nullptr ? Values() : facts.captures(*found.rule);
  const Moment moment{*scenario_, values_, facts, now.unix_time, captures, count_};
  Decision decision;
  if (found.rule != nullptr) decision = say(scenario_->replies[*found.rule->reply], found.rule->explanation, moment);
  // A server that only says its words wrongly goes on as if it had said them well.
  if (found.rule == nullptr) decision = without_rule(turn, moment);
  if (decision.garbled) decision.reply = without_rule(turn, moment).reply;
  if (decision.explanation == nullptr) decision.explanation = found.explanation;
  decision.effects = found.effects;
  if (auto challenge = last_challenge(turn, facts, decision)) {
    withheld_ = std::make_unique<Decision>(std::move(decision));
    return std::move(*challenge);
  }
  return decision;
}

Behaviour::Found Behaviour::find_rule(const smtp::Turn& turn, const Facts& facts, const Now& now) {
  Found found;
  for (std::size_t i = 0; i < scenario_->rules.size(); ++i) {
    const Rule& rule = scenario_->rules[i];
    if (!facts.fit(rule) || !may_overrule(rule, *scenario_, turn) || !is_its_turn(i, facts, now)) continue;
    add(rule.effects, found.effects);
    if (rule.reply) {
      found.rule = &rule;
      return found;
    }
    if (found.explanation == nullptr) found.explanation = rule.explanation;
  }
  return found;
}

bool Behaviour::is_its_turn(std::size_t rule, const Facts& facts, const Now& now) {
  const When& when = scenario_->rules[rule].when;
  if (when.chance) {
    const std::string key = "chance " + std::to_string(rule);
    const std::size_t asked = own_tally().times(key);
    own_tally().count(key, {}, now.running);
    if (chance_of(history_->seed, number_, rule, asked) >= *when.chance) return false;
  }
  if (!when.counting) return true;
  const std::string key = key_for(rule, when.counting->per, facts, values_);
  Tally& tally = when.counting->per == Per::kConnection ? own_tally() : history_->tally;
  if (!tally.count(key, *when.counting, now.running)) return false;
  count_ = tally.times(key);
  return true;
}

Tally& Behaviour::own_tally() {
  if (own_tally_ == nullptr) own_tally_ = std::make_unique<Tally>();
  return *own_tally_;
}

// A message ends where something is said that is neither part of it nor between its chunks.
void Behaviour::follow_message(const smtp::Turn& turn, const smtp::SessionState& state) {
  if (unmet_.size() == midway_.size() || brings_mail_data(turn) || state.state() == smtp::State::kBdat) return;
  unmet_ = midway_;
}

std::optional<Decision> Behaviour::decide_midway(const smtp::SessionState& state, const Now& now) {
  if (unmet_.empty() || state.memory().message_size == 0) return std::nullopt;
  const smtp::Turn nothing_said;
  const Facts facts(*scenario_, nothing_said, state, {{}, false, history_->connections});
  for (auto unmet = unmet_.begin(); unmet != unmet_.end();) {
    const std::size_t number = *unmet;
    const Rule& rule = scenario_->rules[number];
    if (!facts.fit_unasked(rule)) {
      ++unmet;
      continue;
    }
    unmet = unmet_.erase(unmet);
    if (!is_its_turn(number, facts, now)) continue;
    Decision decision = speak_unasked(rule, facts, now);
    decision.effects.keep = false;
    return decision;
  }
  return std::nullopt;
}

std::optional<Decision> Behaviour::decide_timeout(const smtp::SessionState& state, const Now& now) {
  const smtp::Turn nothing_said;
  const Facts facts(*scenario_, nothing_said, state, {{}, false, history_->connections});
  for (std::size_t i = 0; i < scenario_->rules.size(); ++i) {
    const Rule& rule = scenario_->rules[i];
    if (rule.on == On::kTimeout && facts.fit_unasked(rule) && is_its_turn(i, facts, now))
      return speak_unasked(rule, facts, now);
  }
  return std::nullopt;
}

Decision Behaviour::speak_unasked(const Rule& rule, const Facts& facts, const Now& now) const {
  const Values captures = facts.captures(rule);
  Decision decision;
  decision.garbled = true;
  if (rule.reply) {
    decision =
        say(scenario_->replies[*rule.reply], rule.explanation, {*scenario_, values_, facts, now.unix_time, captures, count_});
  }
  decision.explanation = rule.explanation;
  decision.effects = rule.effects;
  return decision;
}

}  // namespace scenario
