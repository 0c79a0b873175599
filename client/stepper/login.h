// What a login wants next: the client's side of the SASL exchanges of a dialogue, for proposals.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "sasl/client.h"
#include "smtp/command.h"
#include "smtp/extensions.h"
#include "smtp/reply.h"

namespace stepper {

// The mechanisms of the answer to EHLO, upper case, as announced; of the old form AUTH= too.
[[nodiscard]] std::vector<std::string> offered_mechanisms(const smtp::Extensions& extensions);

// Whether a client of this mechanism puts a password or a token on the wire as it is (base64 hides nothing).
[[nodiscard]] bool sends_password(std::string_view mechanism);

class Login {
 public:
  // Without credentials it proposes bare AUTH lines and no responses. nonce: printable ASCII without ",", for SCRAM; each
  // exchange adds its number, so that the same dialogue gives the same octets.
  Login(std::optional<sasl::Credentials> credentials, std::string nonce);

  // AUTH lines for what is offered and served by the credentials, the strongest mechanism first, each with its initial
  // response where it may have one (RFC 4954 §4).
  [[nodiscard]] std::vector<std::string> lines(const std::vector<std::string>& offered) const;
  // The initial response of the next exchange, base64; nothing when the mechanism has none or there are no credentials.
  [[nodiscard]] std::optional<std::string> initial_response(std::string_view mechanism) const;

  // An AUTH command was sent.
  void begun(const smtp::Command& command);
  // What answered a line of the exchange. 334 asks for a response.
  void answered(const smtp::Reply& reply);
  // The connection is gone, and a running exchange with it.
  void interrupted();
  // Starts anew, as before the first exchange.
  void restart();

  // What answers the last challenge, base64. "*" when the challenge is not to be answered: problem() says why.
  [[nodiscard]] const std::optional<std::string>& response() const { return response_; }
  // An id of scenarios/knowledge/failures.toml, or empty.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  [[nodiscard]] std::optional<sasl::Client> begin(std::string_view mechanism) const;

  std::optional<sasl::Credentials> credentials_;
  std::string nonce_;
  std::size_t exchanges_ = 0;
  std::optional<sasl::Client> client_;
  std::optional<std::string> response_;
  std::string problem_;
};

}  // namespace stepper
