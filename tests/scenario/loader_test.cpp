#include "mockserver/scenario/loader.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/neutral.h"
#include "talk.h"

using namespace std::chrono_literals;

namespace {

constexpr const char* kFullProvider = R"(title = { en = "Mail of P", zh = "P 邮箱" }
[server]
name = "p.example"
greeting = "@banner"
ehlo_text = "{server} hello {client}"
extensions = ["PIPELINING", "STARTTLS", "AUTH LOGIN PLAIN"]
line_ends = "strict"
quirks = ["no-colon", "auth-after-helo"]
[limits]
command_line = 512
silence = 2.5
[[account]]
user = "p@p.example"
password = "P"
[[reply]]
id = "banner"
stage = "connect"
lines = ["220 {server} ready"]
because = { en = "why", zh = "为什么" }
fix = { en = "how", zh = "怎么办" }
source = ["https://example.org"]
seen = "2024-05"
verified = "reported"
[[reply]]
id = "auth-required"
stage = "mail"
lines = ["553 auth"]
because.en = "why"
because.zh = "为什么"
fix.en = "how"
fix.zh = "怎么办"
source = ["a", "b"]
[[rule]]
on = "MAIL"
when = { authenticated = false }
reply = "@auth-required"
)";

constexpr const char* kFullScenario = R"(extends = "p"
subject = "authentication"
code = 553
title = { en = "T", zh = "题" }
summary = { en = "S", zh = "述" }
[server]
name = "other.example"
quirks = ["no-angle-brackets"]
[limits]
idle_timeout = 60
[[account]]
user = "alice@p.example"
password = "A"
web_password = "W"
[[rule]]
on = "MAIL"
when = { sender = "*@bad", authenticated = false }
reply = "@auth-required"
because = { en = "mine", zh = "我的" }
then = "close"
delay = 1.5
[[rule]]
on = "DATA"
reply = ["451-not", "451 now"]
[[step]]
send = "MAIL FROM:<{user}>"
expect = 553
say = { en = "look", zh = "看" }
[[step]]
message = "Subject: x\n\nHello\n"
say = { en = "text", zh = "正文" }
[[step]]
send = "NOO"
end = "none"
say = { en = "half", zh = "半行" }
)";

core::Result<scenario::Scenario> load_full() {
  return scenario::load_scenario("p/t", {"p/t.toml", kFullScenario}, {{{"p", {"p/provider.toml", kFullProvider}}}},
                                 scenario::Extends::kRequired);
}

}  // namespace

TEST_CASE("loader: a scenario lies over its provider") {
  const auto loaded = load_full();
  REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
  const scenario::Scenario& s = *loaded;
  CHECK(s.id == "p/t");
  CHECK(s.provider == "p");
  CHECK(s.provider_title == core::Text{"Mail of P", "P 邮箱"});
  CHECK(s.title == core::Text{"T", "题"});
  CHECK(s.summary == core::Text{"S", "述"});
  CHECK(s.subject == "authentication");
  CHECK(s.code == "553");
  CHECK(s.security == scenario::Security::kNone);
  CHECK(s.idle_timeout == 60s);
  CHECK(s.silence == 2500ms);
  REQUIRE(s.accounts.size() == 1);
  CHECK(s.accounts[0].user == "alice@p.example");
  CHECK(s.accounts[0].web_password == "W");
}

TEST_CASE("loader: keys of [server] and [limits] override one by one, and a list is one of them") {
  const scenario::Scenario s = load_full().value();
  CHECK(s.server.name == "other.example");
  CHECK(s.server.hello_text == "{server} hello {client}");
  CHECK(s.server.offers == std::vector<std::string>{"PIPELINING", "STARTTLS", "AUTH LOGIN PLAIN"});
  CHECK(s.server.line_ends == protocol::LineEnds::kStrict);
  CHECK(s.server.limits.at("command_line") == 512);
  CHECK(s.server.limits.count("recipients") == 0);
  // A list is one key: the scenario's replaces the provider's.
  CHECK(s.server.has_quirk("no-angle-brackets"));
  CHECK_FALSE(s.server.has_quirk("no-colon"));
  CHECK_FALSE(s.server.has_quirk("auth-after-helo"));
}

