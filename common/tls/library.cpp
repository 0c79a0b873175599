#include "tls/library.h"

#include <array>

#include <mbedtls/version.h>

namespace tls {

std::string library_version() {
  std::array<char, 32> text{};  // 18 octets are asked for (mbedtls/version.h)
  mbedtls_version_get_string_full(text.data());
  return text.data();
}

}  // namespace tls
