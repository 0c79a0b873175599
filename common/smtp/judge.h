// What a server answers that only knows the RFCs. Logging in is judged in login.h.
#pragma once

#include <string>
#include <string_view>

#include "smtp/offer.h"
#include "smtp/parameters.h"
#include "smtp/server_config.h"
#include "smtp/session_state.h"
#include "smtp/turn.h"

namespace smtp {

// Made for one turn; config and state outlive it. Each function fills in what it finds: `proposed`, `closes`, remarks.
class Judge {
 public:
  Judge(const ServerConfig& config, const SessionState& state)
      : config_(config), state_(state), offer_(config, state.memory()) {}

  // The connection: the greeting.
  void greet(Turn& turn) const;
  // A command that is no AUTH. followed: more octets have come behind it, which STARTTLS does not allow.
  void command(Turn& turn, bool followed) const;
  // A command that is malformed, not offered or out of order. False when it is none of these: its argument is to be judged.
  bool refuse(Turn& turn) const;
  // The end of the mail data, or the octets of a BDAT.
  void message(Turn& turn) const;
  // A line that ends in LF alone, or has a CR inside, at a server that takes neither. False when there is nothing wrong.
  bool refuse_line_end(Turn& turn) const;

  // Enhanced codes stand only where they were announced (RFC 2034 §3). No line is longer than RFC 5321 §4.5.3.1.5 allows.
  [[nodiscard]] Reply reply(int code, std::string_view enhanced, std::string_view text) const;
  [[nodiscard]] Reply reply(const PlainAnswer& answer) const { return reply(answer.code, answer.enhanced, answer.text); }
  [[nodiscard]] const Offer& offer() const { return offer_; }
  [[nodiscard]] const ServerConfig& config() const { return config_; }
  [[nodiscard]] const Memory& memory() const { return state_.memory(); }

 private:
  [[nodiscard]] bool is_not_offered(const Turn& turn) const;
  [[nodiscard]] Reply malformed(const CommandError& fault) const;
  // REQUIRES: the turn's input may not come now.
  void refuse_order(Turn& turn) const;
  [[nodiscard]] Reply hello(const Command& command) const;
  [[nodiscard]] Reply help(const std::string& about) const;
  [[nodiscard]] Reply to(const Refusal& refusal) const { return reply(refusal.code, refusal.enhanced, refusal.text); }
  bool refuse_envelope(Turn& turn) const;
  void mail(Turn& turn) const;
  void rcpt(Turn& turn) const;
  void starttls(Turn& turn, bool followed) const;

  const ServerConfig& config_;
  const SessionState& state_;
  Offer offer_;
};

}  // namespace smtp
