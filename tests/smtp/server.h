// A server session in memory that answers as the RFCs say, for tests that talk to it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/reply.h"
#include "smtp/server_session.h"

namespace test {

// A mail as far as its content.
inline const std::string kEhlo = "EHLO client.example\r\n";
inline const std::string kMail = "MAIL FROM:<a@b.c>\r\n";
inline const std::string kRcpt = "RCPT TO:<d@e.f>\r\n";

class Server {
 public:
  // What answers a turn; without it the proposed reply does, and a claim of alice with "secret" is 235.
  using Decide = std::function<smtp::Reply(const smtp::Turn&)>;

  explicit Server(smtp::ServerConfig config = with_auth(), Decide decide = {})
      : config_(std::move(config)), decide_(std::move(decide)), session_(config_) {
    take_turns();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Every extension the core implements; more ways to log in inside TLS than in clear.
  static smtp::ServerConfig with_everything() {
    smtp::ServerConfig config;
    const std::vector<std::string> both{"PIPELINING", "SIZE 1000000", "8BITMIME", "BINARYMIME", "CHUNKING", "SMTPUTF8",
                                        "DSN",        "VRFY",         "EXPN",     "HELP",       "ETRN"};
    std::vector<std::string> clear = both;
    clear.insert(clear.end(), {"STARTTLS", "AUTH LOGIN"});
    std::vector<std::string> inside = both;
    inside.emplace_back("AUTH LOGIN PLAIN");
    config.extensions = smtp::Extensions::from_lines(clear);
    config.extensions_tls = smtp::Extensions::from_lines(inside);
    return config;
  }

  static smtp::ServerConfig with_auth() {
    smtp::ServerConfig config;
    config.extensions = smtp::Extensions::from_lines({"PIPELINING", "AUTH LOGIN PLAIN", "SIZE 1000000", "8BITMIME"});
    return config;
  }

  // The octets the server sends to these.
  std::string say(std::string_view octets) {
    session_.receive(octets);
    take_turns();
    return std::exchange(sent_, {});
  }

  // The codes of what say() gave, parted by spaces: "250 354".
  std::string codes(std::string_view octets) { return codes_of(say(octets)); }

  static std::string codes_of(std::string_view sent) {
    smtp::ReplyReader reader;
    reader.receive(sent);
    std::string out;
    for (auto reply = reader.next(); reply && *reply; reply = reader.next()) {
      out += (out.empty() ? "" : " ") + std::to_string((*reply)->reply.code.value());
    }
    CHECK(reader.pending().empty());
    return out;
  }

  smtp::ServerSession& session() { return session_; }
  [[nodiscard]] const std::vector<smtp::Turn>& turns() const { return turns_; }
  [[nodiscard]] const smtp::Turn& last_turn() const { return turns_.back(); }
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] const smtp::SessionState& state() const { return session_.state(); }

  // The server asked for TLS, and it is there now.
  [[nodiscard]] bool wants_tls() const { return wants_tls_; }
  void secure() {
    wants_tls_ = false;
    session_.secured();
    take_turns();
  }

  void time_out() {
    sent_ += session_.time_out();
    std::string unused;
    take_actions(unused);
  }
  std::string take_sent() { return std::exchange(sent_, {}); }

 private:
  [[nodiscard]] smtp::Reply decide(const smtp::Turn& turn) const {
    if (decide_) return decide_(turn);
    if (turn.claim && turn.claim->user == "alice" && turn.claim->proves("secret")) {
      return {smtp::ReplyCode(235), {"Authentication successful"}};
    }
    return turn.proposed;
  }

  void take_turns() {
    while (auto turn = session_.next_turn()) {
      const smtp::Reply reply = decide(*turn);
      turns_.push_back(std::move(*turn));
      session_.answer(reply);
      take_actions(sent_);
    }
  }

  void take_actions(std::string& out) {
    for (const core::Action& action : session_.take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) {
        CHECK_FALSE(closed_);
        out += send->bytes;
      }
      if (std::holds_alternative<core::Close>(action)) closed_ = true;
      if (std::holds_alternative<core::StartTls>(action)) wants_tls_ = true;
    }
  }

  smtp::ServerConfig config_;
  Decide decide_;
  smtp::ServerSession session_;
  std::string sent_;
  std::vector<smtp::Turn> turns_;
  bool closed_ = false;
  bool wants_tls_ = false;
};

}  // namespace test
