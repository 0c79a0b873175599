// The server's side of an IMAP session, without I/O: see protocol/server_session.h.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imap/answer.h"
#include "imap/asked.h"
#include "imap/client_stream.h"
#include "imap/command.h"
#include "imap/login.h"
#include "imap/mail_access.h"
#include "imap/secret_lines.h"
#include "imap/server_config.h"
#include "imap/session_state.h"
#include "protocol/server_session.h"

namespace imap {

// What changes the mailbox is done when it is answered OK, by whomever; what only looks is looked up for the proposal. Untagged
// data are pulled, and the tagged line is the last that is.
class ServerSession final : public protocol::ServerSession {
 public:
  // config outlives it.
  ServerSession(const ServerConfig& config, std::string nonce);

  void receive(std::string_view bytes) override;
  std::optional<protocol::Turn> next_turn() override;
  void welcome(protocol::Turn& turn, const std::function<mailbox::Mailbox&()>& open) override;

  protocol::StateChange answer(const protocol::Answer& meaning, std::string bytes, bool close_behind) override;
  protocol::StateChange answer(const protocol::Answer& meaning, core::Actions speech, bool close_behind) override;
  protocol::StateChange answer_as_proposed(protocol::Turn& turn, bool close_behind) override;

  [[nodiscard]] bool is_sending() const override { return body_.has_value(); }
  core::Result<std::string> next_piece() override;

  protocol::StateChange secured() override;

  [[nodiscard]] std::optional<protocol::Answer> own_words(protocol::Occasion occasion, const std::string& more) const override;
  std::optional<protocol::Announcement> announce() override;
  [[nodiscard]] std::shared_ptr<mailbox::Folder> watched() const override;
  [[nodiscard]] protocol::StateChange ending(protocol::Occasion occasion) const override;
  void end() override;

  [[nodiscard]] std::string_view pending() const override { return stream_.pending(); }
  [[nodiscard]] std::vector<protocol::Remark> pending_remarks() const override;
  [[nodiscard]] std::size_t held() const override { return stream_.held(); }
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view untold) const override;
  [[nodiscard]] bool is_in_message() const override { return stream_.is_in_message(); }
  [[nodiscard]] std::size_t message_octets() const override { return stream_.message_octets(); }

  [[nodiscard]] const protocol::StateRow& state() const override { return row(state_.state()); }
  [[nodiscard]] bool takes_commands() const override;
  [[nodiscard]] bool is_over() const override { return over_; }
  core::Actions take_actions() override;

  [[nodiscard]] protocol::FactValue fact(std::string_view name) const override;

 private:
  // The rest of an answer, on its way.
  struct Body {
    std::vector<std::string> data;
    std::size_t at = 0;  // in data
    std::unique_ptr<Source> source;
    std::string last;  // the tagged line
    std::optional<Command> command;
    bool tells = false;  // news stand before it
    bool close_behind = false;
  };

  protocol::Turn greet();
  protocol::Turn give_up();
  protocol::Turn take(const Frame& frame);
  void propose(protocol::Turn& turn, const Frame& frame);
  void propose_literal(const Frame& frame);
  void propose_line(protocol::Turn& turn);
  void propose_command(protocol::Turn& turn);
  [[nodiscard]] Answer run(const Command& command);
  void take_step(protocol::Turn& turn, Login::Step step);
  void count(protocol::Turn& turn);
  void put(protocol::Turn& turn);
  [[nodiscard]] Capabilities offers() const;
  [[nodiscard]] std::string answer_tag() const;
  protocol::StateChange follow(const protocol::Answer& meaning);
  void learn_mailbox();
  void end_turn(bool close_behind);
  void close();

  const ServerConfig& config_;
  SessionState state_;
  ClientStream stream_;
  Login login_;
  MailAccess mail_;
  SecretLines secrets_;
  std::unique_ptr<Asked> asked_;
  std::optional<Body> body_;
  std::size_t bad_commands_ = 0;  // one after the other
  bool over_ = false;
  core::Actions actions_;
};

}  // namespace imap
