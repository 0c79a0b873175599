#include "sasl/hashes.h"

#include <exception>
#include <memory>

#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>
#include <mbedtls/version.h>

#include "core/secret.h"

namespace sasl {
namespace {

mbedtls_md_type_t type_of(Hash hash) {
  switch (hash) {
    case Hash::kMd5: return MBEDTLS_MD_MD5;
    case Hash::kSha1: return MBEDTLS_MD_SHA1;
    case Hash::kSha256: return MBEDTLS_MD_SHA256;
  }
  return MBEDTLS_MD_NONE;
}

// Never null: the library copies from it even when there is nothing to copy.
const unsigned char* octets_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.empty() ? "" : text.data());
}

unsigned char* room_in(std::string& out) { return reinterpret_cast<unsigned char*>(out.data()); }

// What fails here is a library built without one of these hashes, or memory that is used up. Going on would mean comparing
// proofs that were never computed.
void demand(int result) {
  if (result != 0) std::terminate();
}

}  // namespace

std::size_t digest_length(Hash hash) {
  switch (hash) {
    case Hash::kMd5: return 16;
    case Hash::kSha1: return 20;
    case Hash::kSha256: return 32;
  }
  return 0;
}

std::string digest(Hash hash, std::string_view octets) {
  std::string out(digest_length(hash), '\0');
  demand(mbedtls_md(mbedtls_md_info_from_type(type_of(hash)), octets_of(octets), octets.size(), room_in(out)));
  return out;
}

std::string hmac(Hash hash, std::string_view key, std::string_view octets) {
  std::string out(digest_length(hash), '\0');
  demand(mbedtls_md_hmac(mbedtls_md_info_from_type(type_of(hash)), octets_of(key), key.size(), octets_of(octets), octets.size(),
                         room_in(out)));
  return out;
}

std::string pbkdf2(Hash hash, std::string_view password, std::string_view salt, std::uint32_t iterations) {
  std::string out(digest_length(hash), '\0');
  const auto length = static_cast<std::uint32_t>(out.size());
#if MBEDTLS_VERSION_NUMBER >= 0x03030000
  demand(mbedtls_pkcs5_pbkdf2_hmac_ext(type_of(hash), octets_of(password), password.size(), octets_of(salt), salt.size(),
                                       iterations, length, room_in(out)));
#else
  mbedtls_md_context_t context;
  mbedtls_md_init(&context);
  const std::unique_ptr<mbedtls_md_context_t, decltype(&mbedtls_md_free)> freed(&context, &mbedtls_md_free);
  demand(mbedtls_md_setup(&context, mbedtls_md_info_from_type(type_of(hash)), 1));
  demand(mbedtls_pkcs5_pbkdf2_hmac(&context, octets_of(password), password.size(), octets_of(salt), salt.size(), iterations,
                                   length, room_in(out)));
#endif
  return out;
}

std::string hexadecimal(std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(octets.size() * 2);
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    out += kDigits[octet >> 4U];
    out += kDigits[octet & 15U];
  }
  return out;
}

bool same_octets(std::string_view a, std::string_view b) { return core::Secret(std::string(a)).equals(b); }

}  // namespace sasl
