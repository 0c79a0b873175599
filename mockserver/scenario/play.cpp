#include "mockserver/scenario/play.h"

#include <chrono>
#include <variant>

#include "core/action.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/step_values.h"
#include "smtp/server_session.h"

namespace scenario {
namespace {

constexpr std::int64_t kSomeDay = 1513650000;  // what time it is makes no difference here

// One connection.
class Performance {
 public:
  Performance(const Scenario& scenario, History& history, std::uint64_t number)
      : session_(scenario.server),
        behaviour_(scenario, history, number, {{"id", "SESSION"}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}}) {
    if (scenario.security == Security::kTls) session_.secured();
  }

  void receive(std::string_view octets) { session_.receive(octets); }

  // The answers to everything so far.
  std::vector<Decision> answers(std::chrono::milliseconds now) {
    std::vector<Decision> decisions;
    while (const auto turn = session_.next_turn()) {
      Decision decision = behaviour_.decide(*turn, session_.state(), {kSomeDay, now});
      session_.answer(decision.reply, decision.bytes, decision.closes());
      bool begins_tls = false;
      for (const core::Action& action : session_.take_actions()) {
        begins_tls = begins_tls || std::holds_alternative<core::StartTls>(action);
      }
      if (begins_tls) session_.secured();
      is_broken_ = is_broken_ || decision.garbled || decision.effects.then;
      decisions.push_back(std::move(decision));
    }
    return decisions;
  }

  [[nodiscard]] bool is_over() const { return session_.is_over() || is_broken_; }
  [[nodiscard]] bool takes_commands() const {
    const smtp::State state = session_.state().state();
    return !is_over() && state != smtp::State::kData && state != smtp::State::kAuth && !session_.is_in_message();
  }

 private:
  smtp::ServerSession session_;
  Behaviour behaviour_;
  bool is_broken_ = false;  // only the network could tell how it goes on
};

// The whole play.
class Stage {
 public:
  Stage(const Scenario& scenario, std::size_t reply) : scenario_(scenario), wanted_(&scenario.replies[reply]) { connect(); }

  // Whether there is more to play.
  bool step(const Step& step, const Values& values, std::size_t number) {
    now_ += step.wait;
    if (step.connects) {
      connect();
    } else if (on_->is_over()) {
      return false;
    } else {
      on_->receive(octets_of(step, values));
    }
    const std::optional<int> code = listen(number);
    played_.codes.push_back(code);
    return !(played_.is_met && played_.at == number && code && *code / 100 != 3);
  }

  // What the server says by now; the code of the first reply.
  std::optional<int> listen(std::optional<std::size_t> step) {
    std::optional<int> code;
    for (Decision& decision : on_->answers(now_)) {
      if (!code) code = decision.reply.code.value();
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
    on_.emplace(scenario_, history_, ++connections_);
  }

  const Scenario& scenario_;
  const ReplyEntry* wanted_;
  History history_;
  std::uint64_t connections_ = 0;
  std::chrono::milliseconds now_{};
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
