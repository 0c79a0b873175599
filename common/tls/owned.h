// Objects of mbedTLS that free themselves. Internal to tls/.
#pragma once

#include <memory>

struct mbedtls_pk_context;
struct mbedtls_ssl_config;
struct mbedtls_x509_crt;

namespace tls {

struct Free {
  void operator()(mbedtls_pk_context* key) const;
  void operator()(mbedtls_ssl_config* config) const;
  void operator()(mbedtls_x509_crt* chain) const;
};

template <typename T>
using Owned = std::unique_ptr<T, Free>;

// Initialised and empty.
[[nodiscard]] Owned<mbedtls_pk_context> new_key();
[[nodiscard]] Owned<mbedtls_ssl_config> new_config();
[[nodiscard]] Owned<mbedtls_x509_crt> new_chain();

}  // namespace tls
