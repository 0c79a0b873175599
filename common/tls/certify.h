// Writing and signing a certificate (RFC 5280 §4). Internal to tls/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "tls/owned.h"

namespace tls {

// What goes into a certificate.
struct Paper {
  std::string subject;  // "CN=mx.example,O=smtplab"
  std::string issuer;
  mbedtls_pk_context& key;         // of the subject
  mbedtls_pk_context& issuer_key;  // signs
  std::int64_t not_before = 0;     // seconds since 1970
  std::int64_t not_after = 0;
  bool is_authority = false;       // may sign others; otherwise it is for a server
  std::vector<std::string> hosts;  // DNS names and addresses
};

// A new P-256 key. Errors here are Blame::kSystem: no randomness, no memory.
core::Result<Owned<mbedtls_pk_context>> make_key();

// The same key for signing only: one like this the library prepares once, the other for each signature, which takes twice as
// long.
core::Result<Owned<mbedtls_pk_context>> signing_key(const mbedtls_pk_context& key);

// The certificate, with a serial number made by chance.
core::Result<Owned<mbedtls_x509_crt>> certify(const Paper& paper);

// REQUIRES: a single certificate.
core::Result<std::string> pem_of(const mbedtls_x509_crt& certificate);

}  // namespace tls
