// The stepper on a dialogue in memory: client session against server session, with the scenario's behaviour over it. Where a
// TLS handshake would follow it succeeds at once, or fails at once where the scenario wants it to.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "client/screen/key.h"
#include "client/stepper/stepper.h"
#include "core/action.h"
#include "dialogue/log.h"
#include "findings/verdicts.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/performance.h"
#include "tests/knowledge/known.h"
#include "tls/engine.h"

namespace test {

inline scenario::Scenario load(std::string_view id) {
  static const scenario::Catalogue kCatalogue = scenario::Catalogue::embedded();
  auto scenario = kCatalogue.load(id);
  REQUIRE_MESSAGE(scenario, core::describe(scenario.error(), core::Language::kEnglish));
  return std::move(*scenario);
}

// Sessions and log. What is sent is in the log at once; the server answers when it is asked to.
class InMemory {
 public:
  explicit InMemory(std::string_view id) : InMemory(load(id)) {}
  explicit InMemory(scenario::Scenario one) : scenario(std::move(one)), mailboxes_(scenario) { start(); }
  InMemory(const InMemory&) = delete;
  InMemory& operator=(const InMemory&) = delete;

  // A connection, and a log if there is none.
  void start() {
    log = std::make_unique<dialogue::Log>(*scenario.protocol);
    verdicts_ = std::make_unique<findings::Verdicts>(scenario.protocol->name(), known_server(0));
    judged_ = 0;
    connect();
  }

  // Another connection in the same log, to that server of the path; what the first left open is closed.
  void connect(std::size_t server = 0) {
    if (verdicts_ != nullptr) judge(false);
    at_ = server;
    verdicts_->speaks(spoken().name(), known_server(server));
    client_ = spoken().client(&there().server);
    server_.emplace(there(), histories_[server], 1, mailboxes_);
    is_closed = false;
    dialogue::Event connected;
    connected.kind = dialogue::Kind::kConnected;
    connected.note = "192.0.2.2:25";
    if (&log->spoken() != &spoken()) connected.protocol = &spoken();
    log->append(std::move(connected));
    tls.reset();
    if (there().security == scenario::Security::kTls) secure();
  }

  // The server that is spoken to.
  [[nodiscard]] const scenario::Scenario& there() const { return scenario::server_of(scenario, at_); }
  [[nodiscard]] const protocol::Protocol& spoken() const { return *there().protocol; }

  // What a handshake comes to.
  void secure() {
    dialogue::Event event;
    if (scenario.tls.certificate != tls::Flaw::kNone || scenario.tls.handshake != scenario::Handshake::kComplete ||
        scenario.tls.newest < tls::Version::kTls12) {
      event.kind = dialogue::Kind::kClosed;
      event.closed_by = dialogue::ClosedBy::kFailure;
      event.failure = "tls-expired";
      event.note = core::Text{"the handshake failed", "握手失败"};
      is_closed = true;
    } else {
      event.kind = dialogue::Kind::kSecured;
      event.note = "TLS 1.2, CIPHER";
      event.change = client().secured();
      tls.emplace();
      tls->version = "TLSv1.2";
      tls->cipher = "CIPHER";
    }
    log->append(std::move(event));
  }

  // is_proposed: by the stepper.
  void send(const std::string& bytes, bool is_proposed = false) {
    judge(false);
    core::Tape sent;
    sent.add(bytes, {});
    std::size_t told = client().is_held() ? 0 : client().unread();
    const std::vector<protocol::Said> said = client().send(bytes);
    for (const protocol::Said& one : said)
      log->append(dialogue::from_said(one, sent.take(one.octets - std::min(one.octets, std::exchange(told, 0)))));
    if (said.empty()) {
      const bool in_message = client().mode() == protocol::Mode::kContent || client().mode() == protocol::Mode::kRest;
      const auto role = in_message ? protocol::Role::kContent : protocol::Role::kUnknown;
      log->append(dialogue::client_octets(sent.take_all(), spoken().input(role)));
    }
    judge(is_proposed);
    for (const core::Action& action : client().take_actions()) {
      if (const auto* const octets = std::get_if<core::Send>(&action)) server_->receive(octets->bytes);
    }
  }

