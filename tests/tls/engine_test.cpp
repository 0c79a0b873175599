#include "tls/engine.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/tls/pair.h"

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using test::Pair;
using test::state;

TEST_CASE("tls engine: a handshake, then octets both ways, however they are cut") {
  for (const std::size_t piece : {test::kWhole, std::size_t{1}, std::size_t{7}, std::size_t{1400}}) {
    CAPTURE(piece);
    Pair pair(test::client_engine(), test::server_engine(), piece);
    CHECK(state(*pair.client) == "handshake");
    pair.talk();
    CHECK(state(*pair.client) == "open");
    CHECK(state(*pair.server) == "open");
    pair.client->send("EHLO a\r\n\0\xff"sv);
    pair.server->send("220 hello\r\n");
    pair.talk();
    CHECK(pair.at_server == "EHLO a\r\n\0\xff"s);
    CHECK(pair.at_client == "220 hello\r\n");
  }
}

TEST_CASE("tls engine: what goes over the wire does not hold what was said") {
  Pair pair;
  pair.talk();
  pair.client->send("a secret of the client");
  const std::string wire = pair.client->take_output();
  CHECK(wire.size() > 22);
  CHECK(wire.find("secret") == std::string::npos);
}

TEST_CASE("tls engine: what is sent during the handshake waits for its end") {
  Pair pair;
  pair.client->send("EHLO ");
  pair.client->send("a\r\n");
  pair.server->send("220 hello\r\n");
  CHECK(pair.client->waiting() == 8);
  CHECK(pair.server->waiting() == 11);
  pair.talk();
  CHECK(pair.at_server == "EHLO a\r\n");
  CHECK(pair.at_client == "220 hello\r\n");
  CHECK(pair.client->waiting() == 0);
  CHECK(pair.server->waiting() == 0);
}

TEST_CASE("tls engine: megabytes arrive whole, both ways at once") {
  Pair pair;
  std::string octets;
  for (int i = 0; octets.size() < 3'000'000; ++i) octets += std::to_string(i) + "\n";
  pair.client->send(octets);  // before the handshake is complete
  pair.talk();
  pair.server->send(octets);
  pair.client->send(octets);
  pair.talk();
  CHECK((pair.at_server == octets + octets));
  CHECK((pair.at_client == octets));
}

TEST_CASE("tls engine: details tell what was agreed on and who is there") {
  Pair pair;
  CHECK(pair.client->details().version.empty());
  CHECK(pair.server->details().cipher.empty());
  pair.talk();
  const tls::Details client = pair.client->details();
  const tls::Details server = pair.server->details();
  CHECK(client.version == "TLSv1." + std::to_string(static_cast<int>(tls::newest_version())));
  CHECK(client.version == server.version);
  CHECK(client.cipher.substr(0, 3) == "TLS");
  CHECK(client.cipher == server.cipher);
  CHECK(client.host == test::kHost);
  CHECK(server.host == test::kHost);
  CHECK_FALSE(client.distrust);
  CHECK(server.chain.empty());
  REQUIRE(client.chain.size() == 1);
  const tls::Certificate& certificate = client.chain.front();
  CHECK(certificate.subject == "CN=mx.example, O=smtplab");
  CHECK(certificate.issuer == "CN=smtplab test authority, O=smtplab");
  CHECK(certificate.names == std::vector<std::string>{"mx.example", "127.0.0.1", "2001:db8::25"});
  CHECK(certificate.not_before < certificate.not_after);
  CHECK(certificate.not_before.size() == "2026-11-20 08:00:00"sv.size());
  CHECK(certificate.key == "EC 256");
  CHECK(certificate.serial.size() == 3 * 16 - 1);
  CHECK(certificate.fingerprint.size() == 3 * 32 - 1);
}

