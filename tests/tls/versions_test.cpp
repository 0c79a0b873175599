#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/tls/pair.h"
#include "tls/library.h"

namespace {

using test::Pair;
using test::state;
using tls::Version;

tls::Settings between(Version oldest, Version newest) {
  tls::Settings settings;
  settings.oldest = oldest;
  settings.newest = newest;
  return settings;
}

// The oldest ones are in mbedTLS 2.28 only, the newest is in some 3.x.
bool has(Version version) { return tls::Engine::server(test::good_identity(), between(version, version)).has_value(); }

TEST_CASE("tls versions: each that the library has is really spoken") {
  CHECK(has(Version::kTls12));
  for (const Version version : {Version::kTls10, Version::kTls11, Version::kTls12, Version::kTls13}) {
    if (!has(version)) continue;
    CAPTURE(std::string(tls::name(version)));
    Pair pair(test::client_engine(between(Version::kTls10, Version::kTls13)), test::server_engine(between(version, version)));
    pair.client->send("EHLO a\r\n");
    pair.talk();
    CHECK(pair.client->details().version == "TLSv1." + std::string(1, tls::name(version).back()));
    CHECK(pair.at_server == "EHLO a\r\n");
  }
}

TEST_CASE("tls versions: the library's newest is its newest") {
  CHECK(has(tls::newest_version()));
  if (tls::newest_version() == Version::kTls12) CHECK_FALSE(has(Version::kTls13));
}

TEST_CASE("tls versions: sides that have none in common say so") {
  struct Row {
    Version client;
    Version server;
    std::string client_id;
    std::string client_text;
    std::string server_text;
  };
  const std::vector<Row> rows{
      {Version::kTls12, Version::kTls10, "tls-version", "the server does not speak TLS 1.2, and this side nothing else",
       "the client does not accept TLS 1.0: alert protocol_version (70)"},
      {Version::kTls10, Version::kTls12, "tls-needs-newer",
       "the server wants a newer version than TLS 1.0, the newest of this side: alert protocol_version (70)",
       "the client does not speak TLS 1.2, and this side nothing else"},
      {Version::kTls11, Version::kTls10, "tls-version", "the server does not speak TLS 1.1, and this side nothing else",
       "the client does not accept TLS 1.0: alert protocol_version (70)"},
      {Version::kTls12, Version::kTls13, "tls-needs-newer",
       "the server wants a newer version than TLS 1.2, the newest of this side: alert protocol_version (70)",
       "the client does not speak TLS 1.3, and this side nothing else"},
  };
  for (const Row& row : rows) {
    if (!has(row.client) || !has(row.server)) continue;
    for (const std::size_t piece : {test::kWhole, std::size_t{1}}) {
      CAPTURE(std::string(tls::name(row.client)));
      CAPTURE(std::string(tls::name(row.server)));
      Pair pair(test::client_engine(between(row.client, row.client)), test::server_engine(between(row.server, row.server)),
                piece);
      pair.talk();
      REQUIRE(state(*pair.client) == row.client_id);
      REQUIRE(state(*pair.server) == "tls-version");
      CHECK(pair.client->error().text.en == row.client_text);
      CHECK(pair.server->error().text.en == row.server_text);
      CHECK_FALSE(pair.client->error().hint.en.empty());
    }
  }
}

TEST_CASE("tls versions: of a server with TLS 1.3 only it is told who has to change") {
  if (has(Version::kTls13)) return;  // then there is nothing to tell
  const auto engine = tls::Engine::client(test::trust(), test::kHost, {});
  REQUIRE(engine.has_value());
  (*engine)->receive(std::string_view("\x15\x03\x03\x00\x02\x02\x46", 7));  // as OpenSSL 3 answers our ClientHello
  REQUIRE((*engine)->phase() == tls::Phase::kFailed);
  CHECK((*engine)->error().id == "tls-needs-newer");
  CHECK((*engine)->error().hint.en == tls::library_version() + " has no newer one: this side has to change, not the server");
  CHECK(tls::library_summary() == tls::library_version() + " without TLS 1.3");
}

TEST_CASE("tls versions: one that the library does not have is refused in words") {
  for (const Version version : {Version::kTls10, Version::kTls13}) {
    if (has(version)) continue;
    const auto engine = tls::Engine::client(test::trust(), test::kHost, between(version, version));
    REQUIRE_FALSE(engine.has_value());
    CHECK(engine.error().blame == core::Blame::kSystem);
    CHECK(engine.error().text.en == "the TLS library of this program does not speak " + std::string(tls::name(version)));
    CHECK(engine.error().hint.en.find("it speaks TLS 1.") == 0);
  }
}

}  // namespace
