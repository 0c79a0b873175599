#include "tls/library.h"

#include <array>

#include <mbedtls/version.h>

#include "tls/settings.h"

namespace tls {

std::string library_version() {
  std::array<char, 32> text{};  // 18 octets are asked for (mbedtls/version.h)
  mbedtls_version_get_string_full(text.data());
  return text.data();
}

std::string library_summary() {
  return library_version() + (newest_version() == Version::kTls13 ? " with TLS 1.3" : " without TLS 1.3");
}

}  // namespace tls
