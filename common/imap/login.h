// Logging in on the server's side: LOGIN, and AUTHENTICATE with its exchanges, one after the other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "imap/answer.h"
#include "imap/command.h"
#include "imap/server_config.h"
#include "sasl/exchange.h"

namespace imap {

class Login {
 public:
  // What a line of a login comes to.
  struct Step {
    Answer answer;  // of a server that knows no accounts
    std::optional<sasl::Challenge> challenge = {};
    std::optional<sasl::Claim> claim = {};
    std::optional<core::Error> fault = {};  // it brought neither
    bool closes = false;
  };

  // nonce: of the session; each exchange adds its number.
  Login(const ServerConfig& config, std::string nonce) : config_(config), nonce_(std::move(nonce)) {}

  // LOGIN or AUTHENTICATE. REQUIRES: it may come now, and is offered.
  [[nodiscard]] Step begin(const Command& command, const Capabilities& offers);
  // A line of an exchange, without its end.
  [[nodiscard]] Step respond(std::string_view line);

  // The answer that went out. goes_on: an exchange is not over.
  void answered(const protocol::Answer& answer, bool goes_on);
  // What was refused still counts.
  void forget();

  [[nodiscard]] bool next_is_secret() const { return !exchange_ || exchange_->next_is_secret(); }
  [[nodiscard]] bool next_is_plain() const { return exchange_ && exchange_->mechanism() == "PLAIN"; }
  // Who logs in if the answer is OK.
  [[nodiscard]] const std::string& claimed_user() const { return claimed_user_; }

 private:
  [[nodiscard]] Step claim(sasl::Claim claim);
  [[nodiscard]] Step take_response(std::string_view base64, bool is_initial);
  [[nodiscard]] static Step challenge(sasl::Challenge challenge);

  const ServerConfig& config_;
  std::string nonce_;
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;
  std::size_t exchanges_ = 0;
  std::size_t refused_ = 0;
};

}  // namespace imap
