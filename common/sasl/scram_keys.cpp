#include "sasl/scram_keys.h"

namespace sasl {
namespace {

// REQUIRES: both have the same length.
std::string exclusive_or(std::string_view a, std::string_view b) {
  std::string out;
  out.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    out += static_cast<char>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  return out;
}

}  // namespace

ScramKeys scram_keys(Hash hash, std::string_view password, std::string_view salt, std::uint32_t iterations) {
  const std::string salted_password = pbkdf2(hash, password, salt, iterations);
  ScramKeys keys;
  keys.hash = hash;
  keys.client_key = hmac(hash, salted_password, "Client Key");
  keys.stored_key = digest(hash, keys.client_key);
  keys.server_key = hmac(hash, salted_password, "Server Key");
  return keys;
}

std::string ScramKeys::proof(std::string_view auth_message) const {
  return exclusive_or(client_key, hmac(hash, stored_key, auth_message));
}

bool ScramKeys::is_proof(std::string_view proof, std::string_view auth_message) const {
  if (proof.size() != digest_length(hash)) return false;
  // As a server does it that has only the stored key (RFC 5802 §3).
  return same_octets(digest(hash, exclusive_or(proof, hmac(hash, stored_key, auth_message))), stored_key);
}

std::string ScramKeys::server_signature(std::string_view auth_message) const { return hmac(hash, server_key, auth_message); }

}  // namespace sasl
