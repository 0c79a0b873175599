#include "client/commands/rehearsal.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "client/conversation/setup.h"
#include "client/stepper/guide.h"
#include "core/action.h"
#include "mockserver/scenario/performance.h"

namespace commands {
namespace {

// One connection: both sides, and what the scenario makes of the server's.
class Rehearsal {
 public:
  Rehearsal(const scenario::Scenario& scenario, scenario::History& history, std::uint64_t number,
            scenario::Mailboxes& mailboxes)
      : client_(scenario.protocol->client(&scenario.server)), server_(scenario, history, number, mailboxes) {
    if (scenario.security == scenario::Security::kTls) (void)client_->secured();
  }

  [[nodiscard]] const protocol::ClientSession& client() const { return *client_; }
  [[nodiscard]] bool is_open() const { return !server_.is_over(); }
  // Only the network could tell how it goes on.
  [[nodiscard]] bool is_undecided() const { return is_undecided_; }

  void send(const std::string& bytes) {
    (void)client_->send(bytes);
    for (const core::Action& action : client_->take_actions()) {
      if (const auto* const octets = std::get_if<core::Send>(&action)) server_.receive(octets->bytes);
    }
  }

  // What the server says by now.
  std::vector<protocol::Answer> listen(std::chrono::milliseconds now) {
    std::vector<protocol::Answer> answers;
    while (const auto answered = server_.answer(now)) {
      decide(answered->decision);
      hear(answered->octets, answers);
      if (answered->begins_tls) (void)client_->secured();
    }
    // A rule may end the dialogue while mail data is coming in.
    if (const auto midway = server_.interrupt(now)) {
      decide(*midway);
      hear(midway->bytes, answers);
    }
    return answers;
  }

 private:
  void decide(const scenario::Decision& decision) {
    is_undecided_ = is_undecided_ || decision.garbled || (decision.effects.then && !decision.closes());
  }

  void hear(std::string_view octets, std::vector<protocol::Answer>& answers) {
    client_->receive(octets);
    for (auto heard = client_->next(); heard && *heard; heard = client_->next()) {
      const protocol::Received& one = **heard;
      const bool is_answer = !one.is_continuation && !one.unasked && one.answer.outcome != protocol::Outcome::kNews;
      if (is_answer) answers.push_back(one.answer);
    }
    (void)client_->take_actions();  // StartTls
  }

  std::unique_ptr<protocol::ClientSession> client_;
  scenario::Performance server_;
  bool is_undecided_ = false;
};

// All that stands behind a path: its servers, what they have counted, and their mailboxes.
class Servers {
 public:
  explicit Servers(const scenario::Scenario& scenario) : scenario_(scenario), mailboxes_(scenario) {
    for (std::size_t i = 0; i <= scenario.others.size(); ++i) histories_.emplace_back().connections = 1;
  }

  // A new connection to one of them.
  Rehearsal& connect(std::size_t server) {
    return dialogue_.emplace(scenario::server_of(scenario_, server), histories_[server], ++connections_, mailboxes_);
  }

 private:
  const scenario::Scenario& scenario_;
  scenario::Mailboxes mailboxes_;
  std::deque<scenario::History> histories_;  // by the numbers of the servers
  std::uint64_t connections_ = 0;
  std::optional<Rehearsal> dialogue_;
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
  std::chrono::milliseconds now{};
  stepper::Guide guide(scenario);
  Servers servers(scenario);
  Rehearsal* dialogue = &servers.connect(0);
  guide.connected();
  (void)dialogue->listen(now);  // the greeting is before the first step
  for (std::size_t i = 0; i < scenario.steps.size() && !dialogue->is_undecided(); ++i) {
    const std::vector<stepper::Proposal> proposals = guide.proposals(dialogue->client(), dialogue->is_open());
    const bool is_reached = !proposals.empty() && proposals.front().guided && guide.position() == i;
    if (!is_reached) return Stumble{i, false, {}, {}};
    now += scenario.steps[i].wait;
    if (proposals.front().connects()) {
      dialogue = &servers.connect(proposals.front().server);
      guide.connected();
    } else {
      const std::string bytes = proposals.front().octets(guide.spoken());
      guide.sent(bytes, dialogue->client());
      dialogue->send(bytes);
    }
    const std::vector<protocol::Answer> answers = dialogue->listen(now);
    if (dialogue->is_undecided()) break;
    for (const protocol::Answer& answer : answers) guide.answered(answer);
    const std::optional<std::string> code = answers.empty() ? std::nullopt : std::optional(answers.back().code);
    const std::optional<scenario::Code>& expected = scenario.steps[i].expect;
    const bool is_expected = code ? expected && expected->text == *code : !expected;
    // What interrupts a message answers nothing.
    if (scenario.steps[i].message.empty() && !is_expected) {
      return Stumble{i, true, code, answers.empty() ? std::string() : answers.back().lines.back()};
    }
  }
  return std::nullopt;
}

}  // namespace commands
