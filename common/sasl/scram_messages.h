// The four messages of SCRAM (RFC 5802 §7), read strictly. Views point into the message that was read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "sasl/gs2.h"

namespace sasl {

// A client that is asked for more refuses: at this number it computes for one or two seconds.
inline constexpr std::uint32_t kMaxIterations = 1'000'000;
// A server repeats the client's nonce; a line of an exchange has at most 12,288 octets (RFC 4954 §4).
inline constexpr std::size_t kMaxNonce = 1024;

// attr-val = ALPHA "=" value
struct Attribute {
  char letter = '\0';
  std::string_view value;
  std::size_t at = 0;  // where the value starts in the message
};
using Attributes = std::vector<Attribute>;

// n,a=authorization,n=user,r=nonce
struct ClientFirst {
  Gs2Header header;
  std::string user;
  std::string nonce;
  Attributes attributes;
};

// r=nonce of both,s=salt,i=iterations
struct ServerFirst {
  std::string nonce;
  std::string salt;  // decoded
  std::uint32_t iterations = 0;
  Attributes attributes;
};

// c=the GS2 header,r=nonce of both,p=proof
struct ClientFinal {
  std::string header;  // decoded
  std::string nonce;
  std::string proof;               // decoded
  std::string_view without_proof;  // what the proof is about: all before ",p="
  Attributes attributes;
};

// v=signature, or e=what the server did not like
struct ServerFinal {
  std::string signature;  // decoded; empty when there is an error
  std::string error;
  Attributes attributes;
};

core::Result<ClientFirst> read_client_first(std::string_view message);
core::Result<ServerFirst> read_server_first(std::string_view message);
core::Result<ClientFinal> read_client_final(std::string_view message);
core::Result<ServerFinal> read_server_final(std::string_view message);

}  // namespace sasl
