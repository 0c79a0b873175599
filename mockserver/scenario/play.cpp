#include "mockserver/scenario/play.h"

#include <chrono>
#include <memory>
#include <utility>

#include "mockserver/scenario/performance.h"
#include "mockserver/scenario/step_values.h"

namespace scenario {
namespace {

// The whole play.
class Stage {
 public:
  Stage(const Scenario& scenario, std::size_t reply)
      : scenario_(scenario), wanted_(&scenario.replies[reply]), mailboxes_(scenario) {
    connect();
  }

  // Whether there is more to play.
  bool step(const Step& step, const Values& values, std::size_t number) {
    now_ += step.wait;
    if (step.connects) {
      connect();
    } else if (on_->is_over()) {
      return false;
    } else {
      on_->receive(octets_of(*scenario_.protocol, step, values));
    }
    const std::optional<Code> code = listen(number);
    played_.codes.push_back(code);
    return !(played_.is_met && played_.at == number && code && code->outcome != protocol::Outcome::kMore);
  }

  // What the server says by now; the code of the first reply.
  std::optional<Code> listen(std::optional<std::size_t> step) {
    std::optional<Code> code;
    while (auto answered = on_->answer(now_)) {
      Decision& decision = answered->decision;
      if (!code) code = Code{decision.reply.code, decision.reply.outcome};
      if (decision.words != wanted_ || played_.is_met) continue;
      played_.is_met = true;
      played_.at = step;
      played_.explanation = std::move(decision.explanation);
    }
    return code;
  }

  Played end() {
    played_.takes_commands = on_->takes_commands();
    return std::move(played_);
  }

 private:
  void connect() {
    history_.connections = 1;
    on_.emplace(scenario_, history_, ++connections_, mailboxes_);
  }

  const Scenario& scenario_;
  const ReplyEntry* wanted_;
  History history_;
  std::uint64_t connections_ = 0;
  std::chrono::milliseconds now_{};
  Mailboxes mailboxes_;
  std::optional<Performance> on_;
  Played played_;
};

}  // namespace

Played play(const Scenario& scenario, const std::vector<Step>& steps, std::size_t reply) {
  Stage stage(scenario, reply);
  stage.listen(std::nullopt);
  const Values values = step_values(scenario);
  std::size_t number = 0;
  while (number < steps.size() && stage.step(steps[number], values, number)) ++number;
  return stage.end();
}

}  // namespace scenario
