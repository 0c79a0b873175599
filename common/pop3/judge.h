// What a server answers that only knows the RFCs. Logging in is judged in login.h.
#pragma once

#include <string>
#include <string_view>

#include "pop3/maildrop.h"
#include "pop3/server_config.h"
#include "pop3/session_state.h"
#include "pop3/turn.h"

namespace pop3 {

// Made for one turn; what it is made of outlives it. Each function fills in what it finds: `proposed`, `closes`, remarks.
class Judge {
 public:
  Judge(const ServerConfig& config, const SessionState& state, const Maildrop& maildrop);

  // The connection: the greeting. nonce: of the time stamp.
  void greet(Turn& turn, std::string_view nonce) const;
  // A command that is no login.
  void command(Turn& turn) const;
  // A command that is malformed, not offered or out of order. False when it is none of these.
  bool refuse(Turn& turn) const;
  // A line that ends in LF alone, at a server that takes none. False when there is nothing wrong.
  bool refuse_line_end(Turn& turn) const;

  [[nodiscard]] static Answer ok(std::string text = {}) { return {Outcome::kOk, {}, std::move(text)}; }
  // Response codes stand only where they were announced (RFC 2449 §6.4, RFC 3206 §6).
  [[nodiscard]] Answer refused(std::string_view code, std::string text) const;
  // Of a folder that could not do what was asked.
  [[nodiscard]] Answer failed(const core::Error& error) const;
  // "2 messages (320 octets)", of those that are not marked.
  [[nodiscard]] std::string amount() const;

  // What is announced now.
  [[nodiscard]] const Capabilities& offer() const { return offer_; }
  [[nodiscard]] const ServerConfig& config() const { return config_; }
  [[nodiscard]] const SessionState& state() const { return state_; }

 private:
  bool refuse_message(Turn& turn) const;
  void quit(Turn& turn) const;
  [[nodiscard]] Answer listing(const Command& command, Maildrop::Column column) const;
  [[nodiscard]] Answer text(const Command& command) const;

  const ServerConfig& config_;
  const SessionState& state_;
  const Maildrop& maildrop_;
  Capabilities offer_;
};

// What `config` announces inside TLS or in clear.
Capabilities announced(const ServerConfig& config, bool encrypted);

}  // namespace pop3
