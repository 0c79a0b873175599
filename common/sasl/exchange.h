// The server's side of a SASL exchange (RFC 4422) as SMTP carries it (RFC 4954): what each line of the client means.
//
// The same object runs in the server, which wants the claim, and beside the client, which wants to know who logs in and
// which of its lines is a password. What the client itself says is made by sasl/client.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.h"
#include "sasl/claim.h"

namespace sasl {

// What the server waits for; scenario rules name it (when.wants).
enum class Wants : std::uint8_t { kUser, kPassword, kResponse };

// The server's next challenge, before base64.
struct Challenge {
  std::string octets;
  Wants wants = Wants::kResponse;
  bool operator==(const Challenge&) const = default;
};

using Step = std::variant<Challenge, Claim>;

// What a server brings into an exchange. The core has no randomness of its own.
struct ServerPart {
  std::string nonce = "nonce";        // fresh for each exchange; printable ASCII without "," and ">"
  std::string host = "mock.example";  // in the challenge of CRAM-MD5
  // What a client hears whose token is refused (RFC 7628 §3.2.2), JSON.
  std::string oauth_error = R"({"status":"invalid_token","schemes":"bearer","scope":"mail"})";
};

class ServerSide;

// One exchange of one mechanism. A value: copying it copies where it stands.
class Exchange {
 public:
  Exchange(const Exchange& other);
  Exchange(Exchange&& other) noexcept;
  Exchange& operator=(Exchange other) noexcept;
  ~Exchange();

  // Nothing when the mechanism (upper case) is not known.
  static std::optional<Exchange> begin(std::string_view mechanism, const ServerPart& part = {});

  // What the server says first when the client sent no initial response.
  [[nodiscard]] Challenge first_challenge() const;

  // The challenge that really went out, without base64: the one given here, a scenario's, a real server's. Comes behind the
  // respond() that it answers. Mechanisms whose server speaks first (CRAM-MD5) refuse a response that comes before any.
  void challenged(std::string_view octets);

  // The client's next response, already decoded from base64. Errors (Blame::kPeer) say what the mechanism wanted.
  //
  // Where a mechanism ends with one more word of the server (Claim::last_word), the Claim comes twice: when it can be
  // judged, and again, with is_final, when the client has answered that word.
  core::Result<Step> respond(std::string_view response);

  // Whether the response that comes next carries a password or a token.
  [[nodiscard]] bool next_is_secret() const;
  [[nodiscard]] const std::string& mechanism() const { return mechanism_; }

 private:
  Exchange(std::string_view mechanism, std::unique_ptr<ServerSide> side);

  std::string mechanism_;
  std::unique_ptr<ServerSide> side_;
};

// The mechanisms begin() knows, strongest first: SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 OAUTHBEARER XOAUTH2 PLAIN LOGIN.
[[nodiscard]] const std::vector<std::string_view>& mechanisms();

}  // namespace sasl
