// SASL exchanges (RFC 4422) as SMTP carries them (RFC 4954): what each line of the client means, whoever reads it.
//
// The same object runs in the server, which wants the claim, and beside the client, which wants to know which of its
// lines is a password.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.h"
#include "core/secret.h"

namespace sasl {

// What the server waits for; scenario rules name it (when.wants).
enum class Wants : std::uint8_t { kUser, kPassword, kResponse };

// The server's next challenge, before base64.
struct Challenge {
  std::string octets;
  Wants wants = Wants::kResponse;
  bool operator==(const Challenge&) const = default;
};

// Who the client says it is, with its proof. The exchange is over; somebody who knows the accounts judges.
struct Claim {
  std::string authorization;  // whom to act as; usually empty (RFC 4616)
  std::string user;
  core::Secret password;

  // Whether the proof was made with this password.
  [[nodiscard]] bool proves(std::string_view candidate) const { return password.equals(candidate); }
};

using Step = std::variant<Challenge, Claim>;

// One exchange of one mechanism. Copyable, so that a session is a value.
class Exchange {
 public:
  // Nothing when the mechanism (upper case) is not known.
  static std::optional<Exchange> begin(std::string_view mechanism);

  // What the server says first when the client sent no initial response.
  [[nodiscard]] Challenge first_challenge() const;

  // The client's next response, already decoded from base64. Errors (Blame::kPeer) say what the mechanism wanted.
  core::Result<Step> respond(std::string_view response);

  // Whether the response that comes next carries a password.
  [[nodiscard]] bool next_is_secret() const;
  [[nodiscard]] const std::string& mechanism() const { return mechanism_; }

 private:
  explicit Exchange(std::string_view mechanism) : mechanism_(mechanism) {}

  std::string mechanism_;
  std::optional<std::string> login_user_;  // LOGIN: the user name once it was given
};

// The mechanisms begin() knows, best first.
[[nodiscard]] const std::vector<std::string_view>& mechanisms();

}  // namespace sasl
