#include "client/program/java_trust.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base64.h"
#include "sasl/hashes.h"

namespace program {
namespace {

constexpr std::uint32_t kMagic = 0xFEEDFEED;
constexpr std::uint32_t kVersion = 2;
constexpr std::uint32_t kTrusted = 2;  // the kind of an entry: a certificate without a key

// As java.io.DataOutputStream writes them.
void add_number(std::string& store, std::uint64_t number, int octets) {
  for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) store += static_cast<char>(number >> static_cast<unsigned>(shift));
}

void add_text(std::string& store, std::string_view text) {
  add_number(store, text.size(), 2);
  store += text;
}

std::vector<std::string> certificates_in(std::string_view pem) {
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
  std::vector<std::string> found;
  for (std::size_t at = pem.find(kBegin); at != std::string_view::npos; at = pem.find(kBegin, at)) {
    at += kBegin.size();
    std::string text(pem.substr(at, pem.find(kEnd, at) - at));
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }), text.end());
    if (auto octets = core::base64_decode(text)) found.push_back(std::move(*octets));
  }
  return found;
}

// Over the password in UTF-16, a word, and everything before it.
std::string seal(const std::string& store) {
  std::string sealed;
  for (const char c : std::string_view("changeit")) {
    sealed += '\0';
    sealed += c;
  }
  return sasl::digest(sasl::Hash::kSha1, sealed + "Mighty Aphrodite" + store);
}

}  // namespace

std::string java_trust(std::string_view pem) {
  const std::vector<std::string> certificates = certificates_in(pem);
  std::string store;
  add_number(store, kMagic, 4);
  add_number(store, kVersion, 4);
  add_number(store, certificates.size(), 4);
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    add_number(store, kTrusted, 4);
    add_text(store, "smtplab-" + std::to_string(i));
    add_number(store, 0, 8);  // when it was made
    add_text(store, "X.509");
    add_number(store, certificates[i].size(), 4);
    store += certificates[i];
  }
  return store + seal(store);
}

}  // namespace program
