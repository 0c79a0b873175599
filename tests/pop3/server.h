// A server session in memory that answers as the RFCs say and knows alice, whose password is "secret".
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "pop3/server_session.h"
#include "tests/pop3/folder.h"

namespace pop3_test {

// The three messages of wire.txt.
inline std::vector<std::string> three_messages() {
  return {"Subject: one\r\n\r\nHello\r\n", "Subject: dots\r\n\r\n.hidden\r\n..\r\n.\r\nend\r\n",
          "Subject: three\r\nTo: bob\r\n\r\nline 1\r\nline 2\r\nline 3\r\n"};
}

inline pop3::ServerConfig with_everything() {
  const std::vector<std::string> lines{"USER",       "SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 SCRAM-SHA-1 XOAUTH2 OAUTHBEARER",
                                       "STLS",       "TOP",
                                       "UIDL",       "UTF8 USER",
                                       "RESP-CODES", "AUTH-RESP-CODE",
                                       "PIPELINING"};
  pop3::ServerConfig config;
  config.capabilities = pop3::Capabilities::from_lines(lines);
  return config;
}

class Server {
 public:
  // What is done to a turn before it is answered.
  using Change = std::function<void(pop3::Turn&)>;

  explicit Server(pop3::ServerConfig config = with_everything(), Change change = {})
      : Server(std::make_shared<Folder>(three_messages()), std::move(config), std::move(change)) {}
  explicit Server(std::shared_ptr<Folder> folder, pop3::ServerConfig config = with_everything(), Change change = {})
      : folder_(std::move(folder)),
        config_(std::move(config)),
        change_(std::move(change)),
        session_(config_, "1896.697170952") {
    take_turns();
    greeting_ = std::exchange(sent_, {});
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] const std::string& greeting() const { return greeting_; }

  // The octets the server sends to these.
  std::string say(std::string_view octets) {
    session_.receive(octets);
    take_turns();
    return std::exchange(sent_, {});
  }
  std::string take_sent() { return std::exchange(sent_, {}); }

  void log_in() { CHECK(say("USER alice\r\nPASS secret\r\n").find("-ERR") == std::string::npos); }

  // The server asked for TLS, and it is there now.
  [[nodiscard]] bool wants_tls() const { return wants_tls_; }
  void secure() {
    wants_tls_ = false;
    session_.secured();
    take_turns();
  }

  void time_out() {
    session_.end_without_quit();
    take_actions();
  }

  pop3::ServerSession& session() { return session_; }
  [[nodiscard]] const pop3::SessionState& state() const { return session_.state(); }
  [[nodiscard]] const std::vector<pop3::Turn>& turns() const { return turns_; }
  [[nodiscard]] const pop3::Turn& last_turn() const { return turns_.back(); }
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] Folder& folder() { return *folder_; }
  [[nodiscard]] std::size_t longest_piece() const { return longest_piece_; }

 private:
  // RFC 5802 §5, RFC 7628 §3.2.3: a mechanism may have a last word before the answer.
  void judge(pop3::Turn& turn) {
    const sasl::Claim& claim = *turn.claim;
    const bool is_welcome = (claim.user == "alice" || claim.user.empty()) && claim.proves("secret");
    const auto last_word = claim.last_word(is_welcome, "secret");
    if (!claim.is_final && last_word) {
      turn.proposed = pop3::Answer{pop3::Outcome::kMore, {}, core::base64_encode(*last_word)};
    } else if (is_welcome) {
      session_.open_maildrop(turn, folder_);
    }
  }

  void take_turns() {
    while (auto turn = session_.next_turn()) {
      if (turn->claim) judge(*turn);
      if (turn->updates) session_.update(*turn);
      if (change_) change_(*turn);
      session_.answer(std::move(turn->proposed));
      turn->proposed = {};
      turns_.push_back(std::move(*turn));
      take_actions();
      while (session_.is_sending()) {
        const auto piece = session_.next_piece();
        if (piece) longest_piece_ = std::max(longest_piece_, piece->size());
        sent_ += piece.value_or("(broken)");
      }
      take_actions();
    }
  }

  void take_actions() {
    for (const core::Action& action : session_.take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) {
        CHECK_FALSE(closed_);
        sent_ += send->bytes;
      }
      if (std::holds_alternative<core::Close>(action)) closed_ = true;
      if (std::holds_alternative<core::StartTls>(action)) wants_tls_ = true;
    }
  }

  std::shared_ptr<Folder> folder_;
  pop3::ServerConfig config_;
  Change change_;
  pop3::ServerSession session_;
  std::string sent_;
  std::string greeting_;
  std::vector<pop3::Turn> turns_;
  std::size_t longest_piece_ = 0;
  bool closed_ = false;
  bool wants_tls_ = false;
};

}  // namespace pop3_test
