#include "mockserver/scenario/play.h"

#include <chrono>
#include <memory>
#include <variant>

#include "core/action.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/mails.h"
#include "mockserver/scenario/step_values.h"
#include "mockserver/store/memory.h"
#include "protocol/server_session.h"

namespace scenario {
namespace {

constexpr std::int64_t kSomeDay = 1513650000;  // what time it is makes no difference here

// What whoever logs in finds: the scenario's messages, or where it has none a mailbox with one.
class Mailboxes {
 public:
  explicit Mailboxes(const Scenario& scenario) : scenario_(scenario) {
    for (const Account& account : scenario.accounts) users_.push_back(account.user);
  }

  mailbox::Mailbox& mailbox_of(std::string_view user) {
    if (store_ == nullptr) fill();
    mailbox::Mailbox* const own = store_->mailbox_of(user);
    return own != nullptr ? *own : store_->others();
  }

 private:
  void fill() {
    store_ = std::make_unique<store::Memory>(users_, 1);
    if (!scenario_.mails.empty()) {
      (void)deliver_mails(scenario_, *store_, kSomeDay);
      return;
    }
    store::Message message;
    message.forward_paths = users_;
    message.forward_paths.emplace_back("somebody.else@example.com");
    message.content = "From: <carol@example.net>\r\nSubject: A test\r\n\r\nHello\r\n";
    (void)store_->deliver(std::move(message));
  }

  const Scenario& scenario_;
  std::vector<std::string> users_;
  std::unique_ptr<store::Memory> store_;  // made when somebody reads
};

// One connection.
class Performance {
 public:
  Performance(const Scenario& scenario, History& history, std::uint64_t number, Mailboxes& mailboxes)
      : server_(scenario.protocol->server(scenario.server)),
        session_(server_->session("nonce")),
        behaviour_(scenario, history, number, {{"id", "SESSION"}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}},
                   [&mailboxes](std::string_view user) -> mailbox::Mailbox& { return mailboxes.mailbox_of(user); }) {
    if (scenario.security == Security::kTls) session_->secured();
  }

  void receive(std::string_view octets) { session_->receive(octets); }

  // The answers to everything so far.
  std::vector<Decision> answers(std::chrono::milliseconds now) {
    std::vector<Decision> decisions;
    while (auto turn = session_->next_turn()) {
      Decision decision = behaviour_.decide(*turn, *session_, {kSomeDay, now});
      answer(*turn, decision);
      bool begins_tls = false;
      for (const core::Action& action : session_->take_actions()) {
        begins_tls = begins_tls || std::holds_alternative<core::StartTls>(action);
      }
      if (begins_tls) session_->secured();
      is_broken_ = is_broken_ || decision.garbled || decision.effects.then;
      decisions.push_back(std::move(decision));
    }
    return decisions;
  }

  [[nodiscard]] bool is_over() const { return session_->is_over() || is_broken_; }
  [[nodiscard]] bool takes_commands() const { return !is_over() && session_->takes_commands(); }

 private:
  void answer(protocol::Turn& turn, Decision& decision) {
    if (!decision.is_proposed) {
      session_->answer(decision.reply, decision.bytes, decision.closes());
      return;
    }
    turn.proposed = std::move(decision.reply);
    turn.bytes = std::move(decision.bytes);
    session_->answer_as_proposed(turn, decision.closes());
    while (session_->is_sending() && session_->next_piece()) {
    }
    decision.reply = std::move(turn.proposed);
  }

  std::shared_ptr<const protocol::Server> server_;
  std::unique_ptr<protocol::ServerSession> session_;
  Behaviour behaviour_;
  bool is_broken_ = false;  // only the network could tell how it goes on
};

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
    for (Decision& decision : on_->answers(now_)) {
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
