#include "tls/certify.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

#include <mbedtls/asn1write.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>
#include <mbedtls/md.h>
#include <mbedtls/oid.h>
#include <mbedtls/pem.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>

#include "tls/address.h"
#include "tls/config.h"
#include "tls/dialect.h"
#include "tls/random.h"

namespace tls {
namespace {

constexpr unsigned char kDnsNameTag = MBEDTLS_ASN1_CONTEXT_SPECIFIC | kDnsName;
constexpr unsigned char kIpAddressTag = MBEDTLS_ASN1_CONTEXT_SPECIFIC | kIpAddress;
constexpr unsigned char kSequence = MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE;

// ASN.1 as DER, written from the end to the beginning, as the library does it. After a failure nothing more is written.
class Der {
 public:
  explicit Der(std::size_t space) : octets_(space), at_(octets_.data() + space) {}

  void raw(std::string_view octets) {
    note(mbedtls_asn1_write_raw_buffer(&at_, octets_.data(), reinterpret_cast<const unsigned char*>(octets.data()),
                                       octets.size()));
  }
  // Length and tag in front of what was written since there were `before` octets.
  void close(unsigned char tag, std::size_t before = 0) {
    note(mbedtls_asn1_write_len(&at_, octets_.data(), size() - before));
    note(mbedtls_asn1_write_tag(&at_, octets_.data(), tag));
  }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(octets_.data() + octets_.size() - at_); }
  [[nodiscard]] const unsigned char* data() const { return at_; }
  [[nodiscard]] int code() const { return code_; }

 private:
  void note(int result) {
    if (result < 0 && code_ == 0) code_ = result;
  }

  std::vector<unsigned char> octets_;
  unsigned char* at_;
  int code_ = 0;
};

// SubjectAltName ::= SEQUENCE SIZE (1..MAX) OF GeneralName (RFC 5280 §4.2.1.6)
int add_names(mbedtls_x509write_cert& writing, const std::vector<std::string>& hosts) {
  std::size_t space = 16;
  for (const std::string& host : hosts) space += host.size() + 32;
  Der der(space);
  const std::vector<std::string> last_first(hosts.rbegin(), hosts.rend());
  for (const std::string& host : last_first) {
    const std::string address = address_octets(host);
    const std::size_t before = der.size();
    der.raw(address.empty() ? host : address);
    der.close(address.empty() ? kDnsNameTag : kIpAddressTag, before);
  }
  der.close(kSequence);
  if (der.code() != 0) return der.code();
  return mbedtls_x509write_crt_set_extension(&writing, MBEDTLS_OID_SUBJECT_ALT_NAME,
                                             MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME), 0, der.data(), der.size());
}

// ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId (RFC 5280 §4.2.1.12)
int add_server_purpose(mbedtls_x509write_cert& writing) {
  Der der(32);
  der.raw({MBEDTLS_OID_SERVER_AUTH, MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH)});
  der.close(MBEDTLS_ASN1_OID);
  der.close(kSequence);
  if (der.code() != 0) return der.code();
  return mbedtls_x509write_crt_set_extension(&writing, MBEDTLS_OID_EXTENDED_KEY_USAGE,
                                             MBEDTLS_OID_SIZE(MBEDTLS_OID_EXTENDED_KEY_USAGE), 0, der.data(), der.size());
}

