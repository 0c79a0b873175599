#include "tls/trust.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#include "core/show.h"
#include "core/system_text.h"
#include "tls/authorities.h"
#include "tls/dialect.h"

namespace tls {
namespace {

// Where Debian, Fedora, and Alpine and the BSDs keep what they trust.
constexpr std::array kSystemFiles{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                  "/etc/ssl/cert.pem"};

// Every certificate in the text; one that the library cannot read does not spoil the others. Empty when there is none.
Owned<mbedtls_x509_crt> parse(std::string_view pem) {
  Owned<mbedtls_x509_crt> chain = new_chain();
  const std::string text(pem);  // PEM is parsed up to a final NUL, which counts
  if (dialect::begin() != 0) return chain;
  mbedtls_x509_crt_parse(chain.get(), reinterpret_cast<const unsigned char*>(text.c_str()), text.size() + 1);
  return chain;
}

// All authorities of a system are about 250 KiB: more is something else, perhaps without end.
constexpr std::size_t kLargestFile = std::size_t{16} * 1024 * 1024;

core::Result<std::string> contents(const std::string& file) {
  const auto unreadable = [&](const core::Text& why) {
    return core::fail(
        core::Blame::kInput, core::phrase("cannot read it: {0}", "读不了：{0}", {why}), core::show_bytes(file),
        {"name a PEM file with the certificates that shall be trusted", "请给出一个 PEM 文件，里面是要信任的证书"});
  };
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string text;
  std::vector<char> piece(std::size_t{64} * 1024);
  while (in.good()) {  // read() tells of a folder in the stream's state, where an iterator would throw
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > kLargestFile) return unreadable({"it is too large", "文件太大"});
  }
  if (!in.eof() || in.bad()) return unreadable(core::system_text(errno != 0 ? errno : EIO));
  return text;
}

core::Failure no_certificate(const std::string& place) {
  return core::fail(core::Blame::kInput, {"there is no certificate in it", "里面没有证书"}, place,
                    {"PEM certificates begin with -----BEGIN CERTIFICATE-----", "PEM 证书以 -----BEGIN CERTIFICATE----- 开头"});
}

Owned<mbedtls_x509_crt> known_to_the_system(const std::string& file) {
  if (!file.empty()) return parse(contents(file).value_or(""));
  for (const char* const name : kSystemFiles) {
    auto chain = parse(contents(name).value_or(""));
    if (chain->raw.p != nullptr) return chain;
  }
  return new_chain();
}

}  // namespace

Trust::Authorities::Authorities(Owned<mbedtls_x509_crt> known, bool believes_anybody)
    : chain(std::move(known)), configs(Side::kClient, [this, believes_anybody](mbedtls_ssl_config& config) {
        mbedtls_ssl_conf_authmode(&config, believes_anybody ? MBEDTLS_SSL_VERIFY_OPTIONAL : MBEDTLS_SSL_VERIFY_REQUIRED);
        if (!is_empty()) mbedtls_ssl_conf_ca_chain(&config, chain.get(), nullptr);
        return 0;
      }) {}

bool Trust::Authorities::is_empty() const { return chain->raw.p == nullptr; }

Trust::Trust(std::unique_ptr<Authorities> authorities) : authorities_(std::move(authorities)) {}
Trust::~Trust() = default;

std::shared_ptr<const Trust> Trust::of_system(const std::string& file) {
  return std::shared_ptr<const Trust>(new Trust(std::make_unique<Authorities>(known_to_the_system(file), false)));
}

std::shared_ptr<const Trust> Trust::of_anybody() {
  return std::shared_ptr<const Trust>(new Trust(std::make_unique<Authorities>(known_to_the_system({}), true)));
}

core::Result<std::shared_ptr<const Trust>> Trust::of_file(const std::string& file) {
  const auto text = contents(file);
  if (!text) return core::Failure(text.error());
  auto trust = of_pem(*text);
  return trust ? trust : no_certificate(core::show_bytes(file));
}

core::Result<std::shared_ptr<const Trust>> Trust::of_pem(std::string_view pem) {
  auto chain = parse(pem);
  if (chain->raw.p == nullptr) return no_certificate({});
  return std::shared_ptr<const Trust>(new Trust(std::make_unique<Authorities>(std::move(chain), false)));
}

}  // namespace tls
