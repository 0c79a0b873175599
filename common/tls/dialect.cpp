#include "tls/dialect.h"

#include <array>
#include <string>

#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <mbedtls/x509.h>
#include <mbedtls/x509_crt.h>

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#else
#define MBEDTLS_PRIVATE(member) member
#endif

namespace tls::dialect {
namespace {

std::string hex(const unsigned char* octets, std::size_t size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[octets[i] >> 4U];
    text += kDigits[octets[i] & 15U];
  }
  return text;
}

constexpr std::size_t kRandom = 32;        // RFC 5246 §7.4.1.2
constexpr std::size_t kMasterSecret = 48;  // RFC 5246 §8.1

// One line of the NSS key log format.
void write_key(void* to, std::string_view label, const unsigned char* client_random, const unsigned char* secret,
               std::size_t size) {
  const auto& log = *static_cast<const std::function<void(std::string_view)>*>(to);
  log(std::string(label) + " " + hex(client_random, kRandom) + " " + hex(secret, size));
}

// An error of the X.509 module, with or without one of ASN.1 added to it (mbedtls/error.h).
bool is_of_x509(int code) {
  const unsigned high = static_cast<unsigned>(-code) & 0xFF80U;
  return code < 0 && ((high >= 0x2080U && high <= 0x2980U) || high == 0x3000U);
}

}  // namespace

std::uint8_t last_alert(const mbedtls_ssl_context& ssl) { return ssl.MBEDTLS_PRIVATE(in_msg)[1]; }

int ciphersuite(const mbedtls_ssl_context& ssl) {
  const mbedtls_ssl_session* session = ssl.MBEDTLS_PRIVATE(session);
  if (session == nullptr) session = ssl.MBEDTLS_PRIVATE(session_negotiate);
  return session == nullptr ? 0 : session->MBEDTLS_PRIVATE(ciphersuite);
}

void* owner(mbedtls_ssl_context& ssl) { return ssl.MBEDTLS_PRIVATE(p_bio); }

#if MBEDTLS_VERSION_NUMBER >= 0x03000000

