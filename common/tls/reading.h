// From the library's certificates to those for people. Internal to tls/.
#pragma once

#include <string>
#include <string_view>

#include "tls/certificate.h"

struct mbedtls_x509_crt;

namespace tls {

[[nodiscard]] Certificate read(const mbedtls_x509_crt& certificate);

// Whether it names itself as its issuer.
[[nodiscard]] bool is_self_issued(const mbedtls_x509_crt& certificate);

// Whether it is for this address, given as octets: nothing but a subjectAltName of that kind counts (RFC 2818 §3.1).
[[nodiscard]] bool is_for_address(const mbedtls_x509_crt& certificate, std::string_view octets);

// "0a:1b:2c".
[[nodiscard]] std::string hex_text(std::string_view octets);

}  // namespace tls
