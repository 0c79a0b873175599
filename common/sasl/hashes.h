// The hashes that proofs are made of. The only place of this folder that knows a library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sasl {

enum class Hash : std::uint8_t { kMd5, kSha1, kSha256 };

// Length of a digest in octets.
[[nodiscard]] std::size_t digest_length(Hash hash);

// All of these give digest_length(hash) raw octets.
[[nodiscard]] std::string digest(Hash hash, std::string_view octets);
[[nodiscard]] std::string hmac(Hash hash, std::string_view key, std::string_view octets);  // RFC 2104
// One block of PBKDF2 (RFC 8018 §5.2), which is Hi() of RFC 5802 §2.2. A million iterations take one or two seconds.
// REQUIRES: iterations >= 1.
[[nodiscard]] std::string pbkdf2(Hash hash, std::string_view password, std::string_view salt, std::uint32_t iterations);

// `octets` as hexadecimal digits in lower case.
[[nodiscard]] std::string hexadecimal(std::string_view octets);

// Whether both are the same, in time that depends on the lengths alone.
[[nodiscard]] bool same_octets(std::string_view a, std::string_view b);

}  // namespace sasl
