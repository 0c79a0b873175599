#include "tls/authority.h"

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/tls/pair.h"
#include "tls/random.h"

namespace {

using test::Pair;
using test::state;

// What a client sees of a certificate for these hosts.
tls::Certificate shown(const std::vector<std::string>& hosts, tls::Flaw flaw = tls::Flaw::kNone) {
  const auto issued = test::authority().issue(hosts, flaw, test::now());
  REQUIRE(issued.has_value());
  Pair pair(test::client_engine({}, hosts.front()), test::server_engine({}, *issued));
  pair.talk();
  REQUIRE(pair.client->details().chain.size() == 1);
  return pair.client->details().chain.front();
}

TEST_CASE("tls authority: its certificate is PEM, one, and differs each time") {
  const std::string& pem = test::authority().pem();
  CHECK(pem.find("-----BEGIN CERTIFICATE-----\n") == 0);
  CHECK(pem.rfind("-----END CERTIFICATE-----\n") == pem.size() - 26);
  CHECK(pem.find("BEGIN", 20) == std::string::npos);
}

TEST_CASE("tls authority: serial numbers and keys never repeat") {
  std::set<std::string> serials;
  std::set<std::string> fingerprints;
  for (int i = 0; i < 5; ++i) {
    const tls::Certificate certificate = shown({"a.example"});
    serials.insert(certificate.serial);
    fingerprints.insert(certificate.fingerprint);
  }
  CHECK(serials.size() == 5);
  CHECK(fingerprints.size() == 5);
}

TEST_CASE("tls authority: the first host is the subject, as far as it fits into one") {
  struct Row {
    std::string host;
    std::string subject;
  };
  const std::string longest = std::string(60, 'a') + ".abc";
  for (const Row& row : std::vector<Row>{{"163.com", "CN=163.com, O=smtplab"},
                                         {"::1", "CN=::1, O=smtplab"},
                                         {longest, "CN=" + longest + ", O=smtplab"},
                                         {longest + "d", "O=smtplab"},
                                         {"a,b.example", "O=smtplab"},
                                         {"xn--fiq228c.example", "CN=xn--fiq228c.example, O=smtplab"}}) {
    CAPTURE(row.host);
    const tls::Certificate certificate = shown({row.host, "second.example"});
    CHECK(certificate.subject == row.subject);
    CHECK(certificate.names == std::vector<std::string>{row.host, "second.example"});
  }
}

TEST_CASE("tls authority: many hosts find room") {
  std::vector<std::string> hosts;
  for (int i = 0; i < 100; ++i) hosts.push_back("host-" + std::to_string(i) + ".a-rather-long-domain.example");
  CHECK(shown(hosts).names == hosts);
}

TEST_CASE("tls authority: the wrong host is none of those asked for") {
  const tls::Certificate certificate = shown({"another-host.example"}, tls::Flaw::kWrongHost);
  CHECK(certificate.names == std::vector<std::string>{"yet-another-host.example"});
}

TEST_CASE("tls authority: what nobody but itself signed names itself as issuer") {
  const tls::Certificate certificate = shown({"a.example"}, tls::Flaw::kSelfSigned);
  CHECK(certificate.issuer == certificate.subject);
}

TEST_CASE("tls authority: it can be moved, and an identity outlives it") {
  std::shared_ptr<const tls::Identity> identity;
  std::string pem;
  {
    auto made = tls::Authority::make(test::now());
    REQUIRE(made.has_value());
    const tls::Authority moved = std::move(*made);
    pem = moved.pem();
    identity = *moved.issue({test::kHost}, tls::Flaw::kNone, test::now());
  }
  Pair pair(test::client_engine({}, test::kHost, *tls::Trust::of_pem(pem)), test::server_engine({}, identity));
  identity.reset();  // the engine keeps it
  pair.talk();
  CHECK(state(*pair.client) == "open");
}

TEST_CASE("tls random: texts are letters and digits, as many as asked for, never the same") {
  std::set<std::string> texts;
  std::set<char> letters;
  for (int i = 0; i < 100; ++i) {
    const std::string text = tls::random_text(24);
    CHECK(text.size() == 24);
    texts.insert(text);
    letters.insert(text.begin(), text.end());
  }
  CHECK(texts.size() == 100);
  CHECK(letters.size() == 62);
  CHECK(tls::random_text(0).empty());
  CHECK(tls::random_octets(5000).size() == 5000);
}

}  // namespace
