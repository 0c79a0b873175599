// AUTH on the server's side: its exchanges, one after the other (RFC 4954).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sasl/exchange.h"
#include "smtp/judge.h"

namespace smtp {

class Login {
 public:
  // nonce: of the session; each exchange adds its number.
  explicit Login(std::string nonce) : nonce_(std::move(nonce)) {}

  // AUTH, and a line of the exchange: fill in what a server answers that knows no accounts.
  void begin(Turn& turn, const Judge& judge);
  void respond(Turn& turn, const Judge& judge);

  // The reply that went out. goes_on: the exchange is not over.
  void answered(Input input, const Reply& reply, bool goes_on);
  // The login does not outlive the clear text (RFC 3207 §4.2); what was refused still counts.
  void forget();

  // Of the line that comes next.
  [[nodiscard]] bool next_is_secret() const { return !exchange_ || exchange_->next_is_secret(); }
  [[nodiscard]] bool next_is_plain() const { return exchange_ && exchange_->mechanism() == "PLAIN"; }
  // Who logs in if the reply is 235.
  [[nodiscard]] const std::string& claimed_user() const { return claimed_user_; }

 private:
  void take_response(Turn& turn, const Judge& judge, std::string_view base64);
  void take_step(Turn& turn, const Judge& judge, sasl::Step step);
  [[nodiscard]] sasl::ServerPart server_part(const ServerConfig& config);

  std::string nonce_;
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;
  std::size_t exchanges_ = 0;
  std::size_t refused_ = 0;
};

}  // namespace smtp
