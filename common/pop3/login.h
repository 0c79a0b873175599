// Logging in on the server's side: USER and PASS, APOP, and AUTH with its exchanges, one after the other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "pop3/judge.h"
#include "sasl/exchange.h"

namespace pop3 {

class Login {
 public:
  // nonce: of the session; each exchange adds its number.
  explicit Login(std::string nonce) : nonce_(std::move(nonce)) {}

  // USER, PASS, APOP, AUTH or a line of an exchange: fills in what a server answers that knows no accounts.
  void judge(Turn& turn, const Judge& judge);

  // The answer that went out. goes_on: an exchange is not over.
  void answered(Input input, const Answer& answer, bool goes_on);
  // The login does not outlive the clear text (RFC 2595 §4); what was refused still counts.
  void forget();

  // Of the line that comes next.
  [[nodiscard]] bool next_is_secret() const { return !exchange_ || exchange_->next_is_secret(); }
  [[nodiscard]] bool next_is_plain() const { return exchange_ && exchange_->mechanism() == "PLAIN"; }
  // Who logs in if the answer is +OK.
  [[nodiscard]] const std::string& claimed_user() const { return claimed_user_; }

 private:
  bool refuse_attempt(Turn& turn, const Judge& judge) const;
  void claim(Turn& turn, const Judge& judge, sasl::Claim claim);
  void begin(Turn& turn, const Judge& judge);
  void respond(Turn& turn, const Judge& judge);
  void take_response(Turn& turn, const Judge& judge, std::string_view base64);
  [[nodiscard]] sasl::ServerPart server_part(const ServerConfig& config);

  std::string nonce_;
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;
  std::size_t exchanges_ = 0;
  std::size_t refused_ = 0;
};

}  // namespace pop3
