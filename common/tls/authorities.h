// tls::Trust of trust.h from within. Internal to tls/.
#pragma once

#include "tls/config.h"
#include "tls/owned.h"
#include "tls/trust.h"

namespace tls {

struct Trust::Authorities {
  // believes_anybody: a certificate that does not convince is taken nevertheless.
  Authorities(Owned<mbedtls_x509_crt> known, bool believes_anybody);

  [[nodiscard]] bool is_empty() const;

  Owned<mbedtls_x509_crt> chain;
  Configs configs;  // for the client's side; they live no longer than this
};

}  // namespace tls
