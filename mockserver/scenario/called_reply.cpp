#include "mockserver/scenario/called_reply.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/nearest.h"
#include "mockserver/scenario/earned_reply.h"
#include "mockserver/scenario/forced_reply.h"
#include "mockserver/scenario/play.h"
#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

// A reply written in place has an id nobody chose, and no explanation.
bool is_of_vocabulary(const ReplyEntry& entry) { return entry.explanation != nullptr; }

void give_account(Scenario& scenario) {
  if (!scenario.accounts.empty()) return;
  scenario.accounts.push_back({std::string(kGenericUser), std::string(kGenericPassword), {}});
}

// What lists and titles say.
void name_after(const ReplyEntry& entry, Scenario& scenario) {
  const std::string about = ": " + entry.code.text + " (" + entry.id + ")";
  scenario.id = scenario.provider + "#" + entry.id;
  scenario.title = {scenario.provider_title.en + about, scenario.provider_title.zh + about};
  scenario.subject = stage_row(way_of(*scenario.protocol), entry.stage).subject;
  scenario.code = entry.code.text;
  scenario.failure.clear();
}

// By the rules that it answers with, or with one more that it might have.
std::optional<Earned> earned_in(Scenario& scenario, std::size_t reply) {
  if (auto earned = earn_reply(scenario, reply)) return earned;
  for (const Rule& rule : std::vector<Rule>(scenario.called_rules)) {
    if (rule.reply != reply) continue;
    scenario.rules.insert(scenario.rules.begin(), rule);
    if (auto earned = earn_reply(scenario, reply)) return earned;
    scenario.rules.erase(scenario.rules.begin());
  }
  return std::nullopt;
}

// What is asked for at this step is granted by the server in words of its own: the reply says the same in others, those of
// another node or of other years. A challenge says something else each time.
bool succeeds_anyway(const Scenario& scenario, const std::vector<Step>& steps, const std::optional<std::size_t>& at,
                     std::size_t reply) {
  const ReplyEntry& entry = scenario.replies[reply];
  const bool is_challenge = entry.stage == "auth" && entry.code.outcome == protocol::Outcome::kMore;
  if (entry.code.is_negative() || is_challenge) return false;
  if (!at) return true;
  const Played played = play(scenario, steps, reply);
  return *at < played.codes.size() && played.codes[*at] && played.codes[*at]->outcome == entry.code.outcome;
}

// Forced rules stand before all others.
void say_without_banner(Scenario& scenario, std::size_t reply) {
  for (Rule& rule : scenario.rules) {
    if (rule.reply == reply) rule.explanation = scenario.replies[reply].explanation;
  }
  scenario.summary = scenario.replies[reply].explanation->because;
}

}  // namespace

core::Result<std::size_t> find_reply(const Scenario& provider, std::string_view id) {
  const auto hit = std::find_if(provider.replies.begin(), provider.replies.end(),
                                [&](const ReplyEntry& entry) { return entry.id == id && is_of_vocabulary(entry); });
  if (hit != provider.replies.end()) return static_cast<std::size_t>(hit - provider.replies.begin());
  std::vector<std::string_view> known;
  for (const ReplyEntry& entry : provider.replies) {
    if (is_of_vocabulary(entry)) known.push_back(entry.id);
  }
  return core::Failure(core::Error{core::Blame::kInput,
                                   core::phrase("unknown reply '{0}' of '{1}'", "'{1}' 没有回复 '{0}'", {id, provider.id}),
                                   {},
                                   core::proposal(id, known),
                                   "reply-unknown"});
}

std::optional<Scenario> with_earned_reply(Scenario scenario, std::size_t reply) {
  give_account(scenario);
  std::optional<Earned> earned = earned_in(scenario, reply);
  if (!earned) return std::nullopt;
  const ReplyEntry& entry = scenario.replies[reply];
  name_after(entry, scenario);
  scenario.summary = (earned->explanation != nullptr ? earned->explanation : entry.explanation)->because;
  scenario.steps = std::move(earned->steps);
  scenario.called = Called{false, earned->at};
  return scenario;
}

Scenario with_forced_reply(Scenario scenario, std::size_t reply) {
  give_account(scenario);
  const Scenario unforced = scenario;
  Called called{true, force_reply(scenario, reply)};
  if (succeeds_anyway(unforced, scenario.steps, called.at, reply)) {
    called.is_forced = false;
    say_without_banner(scenario, reply);
  }
  scenario.called = called;
  name_after(scenario.replies[reply], scenario);
  return scenario;
}

}  // namespace scenario
