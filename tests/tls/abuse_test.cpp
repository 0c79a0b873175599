#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <mbedtls/ssl.h>

#include "tests/tls/pair.h"
#include "tls/certify.h"
#include "tls/random.h"

namespace {

using test::kDay;
using test::Pair;
using test::state;

// A root of its own, and a key with a certificate for the host.
struct Papers {
  Papers() : authority_key(make()), key(make()) {
    auto made = tls::certify({"CN=root", "CN=root", *authority_key, *authority_key, now - kDay, now + kDay, true, {}});
    REQUIRE(made.has_value());
    pem = *tls::pem_of(**made);
  }
  static tls::Owned<mbedtls_pk_context> make() {
    auto made = tls::make_key();
    REQUIRE(made.has_value());
    return std::move(*made);
  }
  tls::Owned<mbedtls_x509_crt> certificate() {
    auto made =
        tls::certify({"CN=" + test::kHost, "CN=root", *key, *authority_key, now - kDay, now + kDay, false, {test::kHost}});
    REQUIRE(made.has_value());
    return std::move(*made);
  }

  std::int64_t now = test::now();
  tls::Owned<mbedtls_pk_context> authority_key;
  tls::Owned<mbedtls_pk_context> key;
  std::string pem;
};

TEST_CASE("tls engine: a certificate that cannot be read, or was tampered with, does not convince") {
  struct Row {
    std::string name;
    std::size_t place;  // in the certificate
    std::string id;
  };
  for (const Row& row : std::vector<Row>{{"no SEQUENCE", 0, "tls-bad-certificate"},
                                         {"a length that is not right", 3, "tls-bad-certificate"},
                                         {"a digit of the serial number", 20, "tls-unknown-authority"}}) {
    CAPTURE(row.name);
    tls::Settings settings;
    settings.newest = tls::Version::kTls12;  // later ones show their certificates under cover
    Pair pair(test::client_engine(settings), test::server_engine(settings));
    pair.server->receive(pair.client->take_output());
    std::string flight = pair.server->take_output();
    const std::size_t certificate = flight.find("\x30\x82");  // SEQUENCE of some hundred octets
    REQUIRE(certificate != std::string::npos);
    flight[certificate + row.place] = static_cast<char>(flight[certificate + row.place] ^ 1);
    pair.client->receive(flight);
    REQUIRE(state(*pair.client) == row.id);
    pair.talk();
    CHECK(state(*pair.server) == "tls-distrusted");
  }
}

#if defined(MBEDTLS_SSL_RENEGOTIATION)
// A server that is not ours, and asks for another handshake whenever it is told to.
struct Asker {
  Asker() {
    mbedtls_ssl_config_init(&config);
    mbedtls_ssl_init(&ssl);
    mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
    mbedtls_ssl_conf_rng(&config, tls::fill_randomly, nullptr);
    mbedtls_ssl_conf_renegotiation(&config, MBEDTLS_SSL_RENEGOTIATION_ENABLED);
    mbedtls_ssl_conf_own_cert(&config, certificate.get(), papers.key.get());
    REQUIRE(mbedtls_ssl_setup(&ssl, &config) == 0);
    mbedtls_ssl_set_bio(&ssl, this, put, take, nullptr);
  }
  ~Asker() {
    mbedtls_ssl_free(&ssl);
    mbedtls_ssl_config_free(&config);
  }
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  static int put(void* self, const unsigned char* octets, std::size_t size) {
    static_cast<Asker*>(self)->out.append(reinterpret_cast<const char*>(octets), size);
    return static_cast<int>(size);
  }
  static int take(void* self, unsigned char* octets, std::size_t size) {
    std::string& in = static_cast<Asker*>(self)->in;
    if (in.empty()) return MBEDTLS_ERR_SSL_WANT_READ;
    const std::size_t taken = in.copy(reinterpret_cast<char*>(octets), size);
    in.erase(0, taken);
    return static_cast<int>(taken);
  }

  Papers papers;
  tls::Owned<mbedtls_x509_crt> certificate = papers.certificate();
  mbedtls_ssl_config config{};
  mbedtls_ssl_context ssl{};
  std::string in;
  std::string out;
};

TEST_CASE("tls engine: who asks again and again to negotiate anew is not answered without end") {
  Asker server;
  tls::Settings settings;
  settings.newest = tls::Version::kTls12;  // later ones have no such thing
  const auto client = test::client_engine(settings, test::kHost, *tls::Trust::of_pem(server.papers.pem));
  int code = MBEDTLS_ERR_SSL_WANT_READ;
  while (state(*client) == "handshake" && code == MBEDTLS_ERR_SSL_WANT_READ) {
    server.in += client->take_output();
    code = mbedtls_ssl_handshake(&server.ssl);
    client->receive(std::exchange(server.out, {}));
  }
  REQUIRE(state(*client) == "open");
  std::size_t answered = client->take_output().size();
  int asked = 0;
  for (; state(*client) == "open" && asked < 10'000; ++asked) {
    REQUIRE(mbedtls_ssl_renegotiate(&server.ssl) == 0);
    client->receive(std::exchange(server.out, {}));
    answered += client->take_output().size();
  }
  REQUIRE(state(*client) == "tls-broken");
  CHECK(client->error().text.en == "the server asks again and again to negotiate anew");
  CHECK(asked > 1);  // once is no crime
  CHECK(answered < 10'000);
}
#endif

}  // namespace
