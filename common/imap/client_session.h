// The client's side of an IMAP session, without I/O: see protocol/client_session.h.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "imap/client_stream.h"
#include "imap/command.h"
#include "imap/response_reader.h"
#include "imap/secret_lines.h"
#include "imap/server_config.h"
#include "imap/session_state.h"
#include "protocol/client_session.h"
#include "sasl/exchange.h"
#include "sasl/response_line.h"

namespace imap {

class ClientSession final : public protocol::ClientSession {
 public:
  ClientSession();

  std::vector<protocol::Said> send(std::string bytes) override;
  protocol::StateChange secured() override;
  void receive(std::string_view bytes) override;
  core::Result<std::optional<protocol::Received>> next() override;

  [[nodiscard]] std::size_t awaited() const override { return awaited_.size(); }
  [[nodiscard]] std::string_view unfinished() const override {
    return stream_.literal().empty() ? stream_.pending() : stream_.literal();
  }
  [[nodiscard]] std::vector<protocol::Remark> unfinished_remarks() const override;
  [[nodiscard]] std::vector<core::Span> unfinished_secrets() const override;
  [[nodiscard]] std::vector<protocol::Remark> early_remarks(std::string_view /*lines*/) const override { return {}; }
  [[nodiscard]] bool is_held() const override;
  [[nodiscard]] std::size_t unread() const override { return stream_.held(); }
  [[nodiscard]] const std::string& rejected() const override { return reader_.rejected(); }
  [[nodiscard]] std::string_view partial_answer() const override { return reader_.pending(); }

  [[nodiscard]] const protocol::StateRow& state() const override { return row(state_.state()); }
  [[nodiscard]] bool is_greeted() const override { return state_.state() != State::kConnected; }
  [[nodiscard]] bool is_over() const override { return state_.state() == State::kLogout; }
  [[nodiscard]] protocol::Mode mode() const override;
  [[nodiscard]] std::string wanted() const override;
  [[nodiscard]] bool is_in_content() const override { return asked_for_ == Input::kAppend; }

  [[nodiscard]] bool next_is_secret() const override;
  [[nodiscard]] bool is_after_login() const override;
  [[nodiscard]] const std::optional<sasl::Exchange>& exchange() const override { return exchange_; }

  [[nodiscard]] bool is_encrypted() const override { return state_.memory().encrypted; }
  [[nodiscard]] bool has_asked_for_offers() const override { return offers_.has_value(); }
  [[nodiscard]] bool offers(std::string_view keyword) const override { return offers_ && offers_->offers(keyword); }
  [[nodiscard]] std::vector<std::string> mechanisms() const override;

  [[nodiscard]] bool may_come(protocol::Input input) const override;
  [[nodiscard]] std::vector<protocol::Input> legal_commands() const override;
  [[nodiscard]] std::vector<protocol::Likely> likely(const protocol::Identity& identity,
                                                     const sasl::ClientLogin& login) const override;

  [[nodiscard]] std::string renewed(std::string line) const override;

  core::Actions take_actions() override { return std::exchange(actions_, {}); }
  [[nodiscard]] protocol::FactValue fact(std::string_view name) const override;

 private:
  // Something sent that the server has not answered yet.
  struct Awaited {
    Input input = Input::kConnect;
    std::string tag = {};
    std::optional<Command> command = {};
    std::string response = {};     // of a SASL exchange, still base64
    Input verb = Input::kConnect;  // kLiteral: of the command that goes on
  };

  void read_stream(std::vector<protocol::Said>* out);
  protocol::Said take(const Frame& frame);
  [[nodiscard]] protocol::Said early(const std::string& bytes) const;
  core::Failure refuse_injection();
  void take_untagged(protocol::Received& received);
  void take_answer(protocol::Received& received);
  [[nodiscard]] bool says_goodbye() const;
  void follow(const Awaited& answered, protocol::Received& received);
  void advance_exchange(const Awaited& answered, const protocol::Answer& answer);
  [[nodiscard]] std::vector<protocol::Likely> likely_rest(const protocol::Identity& identity) const;
  void learn_offers(std::string_view text);
  void learn_mailbox(std::string_view data);
  [[nodiscard]] std::string next_tag() const;

  StreamLimits limits_;
  SessionState state_;
  SecretLines secrets_;
  ClientStream stream_;
  ResponseReader reader_;
  std::deque<Awaited> awaited_;
  std::optional<Capabilities> offers_;  // as the server has said last
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;
  std::optional<Input> asked_for_;  // a literal of this command, until the command is answered
  bool has_listed_ = false;         // LIST was answered
  std::size_t commands_ = 0;
  std::set<std::string, std::less<>> tags_;  // of them
  core::Actions actions_;
};

}  // namespace imap
