// One client against a scenario in memory: the server's session with the scenario's behaviour over it. Where a TLS handshake
// would follow it has succeeded already.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/action.h"
#include "core/base64.h"
#include "core/text.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/loader.h"
#include "mockserver/scenario/performance.h"
#include "mockserver/scenario/step_values.h"
#include "protocol/protocol.h"
#include "sasl/client.h"
#include "smtp/data_reader.h"

namespace scenario_test {

inline constexpr std::int64_t kNow = 1513650000;  // Tue, 19 Dec 2017 02:20:00 UTC

class Talk {
 public:
  // REQUIRES: the scenario outlives it.
  explicit Talk(const scenario::Scenario& scenario) : Talk(scenario, nullptr, 1, nullptr) {}
  // One of several connections to a server. mailboxes: of that server; null: its own. REQUIRES: history and mailboxes outlive
  // it.
  Talk(const scenario::Scenario& scenario, scenario::History& history, std::uint64_t number,
       scenario::Mailboxes* mailboxes = nullptr)
      : Talk(scenario, &history, number, mailboxes) {}
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;

  // Sends the octets; gives all that came back.
  std::string say(std::string_view bytes) {
    session_->receive(bytes);
    return listen();
  }

  // The same in pieces, as a network may bring them: behind each that is not the end of a message its middle is asked about.
  std::string trickle(std::string_view bytes, std::size_t piece) {
    std::string heard;
    for (; !bytes.empty() && !is_over(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
      heard += say(bytes.substr(0, piece));
      if (!session_->is_in_message()) continue;
      const auto midway = behaviour_.decide_midway(*session_, {kNow, running});
      if (midway) return heard + midway->bytes;
    }
    return heard;
  }

  // One line with its end.
  std::string line(std::string_view text) { return say(std::string(text) + "\r\n"); }

  [[nodiscard]] std::string_view state() const { return session_->state().name.en; }
  [[nodiscard]] std::string user() const { return session_->text("logged-in"); }
  [[nodiscard]] const protocol::ServerSession& session() const { return *session_; }
  [[nodiscard]] bool is_over() const { return session_->is_over(); }

  std::chrono::milliseconds running{};  // what the server takes for the time
  std::string greeting;
  scenario::Decision last;

 private:
  Talk(const scenario::Scenario& scenario, scenario::History* shared, std::uint64_t number, scenario::Mailboxes* mailboxes)
      : own_(scenario),
        mailboxes_(mailboxes != nullptr ? *mailboxes : own_),
        server_(scenario.protocol->server(scenario.server)),
        session_(server_->session("nonce")),
        behaviour_(scenario, shared == nullptr ? alone_ : *shared, number,
                   {{"id", "SESSION"}, {"session", "1"}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}},
                   [this](std::string_view user) -> mailbox::Mailbox& { return mailboxes_.mailbox_of(user); }) {
    alone_.connections = 1;
    if (scenario.security == scenario::Security::kTls) session_->secured();
    greeting = listen();
  }

  std::string listen() {
    std::string heard;
    while (auto turn = session_->next_turn()) {
      last = behaviour_.decide(*turn, *session_, {kNow, running});
      if (turn->brings_message && last.keeps()) mailboxes_.keep(last, *session_, turn->said.message);
      answer(*turn);
      for (const core::Action& action : session_->take_actions()) {
        if (const auto* const send = std::get_if<core::Send>(&action)) heard += send->bytes;
        if (std::holds_alternative<core::StartTls>(action)) session_->secured();
      }
      while (session_->is_sending()) heard += session_->next_piece().value();
    }
    return heard;
  }

  void answer(protocol::Turn& turn) {
    if (!last.is_proposed) {
      session_->answer(last.reply, last.bytes, last.closes());
      return;
    }
    turn.proposed = last.reply;
    turn.bytes = last.bytes;
    session_->answer_as_proposed(turn, last.closes());
    last.reply = turn.proposed;
    last.bytes = turn.bytes;
  }

  scenario::History alone_;
  scenario::Mailboxes own_;
  scenario::Mailboxes& mailboxes_;
  std::shared_ptr<const protocol::Server> server_;
  std::unique_ptr<protocol::ServerSession> session_;
  scenario::Behaviour behaviour_;
};

// A session of the scenario's server in which nothing has happened. REQUIRES: the scenario outlives it.
class Fresh {
 public:
  explicit Fresh(const scenario::Scenario& scenario)
      : server_(scenario.protocol->server(scenario.server)), session_(server_->session("nonce")) {}

  const protocol::ServerSession& operator*() const { return *session_; }

 private:
  std::shared_ptr<const protocol::Server> server_;
  std::unique_ptr<protocol::ServerSession> session_;
};

// What {response} stands for on the way along the steps: it logs in as the first account.
class Responder {
 public:
  explicit Responder(const scenario::Scenario& scenario) {
    if (scenario.accounts.empty()) return;
    const scenario::Account& account = scenario.accounts.front();
    credentials_.user = account.user;
    credentials_.password = core::Secret(account.password);
    credentials_.token = core::Secret(account.token);
    credentials_.host = scenario.server.name;
    credentials_.port = 25;
  }

  // `answer`: the reply before the step. In base64.
  std::string response_for(const scenario::Step& step, std::string_view answer) {
    constexpr std::string_view kAuth = "AUTH ";
    if (step.send.starts_with(kAuth)) {
      const std::string_view rest = std::string_view(step.send).substr(kAuth.size());
      client_ = sasl::Client::begin(rest.substr(0, rest.find(' ')), credentials_, "client-nonce");
      answer = "334 \r\n";
    }
    if (!client_ || step.send.find("{response}") == std::string::npos) return {};
    const auto challenge = core::base64_decode(core::trim(answer.substr(4, answer.size() - 6)));
    const auto response = challenge ? client_->respond(*challenge) : challenge;
    return response ? core::base64_encode(*response) : "no response: " + response.error().text.en;
  }

 private:
  sasl::Credentials credentials_;
  std::optional<sasl::Client> client_;
};

// A scenario that extends nothing, from the part that matters.
inline core::Result<scenario::Scenario> load_text(std::string_view body) {
  const std::string text =
      "subject = \"basics\"\ntitle = { en = \"t\", zh = \"题\" }\nsummary = { en = \"s\", zh = \"述\" }\n" + std::string(body);
  return scenario::load_scenario("test", {"x.toml", text}, {}, scenario::Extends::kOptional);
}

}  // namespace scenario_test
