// The head that the first message of SCRAM and of OAUTHBEARER begins with, and names as both write them (RFC 5801 §4,
// RFC 5802 §7).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/span.h"

namespace sasl {

struct Gs2Header {
  std::string authorization;       // decoded; empty when the message names none
  core::Span authorization_where;  // as it stands in the message
  std::size_t length = 0;          // in octets, with its last comma
};

// Reads it from the start of a message. Channel binding ("p=") is refused: no mechanism here has it.
core::Result<Gs2Header> read_gs2(std::string_view message);

// "n,," or "n,a=name,".
[[nodiscard]] std::string write_gs2(std::string_view authorization);

// saslname: "," is written "=2C" and "=" is written "=3D"; any other "=" is an error, and so is an empty name.
core::Result<std::string> decode_saslname(std::string_view text);
[[nodiscard]] std::string encode_saslname(std::string_view name);

}  // namespace sasl
