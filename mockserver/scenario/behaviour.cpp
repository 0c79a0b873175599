#include "mockserver/scenario/behaviour.h"

#include <algorithm>
#include <utility>

#include "core/base64.h"
#include "mockserver/scenario/facts.h"
#include "mockserver/scenario/reply_values.h"

namespace scenario {
namespace {

// The text of a reply's line behind code and separator.
std::string text_of(std::string_view line) { return std::string(line.substr(std::min<std::size_t>(line.size(), 4))); }

// The reply's lines go out as they are written, not as a serialised Reply: a server's "250" without a space stays so.
Decision say(const ReplyEntry& entry, std::shared_ptr<const dialogue::Explanation> explanation, const Moment& moment) {
  Decision decision;
  decision.reply.code = entry.code;
  for (const std::string& line : entry.lines) {
    const std::string filled = fill_reply(line, moment);
    decision.reply.lines.push_back(text_of(filled));
    decision.bytes.append(filled).append("\r\n");
  }
  decision.explanation = std::move(explanation);
  return decision;
}

Decision say(const Rule& rule, const Moment& moment) {
  Decision decision = say(moment.scenario.replies[rule.reply], rule.explanation, moment);
  decision.close = rule.close;
  decision.delay = rule.delay;
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
  if (turn.claim || !turn.proposed.code.is_negative() || rule.on == On::kUnknown) return true;
  if (rule.when.order != Wanted::kRight || rule.when.syntax != Wanted::kRight) return true;
  return scenario.replies[rule.reply].code.is_negative();
}

const Rule* find_rule(const Scenario& scenario, const smtp::Turn& turn, const Facts& facts) {
  const auto hit = std::find_if(scenario.rules.begin(), scenario.rules.end(),
                                [&](const Rule& rule) { return facts.fit(rule) && may_overrule(rule, scenario, turn); });
  return hit == scenario.rules.end() ? nullptr : &*hit;
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

}  // namespace

Behaviour::Behaviour(const Scenario& scenario, LazyValues connection_values)
    : scenario_(&scenario), values_(std::move(connection_values)) {}

Decision Behaviour::decide(const smtp::Turn& turn, const smtp::SessionState& state, std::int64_t now) {
  if (turn.input == smtp::Input::kAuth) {
    mechanism_ = turn.said.command ? turn.said.command->mechanism : std::string();
    initial_response_ = turn.said.command && turn.said.command->initial_response;
    withheld_.reset();
  }
  // The session is being ended for a limit or a line end it does not take: no rule has a say in that.
  if (turn.closes && turn.input != smtp::Input::kQuit) return keep(turn.proposed);
  if (turn.claim && turn.claim->is_final && withheld_ != nullptr) return std::move(*std::exchange(withheld_, nullptr));
  const Facts facts(*scenario_, turn, state, mechanism_, initial_response_);
  const Moment moment{*scenario_, values_, facts, now};
  const Rule* const rule = find_rule(*scenario_, turn, facts);
  Decision decision = rule != nullptr ? say(*rule, moment) : without_rule(turn, moment);
  if (auto challenge = last_challenge(turn, facts, decision)) {
    withheld_ = std::make_unique<Decision>(std::move(decision));
    return std::move(*challenge);
  }
  return decision;
}

std::optional<Decision> Behaviour::decide_timeout(const smtp::SessionState& state, std::int64_t now) {
  const smtp::Turn nothing_said;
  const Facts facts(*scenario_, nothing_said, state, {}, false);
  for (const Rule& rule : scenario_->rules) {
    if (rule.on == On::kTimeout && facts.session_fits(rule.when)) return say(rule, {*scenario_, values_, facts, now});
  }
  return std::nullopt;
}

}  // namespace scenario
