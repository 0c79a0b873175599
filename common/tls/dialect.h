// Where mbedTLS 2.28 and 3.x differ. Internal to tls/: what is the same in both is called directly.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "tls/settings.h"

struct mbedtls_ssl_config;
struct mbedtls_ssl_context;
struct mbedtls_x509write_cert;

namespace tls::dialect {

// To be called before anything else of the library, any number of times. Gives 0 or an error code.
int begin();

// The versions that the library speaks.
[[nodiscard]] Version oldest();
[[nodiscard]] Version newest();

// REQUIRES: oldest() <= from <= to <= newest().
void set_versions(mbedtls_ssl_config& config, Version from, Version to);

// The curves for the key exchange, the one that costs least first. 2.28 would take the largest.
void set_curves(mbedtls_ssl_config& config);

// Gives `log`, which outlives both, the lines of the key log. REQUIRES: config belongs to this connection alone.
void log_keys(mbedtls_ssl_config& config, mbedtls_ssl_context& ssl, const std::function<void(std::string_view)>& log);

// What a failed call was about, as far as its error code tells.
enum class Trouble : std::uint8_t { kVersion, kCipher, kCertificate, kOther };
[[nodiscard]] Trouble trouble_of(int code);

// A code of mbedtls_ssl_read that only says: call again.
[[nodiscard]] bool is_news_only(int code);

// The description octet of the fatal alert that came last (RFC 5246 §7.2).
[[nodiscard]] std::uint8_t last_alert(const mbedtls_ssl_context& ssl);

// The number of the ciphersuite that the server chose; 0 before.
[[nodiscard]] int ciphersuite(const mbedtls_ssl_context& ssl);

// What was given to mbedtls_ssl_set_bio.
[[nodiscard]] void* owner(mbedtls_ssl_context& ssl);

int set_serial(mbedtls_x509write_cert& writing, std::string_view octets);

}  // namespace tls::dialect
