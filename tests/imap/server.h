// A server session in memory that answers as the RFCs say and knows alice, whose password is "secret"; several of them share
// her mailbox.
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
#include "imap/server_session.h"
#include "mockserver/store/memory.h"

namespace imap_test {

inline store::Message letter(std::string content) {
  store::Message message;
  message.content = std::move(content);
  message.received = 1'796'000'000;
  return message;
}

// Alice's mailbox, with these messages in its INBOX.
class House {
 public:
  explicit House(const std::vector<std::string>& messages = {"Subject: one\r\n\r\nHello\r\n", "Subject: two\r\n\r\nx\r\n",
                                                             "Subject: three\r\n\r\ny\r\n"}) {
    for (const std::string& message : messages) deliver(message);
  }

  void deliver(const std::string& message) {
    store::Message one = letter(message);
    one.forward_paths = {"alice"};
    REQUIRE(memory.deliver(std::move(one)));
  }
  [[nodiscard]] mailbox::Mailbox& mailbox() { return *memory.mailbox_of("alice"); }

  store::Memory memory{store::Owners{{"alice"}}, 7};
};

class Server {
 public:
  // What is done in place of answering as proposed: true when it was.
  using Change = std::function<bool(imap::ServerSession&, protocol::Turn&)>;

  explicit Server(House& house, protocol::ServerSettings settings = {}, Change change = {})
      : house_(house), config_(imap::typed(settings)), change_(std::move(change)), session_(config_, "1896.697170952") {
    take_turns();
    greeting_ = std::exchange(sent_, {});
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] const std::string& greeting() const { return greeting_; }

  // The octets the server sends to these.
  std::string hear(std::string_view octets) {
    session_.receive(octets);
    take_turns();
    return std::exchange(sent_, {});
  }
  std::string say(const std::string& line) { return hear(line + "\r\n"); }
  void log_in() { CHECK(say("l LOGIN alice secret").starts_with("l OK ")); }
  std::string select(const std::string& name = "INBOX") { return say("s SELECT " + name); }
  // What it says without being asked.
  std::string announce() {
    while (session_.announce()) {
    }
    take_actions();
    return std::exchange(sent_, {});
  }
  void secure() {
    wants_tls_ = false;
    session_.secured();
    take_turns();
  }

  imap::ServerSession& session() { return session_; }
  [[nodiscard]] bool wants_tls() const { return wants_tls_; }
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] std::size_t longest_piece() const { return longest_piece_; }
  std::vector<protocol::Said> said;

 private:
  void judge(protocol::Turn& turn) {
    const sasl::Claim& claim = *turn.claim;
    const bool is_welcome = (claim.user == "alice" || claim.user.empty()) && claim.proves("secret");
    const auto last_word = claim.last_word(is_welcome, "secret");
    if (!claim.is_final && last_word) {
      turn.proposed = *session_.own_words(protocol::Occasion::kChallenge, core::base64_encode(*last_word));
      turn.bytes = imap::octets_of(turn.proposed);
    } else if (is_welcome) {
      session_.welcome(turn, [&]() -> mailbox::Mailbox& { return house_.mailbox(); });
    }
  }

  void take_turns() {
    while (auto turn = session_.next_turn()) {
      if (turn->claim) judge(*turn);
      said.push_back(turn->said);
      if (!change_ || !change_(session_, *turn)) session_.answer_as_proposed(*turn, false);
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
      if (const auto* const send = std::get_if<core::Send>(&action)) sent_ += send->bytes;
      if (std::holds_alternative<core::Close>(action)) closed_ = true;
      if (std::holds_alternative<core::StartTls>(action)) wants_tls_ = true;
    }
  }

  House& house_;
  imap::ServerConfig config_;
  Change change_;
  imap::ServerSession session_;
  std::string sent_;
  std::string greeting_;
  std::size_t longest_piece_ = 0;
  bool closed_ = false;
  bool wants_tls_ = false;
};

}  // namespace imap_test
