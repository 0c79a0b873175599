#include "tls/identity.h"

#include <utility>

#include <mbedtls/ssl.h>

namespace tls {

Identity::Identity(Owned<mbedtls_x509_crt> chain, Owned<mbedtls_pk_context> key)
    : chain_(std::move(chain)), key_(std::move(key)), configs_(Side::kServer, [this](mbedtls_ssl_config& config) {
        mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_NONE);  // the client logs in with SMTP's means
        return mbedtls_ssl_conf_own_cert(&config, chain_.get(), key_.get());
      }) {}

}  // namespace tls
