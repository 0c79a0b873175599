#include "client/commands/rehearsal.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>
#include <vector>

#include "client/conversation/setup.h"
#include "client/stepper/guide.h"
#include "core/action.h"
#include "mockserver/scenario/behaviour.h"
#include "smtp/client_session.h"
#include "smtp/server_session.h"

namespace commands {
namespace {

constexpr std::int64_t kSomeDay = 1513650000;  // what time it is makes no difference here

// One connection: both sides, and what the scenario makes of the server's.
class Rehearsal {
 public:
  Rehearsal(const scenario::Scenario& scenario, scenario::History& history, std::uint64_t number)
      : client_(scenario.server.state_leniency, scenario.server.line_ends),
        server_(scenario.server),
        behaviour_(scenario, history, number, {{"id", "SESSION"}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}}) {
    if (scenario.security == scenario::Security::kTls) secure();
  }

  [[nodiscard]] const smtp::ClientSession& client() const { return client_; }
  [[nodiscard]] bool is_open() const { return !server_.is_over() && !was_interrupted_; }
  // Only the network could tell how it goes on.
  [[nodiscard]] bool is_undecided() const { return is_undecided_; }

  void send(const std::string& bytes) {
    (void)client_.send(bytes);
    for (const core::Action& action : client_.take_actions()) {
      if (const auto* const octets = std::get_if<core::Send>(&action)) server_.receive(octets->bytes);
    }
  }

  // What the server says by now.
  std::vector<smtp::Reply> listen(std::chrono::milliseconds now) {
    std::vector<smtp::Reply> replies;
    bool begins_tls = false;
    while (const auto turn = server_.next_turn()) {
      const scenario::Decision decision = behaviour_.decide(*turn, server_.state(), {kSomeDay, now});
      decide(decision);
      server_.answer(decision.reply, decision.bytes, decision.closes());
      for (const core::Action& action : server_.take_actions()) {
        if (const auto* const octets = std::get_if<core::Send>(&action)) client_.receive(octets->bytes);
        begins_tls = begins_tls || std::holds_alternative<core::StartTls>(action);
      }
      hear(replies);
    }
    // A rule may end the dialogue while mail data is coming in.
    if (const auto midway = behaviour_.decide_midway(server_.state(), {kSomeDay, now})) {
      decide(*midway);
      was_interrupted_ = true;
      client_.receive(midway->bytes);
      hear(replies);
    }
    (void)client_.take_actions();  // StartTls
    if (begins_tls) secure();
    return replies;
  }

 private:
  void decide(const scenario::Decision& decision) {
    is_undecided_ = is_undecided_ || decision.garbled || (decision.effects.then && !decision.closes());
  }

  void hear(std::vector<smtp::Reply>& replies) {
    for (auto reply = client_.next_reply(); reply && *reply; reply = client_.next_reply()) {
      replies.push_back((*reply)->received.reply);
    }
  }

  void secure() {
    server_.secured();
    (void)client_.secured();
  }

  smtp::ClientSession client_;
  smtp::ServerSession server_;
  scenario::Behaviour behaviour_;
  bool is_undecided_ = false;
  bool was_interrupted_ = false;
};

// Of the mock alone, whatever the path is.
bool is_beyond_rehearsal(const scenario::Scenario& scenario) {
  const bool by_chance = std::any_of(scenario.rules.begin(), scenario.rules.end(),
                                     [](const scenario::Rule& rule) { return rule.when.chance.has_value(); });
  return by_chance || !scenario.listens || client::fails_on_purpose(scenario);
}

}  // namespace

std::optional<Stumble> rehearse(const scenario::Scenario& scenario) {
  if (is_beyond_rehearsal(scenario)) return std::nullopt;
  scenario::History history;
  history.connections = 1;
  std::uint64_t connections = 1;
  std::chrono::milliseconds now{};
  stepper::Guide guide(&scenario);
  std::optional<Rehearsal> dialogue;
  dialogue.emplace(scenario, history, connections);
  guide.connected();
  (void)dialogue->listen(now);  // the greeting is before the first step
  for (std::size_t i = 0; i < scenario.steps.size() && !dialogue->is_undecided(); ++i) {
    const std::vector<stepper::Proposal> proposals = guide.proposals(dialogue->client(), dialogue->is_open());
    const bool is_reached = !proposals.empty() && proposals.front().guided && guide.position() == i;
    if (!is_reached) return Stumble{i, false, {}, {}};
    now += scenario.steps[i].wait;
    if (proposals.front().connects()) {
      dialogue.emplace(scenario, history, ++connections);
      guide.connected();
    } else {
      const std::string bytes = proposals.front().bytes();
      guide.sent(bytes, dialogue->client());
      dialogue->send(bytes);
    }
    const std::vector<smtp::Reply> replies = dialogue->listen(now);
    if (dialogue->is_undecided()) break;
    for (const smtp::Reply& reply : replies) guide.answered(reply);
    const std::optional<int> code = replies.empty() ? std::nullopt : std::optional(replies.back().code.value());
    // What interrupts a message answers nothing.
    if (scenario.steps[i].message.empty() && code != scenario.steps[i].expect) {
      return Stumble{i, true, code, replies.empty() ? std::string() : replies.back().lines.back()};
    }
  }
  return std::nullopt;
}

}  // namespace commands
