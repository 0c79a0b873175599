// What a login wants next: the client's side of the SASL exchanges of a dialogue, one after the other, for proposals.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sasl/client.h"

namespace sasl {

// Whether a client of this mechanism puts a password or a token on the wire as it is (base64 hides nothing).
[[nodiscard]] bool sends_password(std::string_view mechanism);

class ClientLogin {
 public:
  // Without credentials it proposes bare mechanisms and no responses. nonce: printable ASCII without ",", for SCRAM; each
  // exchange adds its number, so that the same dialogue gives the same octets.
  ClientLogin(std::optional<Credentials> credentials, std::string nonce);

  // What begins a login with what is offered (upper case) and served by the credentials, the strongest mechanism first: its
  // name, and behind a blank its initial response where it has one.
  [[nodiscard]] std::vector<std::string> beginnings(const std::vector<std::string>& offered) const;
  // The initial response of the next exchange, base64; nothing when the mechanism has none or there are no credentials.
  [[nodiscard]] std::optional<std::string> initial_response(std::string_view mechanism) const;

  // The command that begins a login was sent. mechanism: upper case.
  void begun(std::string_view mechanism, bool has_initial_response);
  // What answered a line of the exchange: a challenge, in base64 …
  void challenged(std::string_view base64);
  // … or the end of it. The connection may be gone as well.
  void ended();
  // Starts anew, as before the first exchange.
  void restart();

  // What answers the last challenge, base64. "*" when the challenge is not to be answered: problem() says why.
  [[nodiscard]] const std::optional<std::string>& response() const { return response_; }
  // An id of scenarios/knowledge/failures.toml, or empty.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  [[nodiscard]] std::optional<Client> begin(std::string_view mechanism) const;

  std::optional<Credentials> credentials_;
  std::string nonce_;
  std::size_t exchanges_ = 0;
  std::optional<Client> client_;
  std::optional<std::string> response_;
  std::string problem_;
};

}  // namespace sasl