// "20261120080000", as the library wants it.
std::string date_text(std::int64_t seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d%02u%02u%02d%02d%02d", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                                 static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

// 16 octets, positive and with no zero in front (RFC 5280 §4.1.2.2).
std::string serial_octets() {
  std::string octets = random_octets(16);
  octets.front() = static_cast<char>((static_cast<unsigned char>(octets.front()) & 0x3FU) | 0x40U);
  return octets;
}

int fill(mbedtls_x509write_cert& writing, const Paper& paper) {
  mbedtls_x509write_crt_set_version(&writing, MBEDTLS_X509_CRT_VERSION_3);
  mbedtls_x509write_crt_set_md_alg(&writing, MBEDTLS_MD_SHA256);
  mbedtls_x509write_crt_set_subject_key(&writing, &paper.key);
  mbedtls_x509write_crt_set_issuer_key(&writing, &paper.issuer_key);
  int code = dialect::set_serial(writing, serial_octets());
  if (code == 0) code = mbedtls_x509write_crt_set_subject_name(&writing, paper.subject.c_str());
  if (code == 0) code = mbedtls_x509write_crt_set_issuer_name(&writing, paper.issuer.c_str());
  if (code == 0) {
    code =
        mbedtls_x509write_crt_set_validity(&writing, date_text(paper.not_before).c_str(), date_text(paper.not_after).c_str());
  }
  if (code == 0) code = mbedtls_x509write_crt_set_basic_constraints(&writing, paper.is_authority ? 1 : 0, -1);
  if (code == 0) code = mbedtls_x509write_crt_set_subject_key_identifier(&writing);
  if (code == 0) code = mbedtls_x509write_crt_set_authority_key_identifier(&writing);
  if (code == 0) {
    code = mbedtls_x509write_crt_set_key_usage(&writing, paper.is_authority
                                                             ? MBEDTLS_X509_KU_KEY_CERT_SIGN | MBEDTLS_X509_KU_CRL_SIGN
                                                             : MBEDTLS_X509_KU_DIGITAL_SIGNATURE);
  }
  if (code == 0 && !paper.is_authority) code = add_server_purpose(writing);
  if (code == 0 && !paper.hosts.empty()) code = add_names(writing, paper.hosts);
  return code;
}

}  // namespace

core::Result<Owned<mbedtls_pk_context>> make_key() {
  auto key = new_key();
  int code = dialect::begin();
  if (code == 0) code = mbedtls_pk_setup(key.get(), mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY));
  if (code == 0) code = mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*key), fill_randomly, nullptr);
  if (code != 0) return core::Failure(library_error({"a key cannot be made", "不能生成密钥"}, code));
  return key;
}

core::Result<Owned<mbedtls_pk_context>> signing_key(const mbedtls_pk_context& key) {
  auto copy = new_key();
  int code = mbedtls_pk_setup(copy.get(), mbedtls_pk_info_from_type(MBEDTLS_PK_ECDSA));
  if (code == 0) code = mbedtls_ecdsa_from_keypair(mbedtls_pk_ec(*copy), mbedtls_pk_ec(key));
  if (code != 0) return core::Failure(library_error({"a key cannot be made", "不能生成密钥"}, code));
  return copy;
}

core::Result<Owned<mbedtls_x509_crt>> certify(const Paper& paper) {
  std::size_t space = 4096;
  for (const std::string& host : paper.hosts) space += host.size() + 32;
  std::vector<unsigned char> der(space);
  mbedtls_x509write_cert writing;
  mbedtls_x509write_crt_init(&writing);
  int code = fill(writing, paper);
  if (code == 0) code = mbedtls_x509write_crt_der(&writing, der.data(), der.size(), fill_randomly, nullptr);
  mbedtls_x509write_crt_free(&writing);
  auto certificate = new_chain();
  if (code > 0) {  // the size; it stands at the end
    const auto size = static_cast<std::size_t>(code);
    code = mbedtls_x509_crt_parse_der(certificate.get(), der.data() + der.size() - size, size);
  }
  if (code != 0) return core::Failure(library_error({"a certificate cannot be made", "不能生成证书"}, code));
  return certificate;
}

core::Result<std::string> pem_of(const mbedtls_x509_crt& certificate) {
  std::vector<unsigned char> text(2 * certificate.raw.len + 200);
  std::size_t size = 0;
  const int code = mbedtls_pem_write_buffer("-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n", certificate.raw.p,
                                            certificate.raw.len, text.data(), text.size(), &size);
  if (code != 0) return core::Failure(library_error({"a certificate cannot be written", "不能写出证书"}, code));
  return std::string(reinterpret_cast<const char*>(text.data()), size - 1);  // without its final NUL
}

}  // namespace tls
