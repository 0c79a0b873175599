#include "tls/owned.h"

#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

namespace tls {

void Free::operator()(mbedtls_pk_context* key) const {
  mbedtls_pk_free(key);
  delete key;
}

void Free::operator()(mbedtls_ssl_config* config) const {
  mbedtls_ssl_config_free(config);
  delete config;
}

void Free::operator()(mbedtls_x509_crt* chain) const {
  mbedtls_x509_crt_free(chain);
  delete chain;
}

Owned<mbedtls_pk_context> new_key() {
  Owned<mbedtls_pk_context> key(new mbedtls_pk_context);
  mbedtls_pk_init(key.get());
  return key;
}

Owned<mbedtls_ssl_config> new_config() {
  Owned<mbedtls_ssl_config> config(new mbedtls_ssl_config);
  mbedtls_ssl_config_init(config.get());
  return config;
}

Owned<mbedtls_x509_crt> new_chain() {
  Owned<mbedtls_x509_crt> chain(new mbedtls_x509_crt);
  mbedtls_x509_crt_init(chain.get());
  return chain;
}

}  // namespace tls
