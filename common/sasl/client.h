// The client's side of a SASL exchange: what to answer to each challenge (RFC 4422 §3).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/secret.h"

namespace sasl {

// With what a client logs in.
struct Credentials {
  std::string user;
  std::string authorization;  // whom to act as; usually empty
  core::Secret password;
  core::Secret token;  // OAuth access token; empty when there is none
  std::string host;    // OAUTHBEARER names the server it talks to (RFC 7628 §3.1)
  std::uint16_t port = 0;
};

class ClientSide;

// One exchange. A value: copying it copies where it stands.
class Client {
 public:
  Client(const Client& other);
  Client(Client&& other) noexcept;
  Client& operator=(Client other) noexcept;
  ~Client();

  // nonce: fresh printable ASCII without ",", for SCRAM. Nothing when the mechanism (upper case) is not known.
  static std::optional<Client> begin(std::string_view mechanism, const Credentials& credentials, const std::string& nonce);

  // Whether the first response may stand in the AUTH command itself (RFC 4954 §4): all but LOGIN and CRAM-MD5.
  [[nodiscard]] bool speaks_first() const { return speaks_first_; }

  // The response to a challenge, both without base64. For the initial response the challenge is empty. Behind an error the
  // exchange is cancelled with "*". Errors: Blame::kPeer, id "sasl-challenge", says what is wrong with the challenge;
  // "sasl-impostor", that the server does not know the password (SCRAM); Blame::kCaller, id "sasl-credentials", that they
  // cannot be written in this mechanism: a NUL in a name.
  core::Result<std::string> respond(std::string_view challenge);

  // Whether a 235 may come now. Before SCRAM is done the server has not shown that it knows the password (RFC 5802 §5), and a
  // 235 proves nothing.
  [[nodiscard]] bool is_done() const;

 private:
  Client(bool speaks_first, std::unique_ptr<ClientSide> side);

  bool speaks_first_;
  std::unique_ptr<ClientSide> side_;
};

// The strongest of `offered` (upper case) that these credentials serve: with a token OAuth, otherwise a password mechanism.
[[nodiscard]] std::optional<std::string> choose(const std::vector<std::string>& offered, const Credentials& credentials);

}  // namespace sasl
