#include "sasl/claim.h"

namespace sasl {

bool Claim::proves(std::string_view candidate) const {
  if (is_proof) return check && check(candidate);
  // An OAuth client may show no token at all, to be told what is wanted (RFC 7628 §4.3): an account without a token is not his.
  if (is_token && candidate.empty()) return false;
  return password.equals(candidate);
}

std::optional<std::string> Claim::last_word(bool accepted, std::string_view secret) const {
  if (is_final) return std::nullopt;
  if (accepted && server_final) return server_final(secret);
  if (!accepted && !oauth_error.empty()) return oauth_error;
  return std::nullopt;
}

}  // namespace sasl
