#include "client/stepper/tls_view.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/base/spoken.h"
#include "client/screen/canvas.h"
#include "smtp/door.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using test::Person;

namespace {

tls::Certificate certificate(const std::string& subject, const std::string& issuer) {
  tls::Certificate one;
  one.subject = subject;
  one.issuer = issuer;
  one.names = {"mx.example", "192.0.2.1\x1b[2J"};
  one.not_before = "2026-01-01 00:00:00";
  one.not_after = "2026-02-01 00:00:00";
  one.serial = "0a:1b";
  one.key = "EC 256";
  one.fingerprint = "ab:cd";
  return one;
}

tls::Details details() {
  tls::Details known;
  known.version = "TLSv1.2";
  known.cipher = "TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384";
  known.host = "mx.example";
  known.chain = {certificate("CN=mx.example", "CN=An authority"), certificate("CN=An authority", "CN=An authority")};
  return known;
}

core::Error expired() {
  return {
      core::Blame::kPeer, {"CN=mx.example expired on 2026-02-01", "CN=mx.example 已于 2026-02-01 过期"}, {}, {}, "tls-expired"};
}

std::string shown(const Person& person, const tls::Details* known, Language language, bool securing = false) {
  stepper::View view = person.view();
  view.tls = known;
  view.is_securing = securing;
  return test::text_of(stepper::tls_lines(view, test::known(), language));
}

std::string words_of(client::Word which, Language language) { return client::word(which, smtp::door(), language); }

}  // namespace

TEST_CASE("TLS view: in clear it says so, and what STARTTLS would change") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    Person person("any/submission");
    const std::string none = words_of(client::Word::kTlsNone, language);
    test::check_parts(shown(person, nullptr, language), {none, words_of(client::Word::kTlsAskEhlo, language)});
    person.dialogue.send("EHLO a.example\r\n");
    person.dialogue.answer();
    test::check_parts(shown(person, nullptr, language), {none, words_of(client::Word::kTlsOffered, language)});
    Person plain("sina/first-mail");
    plain.dialogue.send("EHLO a.example\r\n");
    plain.dialogue.answer();
    test::check_parts(shown(plain, nullptr, language), {none, words_of(client::Word::kTlsNotOffered, language)});
    test::check_parts(shown(person, nullptr, language, true), {words_of(client::Word::kTlsUnderWay, language)}, {none});
  }
}

TEST_CASE("TLS view: version, cipher, the name asked for, and each certificate, hostile octets made safe") {
  Person person("any/submission");
  for (const char* const bytes : {"EHLO a.example\r\n", "STARTTLS\r\n"}) {
    person.dialogue.send(bytes);
    person.dialogue.answer();
  }
  const tls::Details known = details();
  test::check_parts(
      shown(person, &known, Language::kEnglish),
      {"version         TLS 1.2\n", "cipher          TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384\n", "name asked for  mx.example\n",
       "verified        yes", "The server's certificate\n", "for             CN=mx.example\n",
       "signed by       CN=An authority\n", "names           mx.example, 192.0.2.1\\x1b[2J\n",
       "valid from      2026-01-01 00:00:00 UTC\n", "valid until     2026-02-01 00:00:00 UTC\n", "key             EC 256\n",
       "serial          0a:1b\n", "SHA-256         ab:cd\n", "The certificate of its issuer\n"},
      {"--insecure", "\x1b"});
  test::check_parts(shown(person, &known, Language::kChinese), {"版本", "TLS 1.2", "服务器的证书", "签发者的证书", "通过"},
                    {"verified"});
}

TEST_CASE("TLS view: why a certificate does not convince, and that it was taken all the same") {
  Person person("any/submission");
  tls::Details known = details();
  known.distrust = expired();
  const std::vector<std::string> why{"The server's certificate has expired.", "Why  ", "Do  ",
                                     "CN=mx.example expired on 2026-02-01"};
  test::check_parts(shown(person, &known, Language::kEnglish), why, {"--insecure)"});
  test::check_parts(shown(person, &known, Language::kEnglish), {"verified        no\n"});
  test::check_parts(shown(person, &known, Language::kChinese), {"服务器的证书过期了。", "怎么办", "未通过"});
  for (const char* const bytes : {"EHLO a.example\r\n", "STARTTLS\r\n"}) {
    person.dialogue.send(bytes);
    person.dialogue.answer();
  }
  test::check_parts(shown(person, &known, Language::kEnglish), why);
  test::check_parts(shown(person, &known, Language::kEnglish), {"verified        no, and taken all the same (--insecure)"});
}

TEST_CASE("TLS view: a handshake that failed for another reason says which") {
  Person person("any/submission");
  dialogue::Event closed;
  closed.kind = dialogue::Kind::kClosed;
  closed.closed_by = dialogue::ClosedBy::kFailure;
  closed.failure = "tls-closed";
  closed.note = "closed in the handshake";
  person.dialogue.log->append(closed);
  test::check_parts(shown(person, nullptr, Language::kEnglish),
                    {"in the middle of the TLS handshake", "Do  ", "closed in the handshake"});
  tls::Details known = details();
  known.distrust = expired();
  closed.failure = "tls-expired";
  person.dialogue.log->append(closed);
  const std::string text = shown(person, &known, Language::kEnglish);
  const std::size_t first = text.find("has expired");
  REQUIRE(first != std::string::npos);
  CHECK(text.find("The server's certificate has expired", first) == std::string::npos);  // told once
}

TEST_CASE("TLS view: the version as people write it") {
  struct Row {
    std::string version;
    std::string want;
  };
  for (const Row& row : {Row{"TLSv1.2", "TLS 1.2"}, Row{"TLSv1.3", "TLS 1.3"}, Row{"", "TLS"}, Row{"odd", "odd"}}) {
    tls::Details known;
    known.version = row.version;
    CHECK(stepper::tls_version(known) == row.want);
  }
}
