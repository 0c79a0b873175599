#include "client/program/java_trust.h"

#include <string>

#include <doctest/doctest.h>

#include "sasl/hashes.h"

// Written by `keytool -importcert -storetype JKS`, but for the alias, the time, and the octets of the certificate.
TEST_CASE("java: a store of one certificate is as keytool writes it") {
  const std::string store = program::java_trust("-----BEGIN CERTIFICATE-----\nQUJD\nREVG\n-----END CERTIFICATE-----\n");
  const std::string body(store.substr(0, store.size() - 20));
  const std::string begin = sasl::hexadecimal(body.substr(0, 16));
  CHECK(begin == "feedfeed000000020000000100000002");
  CHECK(sasl::hexadecimal(body.substr(16, 2)) == "0009");
  CHECK(body.substr(18, 9) == "smtplab-0");
  CHECK(sasl::hexadecimal(body.substr(27, 8)) == "0000000000000000");
  CHECK(sasl::hexadecimal(body.substr(35, 2)) + body.substr(37, 5) == "0005X.509");
  CHECK(sasl::hexadecimal(body.substr(42, 4)) + body.substr(46) == "00000006ABCDEF");
  std::string sealed;
  for (const char c : std::string("changeit")) sealed += std::string(1, '\0') + c;
  CHECK(store.substr(store.size() - 20) == sasl::digest(sasl::Hash::kSha1, sealed + "Mighty Aphrodite" + body));
}

TEST_CASE("java: all certificates, and nothing else") {
  const std::string one = "-----BEGIN CERTIFICATE-----\r\nQUJD\r\n-----END CERTIFICATE-----\r\n";
  const auto count = [](const std::string& pem) { return static_cast<int>(program::java_trust(pem)[11]); };
  CHECK(count("") == 0);
  CHECK(count("text\n" + one + "text\n" + one) == 2);
  CHECK(count("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n" + one) == 1);
  CHECK(count("-----BEGIN CERTIFICATE-----\nQUJD") == 1);
}
