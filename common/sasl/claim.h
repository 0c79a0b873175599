// What a SASL exchange comes to: who the client says it is, with its proof. Somebody who knows the accounts judges it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/secret.h"

namespace sasl {

struct Claim {
  std::string authorization;  // whom to act as; usually empty (RFC 4422 §2)
  std::string user;           // may be empty: OAUTHBEARER need not say it
  core::Secret password;      // PLAIN and LOGIN: the password; XOAUTH2 and OAUTHBEARER: the token; otherwise empty
  bool is_token = false;      // `password` is an OAuth token
  bool is_proof = false;      // the password itself never came: CRAM-MD5, SCRAM
  bool is_final = false;      // nothing more has to be said before the reply

  // Of proofs only: whether this one was made with the password, and SCRAM's server-final-message for it. Set by the
  // mechanism; called through proves() and last_word().
  std::function<bool(std::string_view password)> check = {};
  std::function<std::string(std::string_view password)> server_final = {};
  std::string oauth_error = {};  // XOAUTH2, OAUTHBEARER: what the client hears before it is refused

  // Whether it is this password (or token), or was made with it.
  [[nodiscard]] bool proves(std::string_view candidate) const;

  // What the server has to send as one more challenge before its reply; nothing in most cases. SCRAM shows before it says
  // 235 that it knows the password too (RFC 5802 §3); OAuth tells before it says 535 what is wrong with the token
  // (RFC 7628 §3.2.3). `accepted`: how the claim was judged; `secret`: the password or token it was judged by.
  [[nodiscard]] std::optional<std::string> last_word(bool accepted, std::string_view secret) const;
};

}  // namespace sasl
