#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>  // the library's macro to compare OIDs calls memcmp
#include <utility>
#include <vector>

#include <mbedtls/asn1.h>
#include <mbedtls/md.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>

#include "tls/address.h"
#include "tls/reading.h"

namespace tls {
namespace {

// More is not listed: somebody could fill the screen with names.
constexpr std::size_t kMostNames = 200;

std::string_view view(const mbedtls_asn1_buf& buffer) { return {reinterpret_cast<const char*>(buffer.p), buffer.len}; }

std::string name_text(const mbedtls_x509_name& name) {
  std::array<char, 2048> text{};
  const int size = mbedtls_x509_dn_gets(text.data(), text.size(), &name);
  return size < 0 ? "(a name that is too long)" : std::string(text.data(), static_cast<std::size_t>(size));
}

std::string time_text(const mbedtls_x509_time& time) {
  std::array<char, 80> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d:%02d", time.year, time.mon, time.day,
                                 time.hour, time.min, time.sec);
  return {text.data(), static_cast<std::size_t>(size)};
}

std::vector<std::string> names(const mbedtls_x509_crt& certificate) {
  std::vector<std::string> found;
  const mbedtls_x509_sequence* name = &certificate.subject_alt_names;
  for (; name != nullptr && found.size() < kMostNames; name = name->next) {
    if (name->buf.p == nullptr) continue;
    const int kind = name->buf.tag & MBEDTLS_ASN1_TAG_VALUE_MASK;
    if (kind == kDnsName) found.emplace_back(view(name->buf));
    if (kind == kIpAddress) found.push_back(address_text(view(name->buf)));
  }
  if (!found.empty()) return found;
  for (const mbedtls_x509_name* part = &certificate.subject; part != nullptr; part = part->next) {
    if (MBEDTLS_OID_CMP(MBEDTLS_OID_AT_CN, &part->oid) == 0) found.emplace_back(view(part->val));
  }
  return found;
}

std::string fingerprint(const mbedtls_x509_crt& certificate) {
  std::array<unsigned char, 32> digest{};
  const mbedtls_md_info_t* const sha256 = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
  if (mbedtls_md(sha256, certificate.raw.p, certificate.raw.len, digest.data()) != 0) return {};
  return hex_text({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

std::string hex_text(std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    if (!text.empty()) text += ':';
    text += kDigits[octet >> 4U];
    text += kDigits[octet & 15U];
  }
  return text;
}

bool is_self_issued(const mbedtls_x509_crt& certificate) {
  return view(certificate.subject_raw) == view(certificate.issuer_raw);
}

bool is_for_address(const mbedtls_x509_crt& certificate, std::string_view octets) {
  for (const mbedtls_x509_sequence* name = &certificate.subject_alt_names; name != nullptr; name = name->next) {
    if (name->buf.p == nullptr || (name->buf.tag & MBEDTLS_ASN1_TAG_VALUE_MASK) != kIpAddress) continue;
    if (view(name->buf) == octets) return true;
  }
  return false;
}

Certificate read(const mbedtls_x509_crt& certificate) {
  return {name_text(certificate.subject),
          name_text(certificate.issuer),
          names(certificate),
          time_text(certificate.valid_from),
          time_text(certificate.valid_to),
          hex_text(view(certificate.serial)),
          std::string(mbedtls_pk_get_name(&certificate.pk)) + " " + std::to_string(mbedtls_pk_get_bitlen(&certificate.pk)),
          fingerprint(certificate)};
}

}  // namespace tls
