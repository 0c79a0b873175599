#include "smtp/server_door.h"

#include <utility>

#include "smtp/facts.h"
#include "smtp/neutral.h"
#include "smtp/server_session.h"

namespace smtp {
namespace {

using protocol::Occasion;

class ServerDoor final : public protocol::ServerSession {
 public:
  ServerDoor(const ServerConfig& config, std::string nonce) : config_(config), session_(config, std::move(nonce)) {}

  void receive(std::string_view bytes) override { session_.receive(bytes); }

  std::optional<protocol::Turn> next_turn() override {
    std::optional<Turn> turn = session_.next_turn();
    if (!turn) return std::nullopt;
    asked_ = std::make_unique<Turn>(std::move(*turn));
    follow_login(*asked_);
    return neutral_turn(*asked_);
  }

  void welcome(protocol::Turn& turn, const std::function<mailbox::Mailbox&()>& /*open*/) override {
    turn.proposed = *own_words(Occasion::kWelcome, {});
    turn.bytes = serialise(typed(turn.proposed));
  }

  protocol::StateChange answer(const protocol::Answer& meaning, std::string bytes, bool close_behind) override {
    return answered(session_.answer(typed(meaning), std::move(bytes), close_behind));
  }
  protocol::StateChange answer(const protocol::Answer& meaning, core::Actions speech, bool close_behind) override {
    return answered(session_.answer(typed(meaning), std::move(speech), close_behind));
  }
  protocol::StateChange answer_as_proposed(protocol::Turn& turn, bool close_behind) override {
    return answer(turn.proposed, turn.bytes, close_behind);
  }

  protocol::StateChange secured() override {
    const StateChange change = session_.secured();
    if (change.from != change.to) mechanism_.clear();
    return neutral(change);
  }

  [[nodiscard]] std::optional<protocol::Answer> own_words(Occasion occasion, const std::string& more) const override;
  [[nodiscard]] protocol::StateChange ending(Occasion occasion) const override {
    return {&state(), &row(State::kClosed), occasion == Occasion::kTooLate ? "RFC 5321 §4.5.3.2.7" : "RFC 5321 §3.8"};
  }
  void end() override { session_.end(); }

  [[nodiscard]] std::string_view pending() const override { return session_.pending(); }
  [[nodiscard]] std::vector<Remark> pending_remarks() const override { return session_.pending_remarks(); }
  [[nodiscard]] std::size_t held() const override { return session_.held(); }
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view untold) const override {
    return session_.secrets_in(untold);
  }
  [[nodiscard]] bool is_in_message() const override { return session_.is_in_message(); }
  [[nodiscard]] std::size_t message_octets() const override { return memory().message_size; }

  [[nodiscard]] const protocol::StateRow& state() const override { return row(session_.state().state()); }
  [[nodiscard]] bool takes_commands() const override {
    const State state = session_.state().state();
    return !session_.is_over() && state != State::kData && state != State::kAuth && !session_.is_in_message();
  }
  [[nodiscard]] bool is_over() const override { return session_.is_over(); }
  core::Actions take_actions() override { return session_.take_actions(); }

  [[nodiscard]] protocol::FactValue fact(std::string_view name) const override {
    return asked_ == nullptr ? smtp::fact(Known(memory()), name) : smtp::fact(Known(memory(), *asked_, mechanism_), name);
  }

 private:
  [[nodiscard]] const Memory& memory() const { return session_.state().memory(); }

  // The mechanism is known from the command to the end of its exchange.
  void follow_login(const Turn& turn) {
    if (turn.input == Input::kAuth) {
      mechanism_ = turn.said.command ? turn.said.command->mechanism : std::string();
    }
  }

  // Takes from the turn what only its answer is made of.
  static std::optional<protocol::Turn> neutral_turn(Turn& turn);

  protocol::StateChange answered(const Answered& answered) {
    asked_.reset();
    return neutral(answered.change);
  }

  const ServerConfig& config_;
  smtp::ServerSession session_;
  std::string mechanism_;        // of the last AUTH
  std::unique_ptr<Turn> asked_;  // what waits for its answer, without its message
};

// A response that is no base64, does not fit the mechanism, is too long or gives the login up. The session marks an initial
// response of that kind with a fault although the AUTH command itself is well-formed.
bool is_bad_credentials(const Turn& turn) {
  if (turn.claim || turn.challenge) return false;
  if (turn.input == Input::kAuth) return turn.said.fault && turn.said.command;
  return turn.input == Input::kAuthResponse;
}

std::optional<protocol::Turn> ServerDoor::neutral_turn(Turn& turn) {
  std::optional<protocol::Turn> out(std::in_place, neutral(turn.said));
  out->said.message = std::move(turn.said.message);
  out->input = turn.input;
  out->in_order = turn.legality == Legality::kLegal;
  out->bad_credentials = is_bad_credentials(turn);
  out->challenge = std::move(turn.challenge);
  out->claim = turn.claim;
  out->bytes = serialise(turn.proposed);
  out->proposed = neutral(std::move(turn.proposed));
  out->closes = turn.closes;
  out->brings_message = turn.input == Input::kMessage;
  return out;
}

struct OwnWords {
  Occasion occasion;
  int code;
  std::string_view enhanced;
  std::string_view text;
  bool names_server = false;  // in front of the text
};

// RFC 5321 §3.8 and §4.2.3: 452 is insufficient system storage.
constexpr std::array kOwnWords{
    OwnWords{Occasion::kShutDown, 421, "4.3.2", "Service closing transmission channel", true},
    OwnWords{Occasion::kTooLate, 421, "4.4.2", "Timeout, closing connection", true},
    OwnWords{Occasion::kNotStored, 451, "4.3.0", "Message not taken: "},
    OwnWords{Occasion::kDiskFull, 452, "4.3.1", "Message not taken: "},
    OwnWords{Occasion::kWelcome, 235, "2.7.0", "Authentication successful"},
    OwnWords{Occasion::kChallenge, 334, "", ""},
};

std::optional<protocol::Answer> ServerDoor::own_words(Occasion occasion, const std::string& more) const {
  if (session_.state().state() == State::kHandshake) return std::nullopt;
  for (const OwnWords& words : kOwnWords) {
    if (words.occasion != occasion) continue;
    // Enhanced codes only where they were announced (RFC 2034 §3).
    const bool enhanced = !words.enhanced.empty() && memory().extensions.offers("ENHANCEDSTATUSCODES");
    std::string line = enhanced ? std::string(words.enhanced) + " " : "";
    if (words.names_server) line.append(config_.name).append(" ");
    line.append(words.text).append(more);
    return neutral(Reply{ReplyCode(words.code), {std::move(line)}});
  }
  return std::nullopt;
}

class Server final : public protocol::Server {
 public:
  explicit Server(const protocol::ServerSettings& settings) : config_(typed(settings)) {}

  [[nodiscard]] std::unique_ptr<protocol::ServerSession> session(std::string nonce) const override {
    return std::make_unique<ServerDoor>(config_, std::move(nonce));
  }

 private:
  ServerConfig config_;
};

}  // namespace

std::shared_ptr<const protocol::Server> server_behind_door(const protocol::ServerSettings& settings) {
  return std::make_shared<const Server>(settings);
}

}  // namespace smtp
