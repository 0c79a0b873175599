#include "pop3/client_door.h"

#include <algorithm>
#include <utility>

#include "pop3/client_session.h"
#include "pop3/facts.h"
#include "pop3/likely.h"
#include "pop3/neutral.h"
#include "pop3/words.h"

namespace pop3 {
namespace {

// An answer of many lines is told whole up to so many octets; what is longer comes in parts of about that length.
constexpr std::size_t kToldWhole = std::size_t{64} * 1024;

class ClientDoor final : public protocol::ClientSession {
 public:
  std::vector<protocol::Said> send(std::string bytes) override {
    std::vector<protocol::Said> out;
    for (const Said& said : session_.send(std::move(bytes))) out.push_back(neutral(said));
    return out;
  }

  protocol::StateChange secured() override { return neutral(session_.secured()); }
  void receive(std::string_view bytes) override { session_.receive(bytes); }

  core::Result<std::optional<protocol::Received>> next() override {
    while (true) {
      auto event = session_.next_event();
      if (!event) return core::Failure(std::move(event.error()));
      if (!*event) return std::nullopt;
      auto told = std::holds_alternative<AnswerEvent>(**event) ? begin(std::get<AnswerEvent>(std::move(**event)))
                                                               : go_on(std::get<BodyEvent>(std::move(**event)));
      if (told) return told;
    }
  }

  [[nodiscard]] std::size_t awaited() const override { return session_.awaited() + (body_ ? 1 : 0); }
  [[nodiscard]] std::string_view unfinished() const override { return session_.unfinished(); }
  [[nodiscard]] std::vector<Remark> unfinished_remarks() const override { return session_.unfinished_remarks(); }
  [[nodiscard]] std::vector<core::Span> unfinished_secrets() const override { return session_.unfinished_secrets(); }
  [[nodiscard]] bool is_held() const override { return session_.is_held(); }
  [[nodiscard]] std::vector<Remark> early_remarks(std::string_view lines) const override {
    return session_.early_remarks(lines);
  }
  [[nodiscard]] std::size_t unread() const override { return session_.unread(); }
  [[nodiscard]] const std::string& rejected() const override { return session_.rejected(); }
  [[nodiscard]] std::string_view partial_answer() const override {
    return body_ ? std::string_view(body_->received.bytes) : session_.partial_answer();
  }

  [[nodiscard]] const protocol::StateRow& state() const override { return row(state_of()); }
  [[nodiscard]] bool is_greeted() const override { return state_of() != State::kConnected; }
  [[nodiscard]] bool is_over() const override { return state_of() == State::kClosed || state_of() == State::kUpdate; }
  [[nodiscard]] protocol::Mode mode() const override {
    return state_of() == State::kSasl ? protocol::Mode::kLogin : protocol::Mode::kCommand;
  }

  [[nodiscard]] bool next_is_secret() const override { return session_.next_is_secret(); }
  [[nodiscard]] bool is_after_login() const override { return session_.is_after_login(); }
  [[nodiscard]] const std::optional<sasl::Exchange>& exchange() const override { return session_.exchange(); }

  [[nodiscard]] bool is_encrypted() const override { return memory().encrypted; }
  [[nodiscard]] bool has_asked_for_offers() const override { return memory().capabilities.has_value(); }
  [[nodiscard]] std::vector<std::string> mechanisms() const override {
    return memory().capabilities ? memory().capabilities->mechanisms() : std::vector<std::string>();
  }
  [[nodiscard]] bool offers(std::string_view keyword) const override {
    return memory().capabilities && memory().capabilities->offers(keyword);
  }

  [[nodiscard]] bool may_come(protocol::Input input) const override {
    return session_.state().not_now(input_of(input)) == nullptr;
  }
  [[nodiscard]] std::vector<protocol::Input> legal_commands() const override {
    const std::vector<Input> legal = session_.state().legal_commands();
    return {legal.begin(), legal.end()};
  }
  [[nodiscard]] std::vector<protocol::Likely> likely(const protocol::Identity& identity,
                                                     const sasl::ClientLogin& login) const override {
    return pop3::likely(session_, identity, login);
  }

  core::Actions take_actions() override { return session_.take_actions(); }

  [[nodiscard]] protocol::FactValue fact(std::string_view name) const override {
    const std::string mechanism = exchange() ? exchange()->mechanism() : std::string();
    return pop3::fact(memory(), nullptr, mechanism, name);
  }

 private:
  // An answer of many lines that is coming in.
  struct Body {
    protocol::Received received;
    std::string octets = {};  // behind the first line, dots taken away
  };

  // Nothing: more of it follows, and it is told with that.
  std::optional<protocol::Received> begin(AnswerEvent event) {
    protocol::Received received;
    received.answer = neutral(event.received.answer);
    received.bytes = std::move(event.received.bytes);
    received.answers = event.answers;
    received.unasked = event.unasked;
    const bool is_of_login = event.answers == Input::kAuth || event.answers == Input::kAuthResponse;
    received.is_out_of_place = !event.unasked && received.answer.is_more() && !is_of_login;
    received.change = neutral(event.change);
    if (!event.has_body) return received;
    body_.emplace(Body{std::move(received)});
    return std::nullopt;
  }

  std::optional<protocol::Received> go_on(const BodyEvent& event) {
    body_->received.bytes += event.received.bytes;
    if (!body_->received.is_continuation) body_->octets += event.received.octets;
    const bool is_last = event.received.is_last;
    if (!is_last && body_->received.bytes.size() < kToldWhole) return std::nullopt;
    protocol::Received told = std::move(body_->received);
    for (std::string& line : lines_in(std::exchange(body_->octets, {}))) told.answer.lines.push_back(std::move(line));
    told.goes_on = !is_last;
    if (is_last) {
      body_.reset();
    } else {
      body_->received = {};
      body_->received.answers = told.answers;
      body_->received.is_continuation = true;
    }
    return told;
  }

  [[nodiscard]] const Memory& memory() const { return session_.state().memory(); }
  [[nodiscard]] State state_of() const { return session_.state().state(); }

  pop3::ClientSession session_;
  std::optional<Body> body_;
};

}  // namespace

std::unique_ptr<protocol::ClientSession> client_behind_door() { return std::make_unique<ClientDoor>(); }

}  // namespace pop3
