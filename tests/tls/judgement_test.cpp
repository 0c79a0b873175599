#include "tls/judgement.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <mbedtls/x509.h>

#include "tests/core/chinese.h"

namespace {

tls::Finding finding(std::uint32_t flags, const std::string& subject = "CN=mx.example", bool is_self_issued = false) {
  return {{subject, "CN=the issuer", {"mx.example"}, "2020-01-02 03:04:05", "2021-01-02 03:04:05", "01", "EC 256", "aa"},
          flags,
          is_self_issued};
}

std::string told(const std::vector<tls::Finding>& chain) {
  const auto error = tls::judge(chain, "mx.example", false);
  return error ? error->id + ": " + error->text.en : "nothing";
}

TEST_CASE("tls judgement: a chain without findings convinces") {
  CHECK(told({}) == "nothing");
  CHECK(told({finding(0), finding(0, "CN=authority")}) == "nothing");
}

TEST_CASE("tls judgement: an authority's certificate is told apart from the server's") {
  CHECK(told({finding(0), finding(MBEDTLS_X509_BADCERT_EXPIRED, "CN=authority")}) ==
        "tls-expired: the certificate (CN=authority) that vouches for the server's expired on 2021-01-02 03:04:05 UTC");
  CHECK(told({finding(0), finding(MBEDTLS_X509_BADCERT_NOT_TRUSTED, "CN=authority", true)}) ==
        "tls-unknown-authority: the certificate (CN=authority) that vouches for the server's was issued by CN=the issuer, an "
        "authority that is not trusted here");
}

TEST_CASE("tls judgement: time before host, host before who signed, and the rest last") {
  struct Row {
    std::string name;
    std::vector<tls::Finding> chain;
    std::string id;
  };
  const std::uint32_t host = MBEDTLS_X509_BADCERT_CN_MISMATCH;
  const std::uint32_t untrusted = MBEDTLS_X509_BADCERT_NOT_TRUSTED;
  const std::uint32_t weak = MBEDTLS_X509_BADCERT_BAD_MD;
  const std::vector<Row> rows{
      {"everything", {finding(MBEDTLS_X509_BADCERT_EXPIRED | host | untrusted | weak, "CN=a", true)}, "tls-expired"},
      {"an expired authority, and the host", {finding(host), finding(MBEDTLS_X509_BADCERT_EXPIRED | untrusted)}, "tls-expired"},
      {"not yet valid, and the host", {finding(MBEDTLS_X509_BADCERT_FUTURE | host)}, "tls-not-yet-valid"},
      {"the host, and who signed", {finding(host | untrusted | weak, "CN=a", true)}, "tls-wrong-host"},
      {"the host, and an unknown root", {finding(host), finding(untrusted)}, "tls-wrong-host"},
      {"itself", {finding(untrusted | weak, "CN=a", true)}, "tls-self-signed"},
      {"an unknown authority", {finding(untrusted | weak)}, "tls-unknown-authority"},
      {"only weak", {finding(0), finding(weak)}, "tls-bad-certificate"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto error = tls::judge(row.chain, "mx.example", false);
    REQUIRE(error.has_value());
    CHECK(error->id == row.id);
    CHECK_FALSE(error->hint.empty());
    test::check_chinese(*error);
  }
}

TEST_CASE("tls judgement: what else a certificate may lack is told in words") {
  const std::string the_certificate = "tls-bad-certificate: the server's certificate (CN=mx.example)";
  CHECK(told({finding(MBEDTLS_X509_BADCERT_BAD_KEY)}) ==
        the_certificate + " has a key that is too short, or of an unusual kind");
  CHECK(told({finding(MBEDTLS_X509_BADCERT_BAD_MD)}) == the_certificate + " is signed with a hash that is no longer safe");
  CHECK(told({finding(MBEDTLS_X509_BADCERT_EXT_KEY_USAGE)}) == the_certificate + " is not made for servers (extendedKeyUsage)");
  CHECK(told({finding(MBEDTLS_X509_BADCERT_OTHER)}) == the_certificate + " is not acceptable");
}

TEST_CASE("tls judgement: names of a hostile certificate are escaped and cut") {
  tls::Finding hostile = finding(MBEDTLS_X509_BADCERT_CN_MISMATCH, "CN=\x1b[2J" + std::string(500, 'x'));
  hostile.certificate.names = {"\x1b[31m", "b.example", "c.example", "d.example", "e.example", "f.example", "g.example"};
  const std::string text = told({hostile});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\\x1b[2Jxxx") != std::string::npos);
  CHECK(text.find("…") != std::string::npos);
  CHECK(text.find("is for \\x1b[31m, b.example, c.example, d.example, e.example and 2 more, not for mx.example") !=
        std::string::npos);
  CHECK(text.size() < 500);
  hostile.certificate.names.clear();
  CHECK(told({hostile}).find("is for no host, not for mx.example") != std::string::npos);
}

}  // namespace
