#include "tls/config.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <mbedtls/error.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ciphersuites.h>

#include "tls/dialect.h"
#include "tls/random.h"

namespace tls {
namespace {

// What nobody should speak, or needs in mail: keys agreed beforehand, static keys, 64-bit checks, and the rarities.
bool is_wanted(std::string_view suite) {
  for (const std::string_view part : {"PSK", "-ECDH-", "ECJPAKE", "CCM-8", "CAMELLIA", "ARIA", "NULL", "RC4", "DES"}) {
    if (suite.find(part) != std::string_view::npos) return false;
  }
  return suite.substr(0, 4) == "TLS-" || suite.substr(0, 5) == "TLS1-";
}

// Processors have AES built in: it costs a quarter of ChaCha20, which the library would take first.
int rank(std::string_view suite) {
  const bool is_ephemeral = suite.find("ECDHE") != std::string_view::npos || suite.substr(0, 5) == "TLS1-";
  const bool is_fast = suite.find("GCM") != std::string_view::npos;
  return (is_ephemeral ? 0 : 2) + (is_fast ? 0 : 1);
}

// Ends with 0, as the library wants it.
const std::vector<int>& suites() {
  static const std::vector<int> kChosen = [] {
    std::vector<int> list;
    const auto suite_name = [](int suite) { return std::string_view(mbedtls_ssl_get_ciphersuite_name(suite)); };
    for (const int* suite = mbedtls_ssl_list_ciphersuites(); *suite != 0; ++suite) {
      if (is_wanted(suite_name(*suite))) list.push_back(*suite);
    }
    std::stable_sort(list.begin(), list.end(), [&](int a, int b) { return rank(suite_name(a)) < rank(suite_name(b)); });
    list.push_back(0);
    return list;
  }();
  return kChosen;
}

}  // namespace

std::string library_text(int code) {
  std::array<char, 200> text{};
  mbedtls_strerror(code, text.data(), text.size());
  return text.data();
}

core::Error library_error(const core::Text& what, int code) {
  return core::Error{core::Blame::kSystem, core::phrase("{0}: {1}", "{0}：{1}", {what, library_text(code)}), {}, {}};
}

core::Result<Config> Configs::of(const Settings& settings) {
  const Version oldest = std::max(settings.oldest, dialect::oldest());
  const Version newest = std::min(settings.newest, dialect::newest());
  if (oldest > newest) {
    const bool is_one = settings.oldest == settings.newest;
    return core::fail(core::Blame::kSystem,
                      core::phrase("the TLS library of this program does not speak {0}", "本程序的 TLS 库不支持 {0}",
                                   {is_one ? core::Part(name(settings.oldest)) : range(settings.oldest, settings.newest)}),
                      {}, core::phrase("it speaks {0}", "它支持 {0}", {range(dialect::oldest(), dialect::newest())}));
  }
  if (settings.key_log) return make(oldest, newest);
  Config& made = made_.at(static_cast<std::size_t>(oldest)).at(static_cast<std::size_t>(newest));
  if (made == nullptr) {
    auto config = make(oldest, newest);
    if (!config) return config;
    made = std::move(*config);
  }
  return made;
}

core::Result<Config> Configs::make(Version oldest, Version newest) const {
  Config config(new_config());
  int code = dialect::begin();
  if (code == 0) {
    code = mbedtls_ssl_config_defaults(config.get(), side_ == Side::kServer ? MBEDTLS_SSL_IS_SERVER : MBEDTLS_SSL_IS_CLIENT,
                                       MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
  }
  if (code == 0) code = fill_(*config);
  if (code != 0) return core::Failure(library_error({"TLS cannot be set up", "TLS 建立不起来"}, code));
  mbedtls_ssl_conf_rng(config.get(), fill_randomly, nullptr);
  mbedtls_ssl_conf_ciphersuites(config.get(), suites().data());
  dialect::set_curves(*config);
  dialect::set_versions(*config, oldest, newest);
#if defined(MBEDTLS_SSL_SESSION_TICKETS) && defined(MBEDTLS_SSL_CLI_C)
  // Each connection is a lesson of its own, with the whole handshake.
  if (side_ == Side::kClient) mbedtls_ssl_conf_session_tickets(config.get(), MBEDTLS_SSL_SESSION_TICKETS_DISABLED);
#endif
  return config;
}

}  // namespace tls
