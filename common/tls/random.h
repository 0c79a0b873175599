// The one source of randomness of the process: a deterministic generator (CTR_DRBG) seeded by the system.
#pragma once

#include <cstddef>
#include <string>

namespace tls {

// Letters and digits, `size` of them, each chosen by chance: for nonces and names that nobody may guess.
[[nodiscard]] std::string random_text(std::size_t size);

// The same as octets of any value.
[[nodiscard]] std::string random_octets(std::size_t size);

// In the form mbedTLS asks for; `unused` may be null. Gives 0, or an error code of the library.
int fill_randomly(void* unused, unsigned char* out, std::size_t size);

}  // namespace tls
