#include "mockserver/scenario/earned_reply.h"

#include <algorithm>
#include <utility>

#include "mockserver/scenario/attempt.h"
#include "mockserver/scenario/attempt_rows.h"
#include "mockserver/scenario/play.h"
#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

Step goodbye(const protocol::Protocol& protocol) {
  const GenericStep& quit = way_of(protocol).steps.back();
  Step step;
  step.send = quit.send;
  if (const auto outcome = protocol.outcome_of(quit.expect)) step.expect = Code{std::string(quit.expect), *outcome};
  step.say = {std::string(quit.en), std::string(quit.zh)};
  return step;
}

// The steps that were played, with what answered them; behind the reply nothing but a goodbye.
std::optional<Earned> earned_with(std::vector<Step> steps, const Scenario& scenario, std::size_t reply) {
  Played played = play(scenario, steps, reply);
  if (!played.is_met) return std::nullopt;
  steps.resize(played.codes.size());
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].expect = played.codes[i];
  if (played.at) {
    steps[*played.at].say.en += kAnsweredEn;
    steps[*played.at].say.zh += kAnsweredZh;
  }
  if (played.takes_commands) steps.push_back(goodbye(*scenario.protocol));
  number_tags(steps);
  return Earned{std::move(steps), played.at, std::move(played.explanation)};
}

}  // namespace

std::optional<Earned> earn_reply(const Scenario& scenario, std::size_t reply) {
  if (scenario.greeting == reply) {
    if (auto earned = earned_with({}, scenario, reply)) return earned;
  }
  for (const Rule& rule : scenario.rules) {
    if (rule.reply != reply) continue;
    for (const Attempt& attempt : attempts_for(rule, scenario)) {
      if (auto earned = earned_with(steps_of(attempt, *scenario.protocol), scenario, reply)) return earned;
    }
  }
  const auto elsewhere =
      std::find_if(scenario.steps.begin(), scenario.steps.end(), [](const Step& step) { return step.server != 0; });
  const std::vector<Step> steps(scenario.steps.begin(), elsewhere);
  return steps.empty() ? std::nullopt : earned_with(steps, scenario, reply);
}

}  // namespace scenario