  // What was told of the log as it stands.
  [[nodiscard]] const findings::Verdicts& verdicts() const {
    judge(false);
    return *verdicts_;
  }

  // The server's replies to everything so far.
  void answer() {
    bool begins_tls = false;
    while (const auto answered = server_->answer(running)) {
      begins_tls = begins_tls || answered->begins_tls;
      client().receive(answered->octets);
      for (auto heard = client().next(); heard && *heard; heard = client().next()) {
        const protocol::Received& event = **heard;
        const protocol::Input unknown = spoken().input(protocol::Role::kUnknown);
        dialogue::Event reply = dialogue::from_answer(event.answer, event.bytes, event.answers.value_or(unknown), event.change);
        reply.is_out_of_place = event.is_out_of_place;
        log->append(std::move(reply));
      }
    }
    if (!is_closed && server_->is_over()) close(dialogue::ClosedBy::kServer);
    (void)client().take_actions();  // StartTls
    if (begins_tls) secure();
  }

  void close(dialogue::ClosedBy by) {
    is_closed = true;
    dialogue::Event event;
    event.kind = dialogue::Kind::kClosed;
    event.closed_by = by;
    log->append(std::move(event));
  }

  [[nodiscard]] protocol::ClientSession& client() { return *client_; }
  [[nodiscard]] const protocol::ClientSession& client() const { return *client_; }

  [[nodiscard]] std::string last_code() const {
    for (auto event = log->events().rbegin(); event != log->events().rend(); ++event) {
      if (event->reply) return event->reply->code;
    }
    return {};
  }

  const scenario::Scenario scenario;
  std::unique_ptr<dialogue::Log> log;
  std::optional<tls::Details> tls;
  bool is_closed = false;
  std::chrono::milliseconds running{};  // what the server takes for the time

 private:
  [[nodiscard]] findings::Server known_server(std::size_t number) const {
    findings::Server server;
    server.is_stepped = true;
    for (const scenario::Account& account : scenario::server_of(scenario, number).accounts)
      server.accounts.push_back({account.user, account.password, account.web_password});
    return server;
  }

  void judge(bool is_proposed) const {
    for (; judged_ < log->events().size(); ++judged_) verdicts_->take(log->events()[judged_], is_proposed);
  }

  std::unique_ptr<findings::Verdicts> verdicts_;
  mutable std::size_t judged_ = 0;  // events
  std::unique_ptr<protocol::ClientSession> client_;
  std::map<std::size_t, scenario::History> histories_;  // of the servers of the path
  std::size_t at_ = 0;
  scenario::Mailboxes mailboxes_;
  std::optional<scenario::Performance> server_;
};

// The keys that these characters are: "\n" is Enter, "\x1b" Escape, "\t" Tab, "\x12" Ctrl-R.
inline std::vector<screen::Key> keys_of(std::string_view text) {
  std::vector<screen::Key> keys;
  for (const char c : text) {
    if (c == '\n') {
      keys.push_back({screen::KeyName::kEnter, {}});
    } else if (c == '\t') {
      keys.push_back({screen::KeyName::kTab, {}});
    } else if (c == '\x1b') {
      keys.push_back({screen::KeyName::kEscape, {}});
    } else if (c > 0 && c < ' ') {
      keys.push_back({screen::KeyName::kControl, std::string(1, static_cast<char>(c + 'a' - 1))});
    } else {
      keys.push_back({screen::KeyName::kText, std::string(1, c)});
    }
  }
  return keys;
}

// A person at the step screen.
class Person {
 public:
  explicit Person(std::string_view id, core::Language language = core::Language::kEnglish, bool is_mock = true)
      : Person(id, language, is_mock, is_mock ? stepper::identity_of(load(id)) : stepper::Identity()) {}