TEST_CASE("loader: STARTTLS is announced in clear where it is listed, and inside TLS the rest is") {
  struct Row {
    const char* name;
    const char* server;
    std::vector<std::string> clear;
    std::optional<std::vector<std::string>> tls;
    std::optional<std::vector<std::string>> auth;
  };
  for (const Row& row : std::vector<Row>{
           {"none", "extensions = ['starttls', 'HELP']", {"starttls", "HELP"}, {}, {}},
           {"starttls", "security = 'starttls'\nextensions = ['STARTTLS', 'HELP']", {"STARTTLS", "HELP"}, {}, {}},
           {"tls", "security = 'tls'\nextensions = ['STARTTLS', 'HELP']", {"HELP"}, {}, {}},
           {"stripped", "security = 'starttls'\nextensions = ['HELP']", {"HELP"}, {}, {}},
           {"lists of their own",
            "security = 'starttls'\nextensions = ['STARTTLS']\nextensions_tls = ['AUTH PLAIN']\nextensions_auth = []",
            {"STARTTLS"},
            {{"AUTH PLAIN"}},
            std::vector<std::string>{}},
       }) {
    CAPTURE(row.name);
    const auto loaded = scenario_test::load_text("[server]\n" + std::string(row.server) + "\n");
    REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
    CHECK(loaded->server.offers == row.clear);
    CHECK((loaded->server.offers_tls == row.tls));
    CHECK((loaded->server.offers_auth == row.auth));
  }
}

TEST_CASE("loader: a provider's file is read once for all scenarios that extend it") {
  scenario::Providers providers;
  providers.files["p"] = {"p/provider.toml", "title={en='P',zh='P'}\nserver={name='one.example'}\n"};
  const auto load = [&](const std::string& id) {
    return scenario::load_scenario(
        id, {id + ".toml", "extends='p'\nsubject='basics'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\n"}, providers,
        scenario::Extends::kRequired);
  };
  REQUIRE(load("p/a").has_value());
  providers.files["p"].text = "no TOML at all";
  const auto second = load("p/b");
  REQUIRE(second.has_value());
  CHECK(second->server.name == "one.example");
  CHECK(second->id == "p/b");
}

TEST_CASE("loader: [tls], tokens and the new limits override one by one") {
  scenario::Providers providers;
  providers.files["p"] = {"p/provider.toml",
                          "title={en='P',zh='P'}\nserver={oauth_error='{\"a\":1}',extensions_tls=['HELP']}\n"
                          "tls={certificate='expired',newest='1.2',oldest='1.0'}\nlimits={auth_attempts=3}\n"};
  const std::string text =
      "extends='p'\nsubject='tls'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\ntls={handshake='stall',oldest='1.1'}\n"
      "limits={messages=2,recipient_domains=4}\naccount=[{user='u',password='p',token='ya29.x'}]\n";
  const auto s = scenario::load_scenario("p/t", {"p/t.toml", text}, providers, scenario::Extends::kRequired);
  REQUIRE_MESSAGE(s.has_value(), s.error().text.en);
  CHECK(s->tls.certificate == tls::Flaw::kExpired);
  CHECK(s->tls.handshake == scenario::Handshake::kStall);
  CHECK(s->tls.oldest == tls::Version::kTls11);
  CHECK(s->tls.newest == tls::Version::kTls12);
  CHECK(s->server.oauth_error == "{\"a\":1}");
  CHECK(s->server.offers_tls.value() == std::vector<std::string>{"HELP"});
  CHECK(s->server.limits.at("auth_attempts") == 3);
  CHECK(s->server.limits.at("messages") == 2);
  CHECK(s->server.limits.at("recipient_domains") == 4);
  CHECK(s->accounts.front().token == "ya29.x");
  // What nobody said.
  const auto plain = scenario_test::load_text("");
  CHECK(plain->tls.certificate == tls::Flaw::kNone);
  CHECK(plain->tls.handshake == scenario::Handshake::kComplete);
  CHECK(plain->tls.oldest == tls::Version::kTls12);
  CHECK(plain->tls.newest == tls::newest_version());
  CHECK_FALSE(plain->server.limits.contains("messages"));
}

TEST_CASE("loader: a step without line end holds exactly the octets that go out") {
  const auto loaded = scenario_test::load_text(
      "[[step]]\nsend = \"BDAT 2 LAST\\r\\nHi\"\nend = 'none'\nexpect = 250\nsay = { en = 'e', zh = '中' }\n");
  REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
  CHECK(loaded->steps.front().send == "BDAT 2 LAST\r\nHi");
  CHECK(loaded->steps.front().expect->text == "250");
}

