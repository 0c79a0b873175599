#include "tls/trust.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/result.h"
#include "tests/tls/pair.h"
#include "tls/random.h"

namespace {

using test::kDay;
using test::Pair;
using test::state;
using tls::Flaw;

// A file with these contents, gone afterwards.
struct File {
  explicit File(const std::string& contents)
      : path(std::filesystem::temp_directory_path() / ("smtplab-" + tls::random_text(12))) {
    std::ofstream(path, std::ios::binary) << contents;
  }
  ~File() { std::filesystem::remove(path); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::filesystem::path path;
};

TEST_CASE("tls trust: each flaw is found, named and explained, and the server hears that it was not believed") {
  struct Row {
    Flaw flaw;
    std::string id;
    std::string text;  // its beginning
  };
  const std::string subject = "the server's certificate (CN=mx.example, O=smtplab) ";
  const std::vector<Row> rows{
      {Flaw::kExpired, "tls-expired", subject + "expired on 2"},
      {Flaw::kNotYetValid, "tls-not-yet-valid", subject + "is valid only from 2"},
      {Flaw::kWrongHost, "tls-wrong-host",
       "the server's certificate (CN=another-host.example, O=smtplab) is for another-host.example, not for mx.example"},
      {Flaw::kSelfSigned, "tls-self-signed", subject + "is signed by nobody but itself: anybody could have made it"},
      {Flaw::kUnknownAuthority, "tls-unknown-authority",
       subject + "was issued by CN=an authority nobody knows, O=smtplab, an authority that is not trusted here"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.id);
    Pair pair(row.flaw);
    pair.client->send("a secret");
    pair.talk();
    REQUIRE(state(*pair.client) == row.id);
    CHECK(pair.client->error().text.en.substr(0, row.text.size()) == row.text);
    CHECK(pair.client->error().blame == core::Blame::kPeer);
    CHECK_FALSE(pair.client->error().hint.en.empty());
    REQUIRE(pair.client->details().distrust.has_value());
    CHECK(*pair.client->details().distrust == pair.client->error());
    CHECK(pair.client->details().chain.size() == 1);
    CHECK(state(*pair.server) == "tls-distrusted");
    CHECK(pair.at_server.empty());
  }
}

TEST_CASE("tls trust: a flaw is wrong in one way only") {
  // At the right time nothing is wrong with those of the wrong time …
  for (const auto& [flaw, days] : {std::pair{Flaw::kExpired, 2}, std::pair{Flaw::kNotYetValid, -2}}) {
    Pair pair(test::client_engine(), test::server_engine({}, test::identity(flaw, test::now() + days * kDay)));
    pair.talk();
    CHECK(state(*pair.client) == "open");
  }
  // … nor with that of another host there.
  Pair pair(test::client_engine({}, "another-host.example"), test::server_engine({}, test::identity(Flaw::kWrongHost)));
  pair.talk();
  CHECK(state(*pair.client) == "open");
}

TEST_CASE("tls trust: of several things that are wrong the most telling is told") {
  struct Row {
    std::string name;
    Flaw flaw;
    std::int64_t at;
    std::string host;
    std::string want;
  };
  const std::int64_t now = test::now();
  const std::vector<Row> rows{
      {"expired, and for another host", Flaw::kExpired, now, "other.example", "tls-expired"},
      {"expired, and self-signed", Flaw::kSelfSigned, now - 400 * kDay, test::kHost, "tls-expired"},
      {"not yet valid, and of an unknown authority", Flaw::kUnknownAuthority, now + 3 * kDay, test::kHost, "tls-not-yet-valid"},
      {"for another host, and self-signed", Flaw::kSelfSigned, now, "other.example", "tls-wrong-host"},
      {"for another host, and of an unknown authority", Flaw::kUnknownAuthority, now, "other.example", "tls-wrong-host"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pair pair(test::client_engine({}, row.host), test::server_engine({}, test::identity(row.flaw, row.at)));
    pair.talk();
    CHECK(state(*pair.client) == row.want);
  }
}

TEST_CASE("tls trust: anybody is taken with --insecure, and judged nevertheless") {
  struct Row {
    Flaw flaw;
    std::string id;
  };
  for (const Row& row : std::vector<Row>{{Flaw::kNone, "tls-unknown-authority"},
                                         {Flaw::kExpired, "tls-expired"},
                                         {Flaw::kWrongHost, "tls-wrong-host"},
                                         {Flaw::kSelfSigned, "tls-self-signed"}}) {
    CAPTURE(row.id);
    Pair pair(test::client_engine({}, test::kHost, tls::Trust::of_anybody()),
              test::server_engine({}, test::identity(row.flaw)));
    pair.client->send("EHLO a\r\n");
    pair.talk();
    REQUIRE(state(*pair.client) == "open");
    CHECK(pair.at_server == "EHLO a\r\n");
    REQUIRE(pair.client->details().distrust.has_value());
    CHECK(pair.client->details().distrust->id == row.id);
  }
}

TEST_CASE("tls trust: another authority than ours is not believed") {
  const auto other = tls::Authority::make(test::now());
  REQUIRE(other.has_value());
  CHECK(other->pem() != test::authority().pem());
  Pair pair(test::client_engine({}, test::kHost, *tls::Trust::of_pem(other->pem())), test::server_engine());
  pair.talk();
  CHECK(state(*pair.client) == "tls-unknown-authority");
  // Both together are.
  Pair both(test::client_engine({}, test::kHost, *tls::Trust::of_pem(other->pem() + "\n" + test::authority().pem())),
            test::server_engine());
  both.talk();
  CHECK(state(*both.client) == "open");
}

TEST_CASE("tls trust: of a file") {
  const File good("a comment\n" + test::authority().pem());
  Pair pair(test::client_engine({}, test::kHost, *tls::Trust::of_file(good.path)), test::server_engine());
  pair.talk();
  CHECK(state(*pair.client) == "open");

  const std::string pem = test::authority().pem();
  struct Row {
    std::string name;
    std::string contents;
  };
  for (const Row& row : std::vector<Row>{
           {"empty", ""}, {"text", "hello\n"}, {"cut off", pem.substr(0, pem.size() / 2)}, {"NUL", std::string(100, '\0')}}) {
    CAPTURE(row.name);
    const File file(row.contents);
    const auto trust = tls::Trust::of_file(file.path);
    REQUIRE_FALSE(trust.has_value());
    CHECK(trust.error().blame == core::Blame::kInput);
    CHECK(trust.error().text.en == "there is no certificate in it");
    CHECK(trust.error().place.en == file.path);
    CHECK_FALSE(tls::Trust::of_pem(row.contents).has_value());
  }
  for (const std::string path : {"/nowhere/ca.pem", "/", "/dev/zero"}) {
    CAPTURE(path);
    const auto trust = tls::Trust::of_file(path);
    REQUIRE_FALSE(trust.has_value());
    CHECK(trust.error().place.en == path);
  }
  CHECK(core::describe(tls::Trust::of_file("/nowhere/ca.pem").error(), core::Language::kEnglish) ==
        "/nowhere/ca.pem: cannot read it: No such file or directory (name a PEM file with the certificates that shall be "
        "trusted)");
}

TEST_CASE("tls trust: a system without authorities believes nobody, and that is said") {
  Pair pair(test::client_engine({}, test::kHost, tls::Trust::of_system("/nowhere/ca.pem")), test::server_engine());
  pair.talk();
  REQUIRE(state(*pair.client) == "tls-unknown-authority");
  CHECK(pair.client->error().hint.en == "no authority is known on this computer: is the package ca-certificates installed?");
  const File file(test::authority().pem());
  Pair known(test::client_engine({}, test::kHost, tls::Trust::of_system(file.path)), test::server_engine());
  known.talk();
  CHECK(state(*known.client) == "open");
}

}  // namespace