  Person(std::string_view id, core::Language language, bool is_mock, stepper::Identity identity)
      : dialogue(id),
        is_mock_(is_mock),
        stepper(*dialogue.scenario.protocol, known(), is_mock ? &dialogue.scenario : nullptr, language, false,
                std::move(identity)) {
    dialogue.answer();
    stepper.follow(view());
  }

  [[nodiscard]] stepper::View view() const {
    return {*dialogue.log,
            dialogue.spoken(),
            dialogue.client(),
            dialogue.client(),
            is_mock_ ? &dialogue.scenario : nullptr,
            is_mock_,
            !dialogue.is_closed,
            dialogue.is_closed,
            dialogue.client().awaited() == 0,
            "192.0.2.2:25",
            false,
            false,
            dialogue.tls ? &*dialogue.tls : nullptr,
            delivered ? std::optional(stepper::Delivered{"a@b.example", &recipients, *delivered}) : std::nullopt,
            insecure,
            now,
            {},
            &dialogue.verdicts()};
  }

  // One key; what it sends is sent, and answered unless `held`.
  stepper::Requests press(const screen::Key& key) {
    stepper::Requests requests = stepper.press(key, view(), wide);
    for (const stepper::Request& request : requests) {
      if (const auto* const again = std::get_if<stepper::ConnectAgain>(&request)) {
        if (!dialogue.is_closed) dialogue.close(dialogue::ClosedBy::kClient);
        dialogue.connect(again->server);
        if (!held) dialogue.answer();
        stepper.follow(view());
      }
      if (const auto* const send = std::get_if<stepper::SendBytes>(&request)) say(send->bytes, send->is_proposed);
      if (const auto* const several = std::get_if<stepper::SendInTurn>(&request)) {
        for (const std::string& line : several->lines) say(line);
      }
    }
    return requests;
  }
  void say(const std::string& bytes, bool is_proposed = false) {
    sent.push_back(bytes);
    dialogue.send(bytes, is_proposed);
    stepper.follow(view());
    if (held) return;
    dialogue.answer();
    stepper.follow(view());
  }
  stepper::Requests press(screen::KeyName name) { return press(screen::Key{name, {}}); }

  // Keys one after the other; what the last one asked for.
  stepper::Requests type(std::string_view text) {
    stepper::Requests requests;
    for (const screen::Key& key : keys_of(text)) requests = press(key);
    return requests;
  }
  // The proposed step, so many times.
  void step(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) type("\n");
  }

  [[nodiscard]] screen::StepScreen model() const { return stepper.model(view(), wide); }

  InMemory dialogue;

 private:
  bool is_mock_;

 public:
  stepper::Stepper stepper;
  std::vector<std::string> sent;
  bool wide = true;
  bool held = false;
  bool insecure = false;
  std::optional<std::string> delivered;  // content of what the mock has kept
  std::vector<std::string> recipients{"bob@b.example"};
  std::chrono::microseconds now{};  // by the clock of the log
};

inline std::string text_of(const screen::Line& line) {
  std::string text;
  for (const screen::Run& run : line) text += run.text;
  return text;
}

inline std::string text_of(const std::vector<screen::Line>& lines) {
  std::string text;
  for (const screen::Line& line : lines) text += text_of(line) + "\n";
  return text;
}

inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Each of `present` stands in the text, none of `absent` does.
inline void check_parts(const std::string& text, const std::vector<std::string>& present,
                        const std::vector<std::string>& absent = {}) {
  CAPTURE(text);
  for (const std::string& part : present) {
    CAPTURE(part);
    CHECK(has(text, part));
  }
  for (const std::string& part : absent) {
    CAPTURE(part);
    CHECK_FALSE(has(text, part));
  }
}

}  // namespace test
