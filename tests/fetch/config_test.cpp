#include "client/fetch/config.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/core/chinese.h"

namespace {

using client::Security;
using fetch::Over;

std::string file(const std::string& keys) { return "{\"sender\": \"Alice <alice@163.com>\", " + keys + "}"; }

}  // namespace

TEST_CASE("fetch config: server, port and security") {
  struct Row {
    Over over;
    std::string keys;
    std::string host;
    std::uint16_t port;
    Security security;
    bool clear_is_wished;
  };
  const std::vector<Row> rows{
      {Over::kImap, R"("imap_url": "imap.163.com")", "imap.163.com", 993, Security::kTls, false},
      {Over::kImap, R"("imap_url": "imap.163.com", "imap_port": 143)", "imap.163.com", 143, Security::kStarttls, false},
      {Over::kImap, R"("imap_url": "imap.163.com:143")", "imap.163.com", 143, Security::kStarttls, false},
      {Over::kImap, R"("imap_url": "imaps://imap.163.com/")", "imap.163.com", 993, Security::kTls, false},
      {Over::kImap, R"("imap_url": "IMAP://imap.163.com")", "imap.163.com", 143, Security::kStarttls, false},
      {Over::kImap, R"("imap_url": "imaps://imap.163.com:1993")", "imap.163.com", 1993, Security::kTls, false},
      {Over::kImap, R"("imap_url": "a.example", "imap_port": 2143)", "a.example", 2143, Security::kTls, false},
      {Over::kImap, R"("imap_url": "a.example", "imap_port": 2143, "security": "starttls")", "a.example", 2143,
       Security::kStarttls, false},
      {Over::kImap, R"("imap_url": "a.example", "imap_port": 2143, "security": "none")", "a.example", 2143, Security::kNone,
       true},
      {Over::kImap, R"("imap_url": "a.example", "security": "none")", "a.example", 143, Security::kNone, true},
      {Over::kImap, R"("imap_url": "a.example", "imap_port": 993, "security": "none")", "a.example", 993, Security::kTls, true},
      // what is said of SMTP
      {Over::kImap, R"("imap_url": "a.example", "smtp_port": 587, "security": "starttls")", "a.example", 993, Security::kTls,
       false},
      {Over::kPop3, R"("pop_url": "pop.qq.com")", "pop.qq.com", 995, Security::kTls, false},
      {Over::kPop3, R"("pop_url": "pop.qq.com", "pop_port": 110)", "pop.qq.com", 110, Security::kStarttls, false},
      {Over::kPop3, R"("pop_url": "pop.qq.com", "pop_port": 110, "security": "none")", "pop.qq.com", 110, Security::kNone,
       true},
      {Over::kPop3, R"("pop_url": "pop3s://pop.qq.com", "imap_url": "imap.qq.com")", "pop.qq.com", 995, Security::kTls, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.keys);
    const auto config = fetch::parse_config("c.json", file(row.keys), row.over);
    REQUIRE(config.has_value());
    CHECK(config->host == row.host);
    CHECK(config->port == row.port);
    CHECK(config->security == row.security);
    CHECK(config->clear_is_wished == row.clear_is_wished);
    CHECK(config->user == "alice@163.com");
    CHECK_FALSE(config->password.has_value());
  }
}

TEST_CASE("fetch config: who logs in") {
  const auto config = fetch::parse_config(
      "d/c.json", R"({"user": "alice", "imap_url": "a.example", "password": "code", "ca": "ca.pem"})", Over::kImap);
  REQUIRE(config.has_value());
  CHECK(config->user == "alice");
  REQUIRE(config->password.has_value());
  CHECK(config->password->equals("code"));
  CHECK(config->authority == "d/ca.pem");
}

TEST_CASE("fetch config: what is wrong is told, and what to write") {
  struct Row {
    Over over;
    std::string text;
    std::string said;
  };
  const std::vector<Row> rows{
      {Over::kImap, file(R"("smtp_server": "smtp.qq.com:465")"), "hint: write \"imap_url\": \"imap.qq.com\""},
      {Over::kPop3, file(R"("smtp_server": "smtp.qq.com")"), "hint: write \"pop_url\": \"pop.qq.com\""},
      {Over::kPop3, file(R"("imap_url": "imap.qq.com")"), "hint: write \"pop_url\": \"pop.163.com\""},
      {Over::kImap, R"({"imap_url": "a.example"})", "the key 'user' is missing"},
      {Over::kImap, file(R"("imap_ur": "a.example")"), "unknown key 'imap_ur'"},
      {Over::kImap, file(R"("imap_url": 993)"), "'imap_url' has to be a text"},
      {Over::kImap, file(R"("imap_url": "a b")"), "'a b' is no server"},
      {Over::kImap, file(R"("imap_url": "http://a.example")"), "is no server"},
      {Over::kImap, file(R"("imap_url": "a.example:993", "imap_port": 143)"), "'imap_url' has another port already"},
      {Over::kImap, file(R"("imap_url": "a.example", "imap_port": "993")"), "has to be a whole number"},
      {Over::kImap, file(R"("imap_url": "a.example", "security": "ssl")"), "'ssl' is no security"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto config = fetch::parse_config("c.json", row.text, row.over);
    REQUIRE_FALSE(config.has_value());
    const std::string said = core::describe(config.error(), core::Language::kEnglish);
    CHECK_MESSAGE(said.find(row.said) != std::string::npos, said);
    CHECK(said.find("secret") == std::string::npos);
  }
}
