// The keys of SCRAM and what is made of them (RFC 5802 §3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sasl/hashes.h"

namespace sasl {

// Everything here is raw octets, as long as the hash.
struct ScramKeys {
  Hash hash = Hash::kSha1;
  std::string client_key;
  std::string stored_key;  // what a server keeps in place of the password, with the next
  std::string server_key;

  // `client_key` hidden behind a signature of both sides' messages: who knows `stored_key` can uncover and check it, who only
  // listens cannot.
  [[nodiscard]] std::string proof(std::string_view auth_message) const;
  // Whether this proof was made with these keys.
  [[nodiscard]] bool is_proof(std::string_view proof, std::string_view auth_message) const;
  // What only a server can say that knows `server_key`.
  [[nodiscard]] std::string server_signature(std::string_view auth_message) const;
};

// Takes as long as the iterations do. Passwords are used as they are: SASLprep (RFC 4013) changes nothing in printable ASCII,
// and what it would make of other UTF-8 (other forms of the same letter, exotic blanks) is not done here, on either side.
[[nodiscard]] ScramKeys scram_keys(Hash hash, std::string_view password, std::string_view salt, std::uint32_t iterations);

}  // namespace sasl
