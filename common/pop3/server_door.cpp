#include "pop3/server_door.h"

#include <utility>

#include "mailbox/folder_name.h"
#include "pop3/facts.h"
#include "pop3/neutral.h"
#include "pop3/server_session.h"

namespace pop3 {
namespace {

using protocol::Occasion;

// An AUTH or a line of an exchange that brought neither a claim nor a challenge.
bool is_bad_credentials(const Turn& turn) {
  if (turn.claim || turn.challenge) return false;
  if (turn.input == Input::kAuth) return turn.said.fault && turn.said.command;
  return turn.input == Input::kAuthResponse;
}

class ServerDoor final : public protocol::ServerSession {
 public:
  ServerDoor(const ServerConfig& config, std::string nonce) : session_(config, std::move(nonce)) {}

  void receive(std::string_view bytes) override { session_.receive(bytes); }

  std::optional<protocol::Turn> next_turn() override {
    std::optional<Turn> turn = session_.next_turn();
    if (!turn) return std::nullopt;
    if (turn->input == Input::kAuth) mechanism_ = turn->said.command ? turn->said.command->mechanism : std::string();
    std::optional<protocol::Turn> out(std::in_place, neutral(turn->said));
    out->input = turn->input;
    out->in_order = turn->not_now == nullptr;
    out->bad_credentials = is_bad_credentials(*turn);
    out->challenge = turn->challenge;
    out->claim = turn->claim;
    out->closes = turn->closes;
    asked_ = std::make_unique<Turn>(std::move(*turn));
    propose(*out);
    return out;
  }

  void welcome(protocol::Turn& turn, const std::function<mailbox::Mailbox&()>& open) override {
    auto inbox = open().open(mailbox::FolderName::inbox());
    if (inbox) {
      session_.open_maildrop(*asked_, std::move(*inbox));
    } else {
      asked_->proposed = {Outcome::kRefused, std::string(kCodeTemporary), "the maildrop cannot be opened now"};
    }
    turn.said.remarks = asked_->said.remarks;
    propose(turn);
  }

  protocol::StateChange answer(const protocol::Answer& meaning, std::string bytes, bool close_behind) override {
    core::Actions speech;
    speech.emplace_back(core::Send{std::move(bytes)});
    return answer(meaning, std::move(speech), close_behind);
  }
  // The words are another's; what is marked is removed all the same where they say that it is.
  protocol::StateChange answer(const protocol::Answer& meaning, core::Actions speech, bool close_behind) override {
    if (asked_->updates && meaning.is_positive()) session_.update(*asked_);
    return answered(session_.answer(typed(meaning), std::move(speech), close_behind));
  }
  // The first line may be another's: what is pulled goes out behind it.
  protocol::StateChange answer_as_proposed(protocol::Turn& turn, bool close_behind) override {
    if (asked_->updates) {
      session_.update(*asked_);
      propose(turn);
    } else if (asked_->proposed.has_body()) {
      Answer words = typed(turn.proposed);
      asked_->proposed.code = std::move(words.code);
      asked_->proposed.text = std::move(words.text);
    }
    return answered(session_.answer(std::move(asked_->proposed), close_behind));
  }

  [[nodiscard]] bool is_sending() const override { return session_.is_sending(); }
  core::Result<std::string> next_piece() override { return session_.next_piece(); }

  protocol::StateChange secured() override {
    const StateChange change = session_.secured();
    if (change.from != change.to) mechanism_.clear();
    return neutral(change);
  }

  // RFC 1939 §3: a server that ends the session without QUIT says nothing; many do all the same, and clients take it.
  [[nodiscard]] std::optional<protocol::Answer> own_words(Occasion occasion, const std::string& more) const override {
    if (session_.is_sending() || state_of() == State::kHandshake) return std::nullopt;
    switch (occasion) {
      case Occasion::kShutDown:
        return neutral(Answer{Outcome::kRefused, std::string(kCodeTemporary), "the server shuts down" + more});
      case Occasion::kChallenge: return neutral(Answer{Outcome::kMore, {}, more});
      case Occasion::kTooLate:  // it closes without a word
      case Occasion::kNotStored:
      case Occasion::kDiskFull:
      case Occasion::kWelcome: break;  // welcome() says it, with what is in the maildrop
    }
    return std::nullopt;
  }
  [[nodiscard]] protocol::StateChange ending(Occasion /*occasion*/) const override {
    return {&state(), &row(State::kClosed), "RFC 1939 §3"};
  }
  void end() override { session_.end_without_quit(); }

  [[nodiscard]] std::string_view pending() const override { return session_.pending(); }
  [[nodiscard]] std::vector<Remark> pending_remarks() const override { return session_.pending_remarks(); }
  [[nodiscard]] std::vector<Remark> parting_remarks() const override { return session_.parting_remarks(); }
  [[nodiscard]] std::size_t held() const override { return session_.held(); }
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view untold) const override {
    return session_.secrets_in(untold);
  }

  [[nodiscard]] const protocol::StateRow& state() const override { return row(state_of()); }
  [[nodiscard]] bool takes_commands() const override {
    return !session_.is_over() && !session_.is_sending() && state_of() != State::kSasl && state_of() != State::kHandshake;
  }
  [[nodiscard]] bool is_over() const override { return session_.is_over(); }
  core::Actions take_actions() override { return session_.take_actions(); }

  [[nodiscard]] protocol::FactValue fact(std::string_view name) const override {
    return pop3::fact(session_.state().memory(), asked_.get(), asked_ == nullptr ? std::string_view() : mechanism_, name);
  }

 private:
  [[nodiscard]] State state_of() const { return session_.state().state(); }

  // What the session proposes now.
  void propose(protocol::Turn& turn) const {
    const Answer& proposed = asked_->proposed;
    turn.proposed = neutral(proposed, proposed.lines.value_or(std::vector<std::string>()));
    turn.bytes = first_line(proposed);
    turn.is_pulled = proposed.has_body();
  }

  protocol::StateChange answered(const Answered& answered) {
    asked_.reset();
    return neutral(answered.change);
  }

  pop3::ServerSession session_;
  std::string mechanism_;        // of the last AUTH
  std::unique_ptr<Turn> asked_;  // what waits for its answer
};

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

}  // namespace pop3