TEST_CASE("loader: replies keep what is known about them") {
  const scenario::Scenario s = load_full().value();
  REQUIRE(s.greeting.has_value());
  const scenario::ReplyEntry& banner = s.replies[*s.greeting];
  CHECK(banner.id == "banner");
  CHECK(banner.stage == "connect");
  CHECK(banner.code.text == "220");
  CHECK(banner.reported);
  CHECK(banner.explanation->id == "p#banner");
  CHECK(banner.explanation->seen == "2024-05");
  CHECK(banner.explanation->fix.zh == "怎么办");
  CHECK(s.replies[1].explanation->source == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(s.replies[1].reported);
}

TEST_CASE("loader: a scenario's rules come before its provider's and may bring their own words") {
  const scenario::Scenario s = load_full().value();
  REQUIRE(s.rules.size() == 3);
  CHECK(s.rules[0].when.asked<scenario::Pattern>("sender")->text() == "*@bad");
  CHECK(s.rules[0].effects.then == scenario::Then::kClose);
  CHECK(s.rules[0].effects.delay == 1500ms);
  CHECK(s.rules[0].explanation->because.en == "mine");
  CHECK(s.rules[0].explanation->fix.en == "how");
  CHECK(s.rules[0].explanation->id == "p#auth-required");
  CHECK(s.rules[1].on == scenario::On::kCommand);
  CHECK(s.rules[1].verb == protocol::Input(smtp::Input::kData));
  CHECK(s.replies[s.rules[1].reply.value()].id == "rule-2");
  CHECK(s.replies[s.rules[1].reply.value()].lines == std::vector<std::string>{"451-not", "451 now"});
  CHECK(s.replies[s.rules[1].reply.value()].stage == "data");
  CHECK(s.rules[1].explanation == nullptr);
  CHECK(s.rules[2].explanation->because.en == "why");
}

TEST_CASE("loader: steps keep their templates, their ends and what is expected") {
  const scenario::Scenario s = load_full().value();
  REQUIRE(s.steps.size() == 3);
  CHECK(s.steps[0].send == "MAIL FROM:<{user}>");
  CHECK(s.steps[0].expect->text == "553");
  CHECK(s.steps[0].say == core::Text{"look", "看"});
  CHECK(s.steps[1].message == "Subject: x\n\nHello\n");
  CHECK_FALSE(s.steps[1].expect.has_value());
  CHECK(s.steps[2].line_end == protocol::LineEnd::kNone);
}

TEST_CASE("loader: a file of somebody's own may extend nothing") {
  const auto loaded = scenario_test::load_text("[[rule]]\non = 'connect'\nreply = '554 closed'\n");
  REQUIRE(loaded.has_value());
  CHECK(loaded->provider.empty());
  CHECK(loaded->provider_title == core::Text{"t", "题"});
  CHECK(loaded->replies[0].stage == "connect");
}

TEST_CASE("loader: a provider by itself is a server without steps") {
  const auto loaded = scenario::load_provider("p", {"p/provider.toml", kFullProvider});
  REQUIRE(loaded.has_value());
  CHECK(loaded->id == "p");
  CHECK(loaded->summary == core::Text{"Mail of P", "P 邮箱"});
  CHECK(loaded->steps.empty());
  CHECK(loaded->accounts.size() == 1);
  CHECK(loaded->server.has_quirk("auth-after-helo"));
}

TEST_CASE("loader: SMTPUTF8 in the list makes the parser take UTF-8") {
  const auto takes_utf8 = [](const protocol::ServerSettings& server) { return smtp::typed(server).leniency.allow_utf8; };
  CHECK(takes_utf8(scenario_test::load_text("server = { extensions = ['8BITMIME', 'SMTPUTF8'] }\n")->server));
  CHECK(takes_utf8(scenario_test::load_text("server = { extensions_tls = ['8BITMIME', 'SMTPUTF8'] }\n")->server));
  CHECK_FALSE(takes_utf8(scenario_test::load_text("server = { extensions = ['8BITMIME'] }\n")->server));
}

TEST_CASE("loader: a file cut off anywhere, or with any line left out, gives a scenario or an error with its place") {
  const std::string whole = kFullScenario;
  const auto check = [](const std::string& text) {
    const auto loaded = scenario::load_scenario("p/t", {"p/t.toml", text}, {{{"p", {"p/provider.toml", kFullProvider}}}},
                                                scenario::Extends::kRequired);
    if (!loaded) CHECK_MESSAGE(loaded.error().text.en.starts_with("p/t.toml:"), text);
    return loaded.has_value();
  };
  for (std::size_t end = 0; end < whole.size(); ++end) check(whole.substr(0, end));
  std::size_t sound = 0;
  for (std::size_t begin = 0; begin < whole.size();) {
    const std::size_t end = whole.find('\n', begin) + 1;
    if (check(whole.substr(0, begin) + whole.substr(end))) ++sound;
    begin = end;
  }
  CHECK(sound > 5);
}