int begin() {
  static const psa_status_t status = psa_crypto_init();
  return status == PSA_SUCCESS ? 0 : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

Version oldest() { return Version::kTls12; }

#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
Version newest() { return Version::kTls13; }
#else
Version newest() { return Version::kTls12; }
#endif

void set_versions(mbedtls_ssl_config& config, Version from, Version to) {
  const auto number = [](Version version) {
    return version == Version::kTls13 ? MBEDTLS_SSL_VERSION_TLS1_3 : MBEDTLS_SSL_VERSION_TLS1_2;
  };
  mbedtls_ssl_conf_min_tls_version(&config, number(from));
  mbedtls_ssl_conf_max_tls_version(&config, number(to));
}

void set_curves(mbedtls_ssl_config& config) {
  static constexpr std::array<std::uint16_t, 5> kGroups{MBEDTLS_SSL_IANA_TLS_GROUP_X25519, MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
                                                        MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
                                                        MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1, MBEDTLS_SSL_IANA_TLS_GROUP_NONE};
  mbedtls_ssl_conf_groups(&config, kGroups.data());
}

void log_keys(mbedtls_ssl_config& /*config*/, mbedtls_ssl_context& ssl, const std::function<void(std::string_view)>& log) {
  const auto on_key = [](void* to, mbedtls_ssl_key_export_type type, const unsigned char* secret, std::size_t size,
                         const unsigned char client_random[kRandom], const unsigned char /*server_random*/[kRandom],
                         mbedtls_tls_prf_types /*prf*/) {
    switch (type) {
      case MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET: return write_key(to, "CLIENT_RANDOM", client_random, secret, size);
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
      case MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_EARLY_SECRET:
        return write_key(to, "CLIENT_EARLY_TRAFFIC_SECRET", client_random, secret, size);
      case MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_HANDSHAKE_TRAFFIC_SECRET:
        return write_key(to, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", client_random, secret, size);
      case MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_HANDSHAKE_TRAFFIC_SECRET:
        return write_key(to, "SERVER_HANDSHAKE_TRAFFIC_SECRET", client_random, secret, size);
      case MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_APPLICATION_TRAFFIC_SECRET:
        return write_key(to, "CLIENT_TRAFFIC_SECRET_0", client_random, secret, size);
      case MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_APPLICATION_TRAFFIC_SECRET:
        return write_key(to, "SERVER_TRAFFIC_SECRET_0", client_random, secret, size);
#endif
      default: return;  // of a later library: secrets that no line of the format is for
    }
  };
  mbedtls_ssl_set_export_keys_cb(&ssl, on_key, const_cast<std::function<void(std::string_view)>*>(&log));
}

Trouble trouble_of(int code) {
  switch (code) {
    case MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION: return Trouble::kVersion;
    case MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE: return Trouble::kCipher;
    case MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED:
    case MBEDTLS_ERR_SSL_BAD_CERTIFICATE: return Trouble::kCertificate;
    default: return is_of_x509(code) ? Trouble::kCertificate : Trouble::kOther;
  }
}

bool is_news_only(int code) { return code == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET; }

int set_serial(mbedtls_x509write_cert& writing, std::string_view octets) {
  std::string copy(octets);
  return mbedtls_x509write_crt_set_serial_raw(&writing, reinterpret_cast<unsigned char*>(copy.data()), copy.size());
}

#else

int begin() { return 0; }

Version oldest() { return Version::kTls10; }
Version newest() { return Version::kTls12; }

void set_versions(mbedtls_ssl_config& config, Version from, Version to) {
  // TLS 1.0 is 3.1 on the wire (RFC 2246 §6.2.1).
  mbedtls_ssl_conf_min_version(&config, MBEDTLS_SSL_MAJOR_VERSION_3, static_cast<int>(from) + MBEDTLS_SSL_MINOR_VERSION_1);
  mbedtls_ssl_conf_max_version(&config, MBEDTLS_SSL_MAJOR_VERSION_3, static_cast<int>(to) + MBEDTLS_SSL_MINOR_VERSION_1);
}

void set_curves(mbedtls_ssl_config& config) {
  static constexpr std::array<mbedtls_ecp_group_id, 5> kCurves{MBEDTLS_ECP_DP_CURVE25519, MBEDTLS_ECP_DP_SECP256R1,
                                                               MBEDTLS_ECP_DP_SECP384R1, MBEDTLS_ECP_DP_SECP521R1,
                                                               MBEDTLS_ECP_DP_NONE};
  mbedtls_ssl_conf_curves(&config, kCurves.data());
}

void log_keys(mbedtls_ssl_config& config, mbedtls_ssl_context& /*ssl*/, const std::function<void(std::string_view)>& log) {
  const auto on_key = [](void* to, const unsigned char* master_secret, const unsigned char* /*key_block*/,
                         std::size_t /*mac_size*/, std::size_t /*key_size*/, std::size_t /*iv_size*/,
                         const unsigned char client_random[kRandom], const unsigned char /*server_random*/[kRandom],
                         mbedtls_tls_prf_types /*prf*/) {
    write_key(to, "CLIENT_RANDOM", client_random, master_secret, kMasterSecret);
    return 0;
  };
  mbedtls_ssl_conf_export_keys_ext_cb(&config, on_key, const_cast<std::function<void(std::string_view)>*>(&log));
}

Trouble trouble_of(int code) {
  switch (code) {
    case MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION: return Trouble::kVersion;
    case MBEDTLS_ERR_SSL_NO_CIPHER_CHOSEN:
    case MBEDTLS_ERR_SSL_NO_USABLE_CIPHERSUITE: return Trouble::kCipher;
    case MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED:
    case MBEDTLS_ERR_SSL_CERTIFICATE_TOO_LARGE:
    case MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE: return Trouble::kCertificate;
    default: return is_of_x509(code) ? Trouble::kCertificate : Trouble::kOther;
  }
}

bool is_news_only(int /*code*/) { return false; }

int set_serial(mbedtls_x509write_cert& writing, std::string_view octets) {
  mbedtls_mpi serial;
  mbedtls_mpi_init(&serial);
  int code = mbedtls_mpi_read_binary(&serial, reinterpret_cast<const unsigned char*>(octets.data()), octets.size());
  if (code == 0) code = mbedtls_x509write_crt_set_serial(&writing, &serial);
  mbedtls_mpi_free(&serial);
  return code;
}

#endif

}  // namespace tls::dialect
