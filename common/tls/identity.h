// tls::Identity of authority.h from within. Internal to tls/.
#pragma once

#include "core/result.h"
#include "tls/authority.h"
#include "tls/config.h"
#include "tls/owned.h"

namespace tls {

class Identity {
 public:
  Identity(Owned<mbedtls_x509_crt> chain, Owned<mbedtls_pk_context> key);

  // For the server's side. Lives no longer than this.
  core::Result<Config> config(const Settings& settings) const { return configs_.of(settings); }

 private:
  Owned<mbedtls_x509_crt> chain_;
  Owned<mbedtls_pk_context> key_;
  mutable Configs configs_;  // made when they are first asked for
};

}  // namespace tls