TEST_CASE("tls engine: a certificate counts for its names and addresses only") {
  struct Row {
    std::string name;
    std::string host;
    std::string want;
    std::string sni;
  };
  const std::vector<Row> rows{
      {"its name", "mx.example", "open", "mx.example"},
      {"in capitals", "MX.Example", "open", "MX.Example"},
      {"with the dot of the root", "mx.example.", "open", "mx.example"},
      {"another name", "mail.example", "tls-wrong-host", "mail.example"},
      {"a name below it", "a.mx.example", "tls-wrong-host", "a.mx.example"},
      {"its IPv4 address", "127.0.0.1", "open", ""},
      {"another IPv4 address", "127.0.0.2", "tls-wrong-host", ""},
      {"its IPv6 address", "2001:db8::25", "open", ""},
      {"the same, written out and in brackets", "[2001:0DB8:0:0::25]", "open", ""},
      {"another IPv6 address", "::1", "tls-wrong-host", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pair pair(test::client_engine({}, row.host), test::server_engine());
    pair.talk();
    CHECK(state(*pair.client) == row.want);
    CHECK(pair.client->details().host == row.sni);
    CHECK(pair.server->details().host == row.sni);
  }
}

TEST_CASE("tls engine: a host that no certificate can be for is refused at once") {
  for (const std::string host : {"", ".", "two words", "a\r\nb", "\x7f"}) {
    CAPTURE(host);
    const auto engine = tls::Engine::client(test::trust(), host, {});
    REQUIRE_FALSE(engine.has_value());
    CHECK(engine.error().blame == core::Blame::kCaller);
  }
  CHECK_FALSE(tls::Engine::client(test::trust(), "good.example\0.evil"s, {}).has_value());
  CHECK_FALSE(tls::Engine::client(test::trust(), std::string(300, 'a'), {}).has_value());
}

TEST_CASE("tls engine: close_notify ends one direction, and what was said before it arrives") {
  Pair pair;
  pair.talk();
  pair.client->send("QUIT\r\n");
  pair.client->close();
  pair.client->close();
  pair.client->send("too late");
  pair.talk();
  CHECK(state(*pair.server) == "ended");
  CHECK(state(*pair.client) == "open");
  CHECK(pair.at_server == "QUIT\r\n");
  pair.server->send("221 bye\r\n");
  pair.server->close();
  pair.talk();
  CHECK(pair.at_client == "221 bye\r\n");
  CHECK(state(*pair.client) == "ended");
}

TEST_CASE("tls engine: closed during the handshake, it says what waited and then goodbye") {
  Pair pair;
  pair.server->send("421 too many\r\n");
  pair.server->close();
  pair.talk();
  CHECK(pair.at_client == "421 too many\r\n");
  CHECK(state(*pair.client) == "ended");
}

TEST_CASE("tls engine: who is spoken to in plain text says what he heard") {
  struct Row {
    std::string name;
    std::string said;
    std::string quoted;
    // By a client: nothing that may be a password which went out too early.
    std::string of_client = "'…'";
  };
  const std::vector<Row> rows{
      {"a first word", "EHLO a\r\n", "'EHLO a␍␊'", "'EHLO…'"},
      {"text", "220 mx.example ESMTP\r\n", "'220 mx.example ESMTP␍␊'"},
      {"hostile text", "\x1b[2J\r\n", "'\\x1b[2J␍␊'"},
      {"much of it", std::string(100, 'x'), "'" + std::string(60, 'x') + "…'"},
      {"one octet", "E", "'E'"},
      {"a first octet as of TLS", "\x16\x16", "'\\x16\\x16'"},
      {"SSL 2", "\x80\x2e\x01", "'\\x80.\\x01'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto client = test::client_engine();
    CHECK_FALSE(client->take_output().empty());
    client->receive(row.said);
    REQUIRE(state(*client) == "tls-not-tls");
    CHECK(client->error().text.en == "the server does not speak TLS here, it said " + row.quoted);
    CHECK(client->error().blame == core::Blame::kPeer);
    const auto server = test::server_engine();
    server->receive(row.said);
    REQUIRE(state(*server) == "tls-not-tls");
    CHECK(server->error().text.en == "the client does not speak TLS here, it said " + row.of_client);
    CHECK(server->take_output() == "\x15\x03\x01\x00\x02\x02\x0a"s);  // fatal unexpected_message
  }
  const auto server = test::server_engine();
  server->receive("\x16");
  CHECK(state(*server) == "handshake");
  server->receive("EHLO a\r\n");
  CHECK(state(*server) == "tls-not-tls");
}

TEST_CASE("tls engine: octets that only look like TLS break the handshake, and leave an alert") {
  struct Row {
    std::string name;
    std::string octets;
  };
  const std::vector<Row> rows{
      {"a handshake message that does not exist", "\x16\x03\x01\x00\x04\x63\x00\x00\x00"s},
      {"application data first", "\x17\x03\x03\x00\x03xyz"s},
      {"a record that is too long", "\x16\x03\x01\xff\xff" + std::string(70000, 'x')},
      {"a hello of nothing", "\x16\x03\x01\x00\x04\x01\x00\x00\x00"s},
  };
  for (const Row& row : rows) {
    for (const std::size_t piece : {row.octets.size(), std::size_t{1}}) {
      CAPTURE(row.name);
      CAPTURE(piece);
      const auto server = test::server_engine();
      for (std::size_t at = 0; at < row.octets.size(); at += piece) server->receive(row.octets.substr(at, piece));
      CHECK(state(*server) == "tls-broken");
      CHECK(server->error().text.en.find("the TLS handshake broke: ") == 0);
      CHECK(server->take_output().substr(0, 1) == "\x15");
    }
  }
}

TEST_CASE("tls engine: the alert that ends a handshake is named") {
  struct Row {
    char alert;
    std::string id;
    std::string text;  // as the client tells it
  };
  const std::vector<Row> rows{
      {40, "tls-refused", "the server broke the TLS handshake off: alert handshake_failure (40)"},
      {80, "tls-refused", "the server broke the TLS handshake off: alert internal_error (80)"},
      {112, "tls-refused", "the server broke the TLS handshake off: alert unrecognized_name (112)"},
      {99, "tls-refused", "the server broke the TLS handshake off: alert (99)"},
      {42, "tls-distrusted", "the server does not believe our certificate: alert bad_certificate (42)"},
      {48, "tls-distrusted", "the server does not believe our certificate: alert unknown_ca (48)"},
      {70, "tls-needs-newer",
       "the server wants a newer version than TLS 1.2, the newest of this side: alert protocol_version (70)"},
      {71, "tls-version", "the server does not accept TLS 1.2: alert insufficient_security (71)"},
  };
  tls::Settings only;
  only.oldest = only.newest = tls::Version::kTls12;
  for (const Row& row : rows) {
    for (const char minor : {'\1', '\3', '\4'}) {  // the version of the alert's record: a server may speak newer than we
      for (const std::size_t piece : {std::size_t{7}, std::size_t{1}}) {
        CAPTURE(static_cast<int>(row.alert));
        CAPTURE(static_cast<int>(minor));
        CAPTURE(piece);
        const std::string octets{'\x15', '\x03', minor, '\0', '\x02', '\x02', row.alert};
        const auto client = test::client_engine(only);
        CHECK_FALSE(client->take_output().empty());
        for (std::size_t at = 0; at < octets.size(); at += piece) client->receive(octets.substr(at, piece));
        REQUIRE(state(*client) == row.id);
        CHECK(client->error().text.en == row.text);
        CHECK(client->take_output().empty());  // nobody is there any more to hear an alert
      }
    }
  }
  const auto client = test::client_engine();
  client->receive("\x15\x03\x03\x00\x02\x01\x00"s);
  REQUIRE(state(*client) == "tls-refused");
  CHECK(client->error().text.en == "the server broke the TLS handshake off: alert close_notify (0)");
}

TEST_CASE("tls engine: an octet that was changed on the way breaks the connection") {
  Pair pair;
  pair.talk();
  pair.client->send("MAIL FROM:<a@example>\r\n");
  std::string wire = pair.client->take_output();
  wire.back() = static_cast<char>(wire.back() ^ 1);
  pair.server->receive(wire);
  REQUIRE(state(*pair.server) == "tls-broken");
  CHECK(pair.server->take_input().empty());
  CHECK(pair.server->error().text.en.find("TLS broke: ") == 0);
  pair.talk();
  REQUIRE(state(*pair.client) == "tls-broken");
  CHECK(pair.client->error().text.en == "the server broke TLS off: alert bad_record_mac (20)");
}

TEST_CASE("tls engine: after a failure nothing more goes in or out") {
  const auto server = test::server_engine();
  server->send("220 hello\r\n");
  server->receive("EHLO a\r\n");
  REQUIRE(state(*server) == "tls-not-tls");
  CHECK_FALSE(server->take_output().empty());
  CHECK(server->waiting() == 0);
  const std::string before = server->error().text.en;
  server->send("more");
  server->close();
  server->receive(test::client_engine()->take_output());
  CHECK(server->take_output().empty());
  CHECK(server->take_input().empty());
  CHECK(server->error().text.en == before);
}

TEST_CASE("tls engine: a handshake that never ends is ended") {
  const auto client = test::client_engine();
  CHECK_FALSE(client->take_output().empty());
  // Warnings may be ignored (RFC 5246 §7.2): user_canceled, again and again.
  std::string warnings;
  for (int i = 0; i < 1000; ++i) warnings += "\x15\x03\x03\x00\x02\x01\x5a"s;
  std::size_t received = 0;
  while (state(*client) == "handshake" && received < 10'000'000) {
    client->receive(warnings);
    received += warnings.size();
  }
  CHECK(state(*client) == "tls-broken");
  CHECK(received < 300'000);
}

TEST_CASE("tls engine: plain octets that nobody takes do not pile up without end") {
  Pair pair;
  pair.talk();
  const std::string much(tls::Engine::kMostUntaken + 1, 'x');
  pair.client->send(much);
  pair.server->receive(pair.client->take_output());  // all of it is given
  CHECK(state(*pair.server) == "open");
  pair.client->send("x");
  pair.server->receive(pair.client->take_output());
  REQUIRE(state(*pair.server) == "tls-broken");
  CHECK(pair.server->error().text.en == "the client sends more than is taken");
  CHECK((pair.server->take_input() == much));
}

}  // namespace
