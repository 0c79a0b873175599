#include "client/conversation/secure.h"

#include <cstdlib>
#include <utility>

#include "core/show.h"
#include "tls/key_log.h"
#include "tls/settings.h"

namespace client {
namespace {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

core::Result<std::unique_ptr<tls::Engine>> make_engine(const TlsTerms& terms) {
  tls::Settings settings;
  settings.key_log = terms.key_log;
  return tls::Engine::client(terms.trust, terms.host, settings);
}

std::string describe(const tls::Details& details) {
  const std::string version = details.version.starts_with("TLSv") ? "TLS " + details.version.substr(4) : details.version;
  return core::show_bytes(version + (details.cipher.empty() ? "" : ", " + details.cipher));
}

bool begins_tls_record(char octet) { return octet >= 0x14 && octet <= 0x17; }

core::Result<std::function<void(std::string_view)>> key_log_of_environment() {
  return tls::key_log(environment("SSLKEYLOGFILE"));
}

core::Result<std::shared_ptr<const tls::Trust>> trust_of(const std::string& file, bool insecure) {
  if (insecure) return tls::Trust::of_anybody();
  if (!file.empty()) return tls::Trust::of_file(file);
  return tls::Trust::of_system(environment("SSL_CERT_FILE"));
}

}  // namespace client
