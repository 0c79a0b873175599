#include "client/server_form.h"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/base/host_port.h"

using client::PickedServer;
using client::Security;
using client::ServerForm;
using core::Language;
using screen::KeyName;

namespace {

struct FormPerson {
  void press(KeyName name, int times = 1) {
    for (int i = 0; i < times; ++i) form.press({name, {}});
  }
  void type(std::string_view text) {
    for (const char c : text) form.press({KeyName::kText, std::string(1, c)});
  }
  // The row of a field as it is shown.
  [[nodiscard]] std::string row(std::size_t field, Language language = Language::kEnglish) const {
    std::string text;
    const screen::Overlay overlay = form.overlay(language);
    for (const screen::Run& run : overlay.lines[field]) text += run.text;
    return text;
  }

  ServerForm form;
};

}  // namespace

TEST_CASE("server form: every field is filled, and comes out as it was entered") {
  FormPerson person;
  person.type("mail.example.org");
  person.press(KeyName::kTab, 3);
  person.press(KeyName::kBackspace, 3);
  person.type("2587");
  person.press(KeyName::kDown);
  person.type("ca.pem");
  person.press(KeyName::kDown);
  person.type(" alice@example.org ");
  person.press(KeyName::kDown);
  person.type("a b");
  const std::optional<PickedServer> entered = person.form.entered();
  REQUIRE(entered);
  CHECK(entered->host == "mail.example.org");
  CHECK(entered->port == 2587);
  CHECK(entered->security == Security::kStarttls);
  CHECK(entered->authority == "ca.pem");
  CHECK(entered->user == "alice@example.org");
  CHECK(entered->password.reveal() == "a b");
}

TEST_CASE("server form: a port behind the host's name is the one that is shown") {
  FormPerson person;
  person.type("mail.example.org:2525");
  CHECK(person.row(3) == "port      2525");
  REQUIRE(person.form.entered());
  CHECK(person.form.entered()->port == 2525);
}

TEST_CASE("server form: the port follows the security until another one is typed") {
  FormPerson person;
  person.type("h");
  person.press(KeyName::kTab, 2);
  struct Row {
    KeyName key;
    Security security;
    int port;
  };
  for (const Row& row : {Row{KeyName::kRight, Security::kTls, 465}, Row{KeyName::kRight, Security::kNone, 25},
                         Row{KeyName::kLeft, Security::kTls, 465}, Row{KeyName::kLeft, Security::kStarttls, 587}}) {
    person.press(row.key);
    REQUIRE(person.form.entered());
    CHECK(person.form.entered()->security == row.security);
    CHECK(person.form.entered()->port == row.port);
  }
  person.type(" x");  // a blank turns it too, other characters say nothing here
  CHECK(person.form.entered()->security == Security::kTls);
  person.press(KeyName::kTab);
  person.type("1");
  person.press(KeyName::kBackTab);
  person.press(KeyName::kRight);
  CHECK(person.form.entered()->security == Security::kNone);
  CHECK(person.form.entered()->port == 4651);
}

TEST_CASE("server form: every protocol can be spoken, and the port follows it") {
  FormPerson person;
  person.type("h");
  person.press(KeyName::kTab);
  for (std::size_t i = 1; i <= protocol::known().size(); ++i) {
    person.press(KeyName::kRight);
    const protocol::Protocol& next = *protocol::known()[i % protocol::known().size()];
    REQUIRE(person.form.entered());
    CHECK(person.form.entered()->protocol == &next);
    CHECK(person.form.entered()->port == next.upgrade_port());
    CHECK(person.row(1) == "protocol  " + std::string(next.title()));
  }
}

TEST_CASE("server form: the fields go round, and the cursor stands behind what was typed") {
  FormPerson person;
  CHECK(person.form.overlay(Language::kEnglish).selected == 0);
  person.type("ab");
  const auto cursor = person.form.overlay(Language::kEnglish).cursor;
  REQUIRE(cursor);
  person.type("c");
  CHECK(person.form.overlay(Language::kEnglish).cursor == *cursor + 1);
  person.press(KeyName::kUp);
  CHECK(person.form.overlay(Language::kEnglish).selected == 6);
  person.press(KeyName::kDown, 2);
  CHECK(person.form.overlay(Language::kEnglish).selected == 1);
  CHECK_FALSE(person.form.overlay(Language::kEnglish).cursor);
  person.press(KeyName::kDown);
  CHECK_FALSE(person.form.overlay(Language::kEnglish).cursor);  // the security is chosen, not typed
}

TEST_CASE("server form: what is shown, in both languages; the password is dots") {
  FormPerson person;
  person.type("h");
  person.press(KeyName::kUp);
  person.type("secret");
  CHECK(person.row(0) == "host      h");
  CHECK(person.row(1) == "protocol  SMTP");
  CHECK(person.row(2) == "security  starttls: begins in clear, then TLS");
  CHECK(person.row(3) == "port      587");
  CHECK(person.row(4) == "CA file   (the authorities this computer trusts)");
  CHECK(person.row(5) == "user      (no login)");
  CHECK(person.row(6) == "password  ••••••");
  CHECK(person.row(0, Language::kChinese).starts_with("主机"));
  CHECK(person.row(4, Language::kChinese).find("这台电脑信任的机构") != std::string::npos);
}

TEST_CASE("server form: host and port as people write them") {
  struct Row {
    std::string text;
    std::optional<std::string> host;
    std::optional<std::uint16_t> port = {};
  };
  const std::vector<Row> rows{
      {"mail.example.org:587", "mail.example.org", 587},
      {"mail.example.org", "mail.example.org"},
      {"  mail.example.org:25  ", "mail.example.org", 25},
      {"127.0.0.1:1", "127.0.0.1", 1},
      {"localhost:65535", "localhost", 65535},
      {"[::1]:2525", "::1", 2525},
      {"[::1]", "::1"},
      {"::1", "::1"},
      {"[fe80::1%eth0]:25", "fe80::1%eth0", 25},
      {"2001:db8::1", "2001:db8::1"},
      {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
      {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
      {"a:b:1x", std::nullopt},
      {"a:b:1", std::nullopt},
      {"host:25:", std::nullopt},
      {"", std::nullopt},
      {":25", std::nullopt},
      {"host:", std::nullopt},
      {"host:0", std::nullopt},
      {"host:65536", std::nullopt},
      {"host:-1", std::nullopt},
      {"host:25x", std::nullopt},
      {"a b:25", std::nullopt},
      {"alice@example.org", std::nullopt},
      {"smtp://example.org", std::nullopt},
      {"[::1", std::nullopt},
      {"[]:25", std::nullopt},
      {"[::1]25", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto parsed = client::parse_host_port(row.text);
    CHECK(parsed.has_value() == row.host.has_value());
    FormPerson person;
    person.type(row.text);
    CHECK(person.form.entered().has_value() == row.host.has_value());
    if (!parsed || !row.host) continue;
    CHECK(parsed->host == *row.host);
    CHECK(parsed->port == row.port);
    CHECK(person.form.entered()->port == row.port.value_or(587));  // one behind the host wins
  }
}
