// Scenarios whose server speaks POP3: what SMTP's can say, theirs can.
#include <string>

#include <doctest/doctest.h>

#include "mockserver/scenario/called_reply.h"
#include "mockserver/scenario/way.h"
#include "protocol/known.h"
#include "talk.h"

namespace {

using scenario_test::Talk;

const std::string kPop3Top = "protocol = 'pop3'\ntitle = { en = 'P', zh = 'P' }\n";

const std::string kPop3Provider =
    kPop3Top +
    "[server]\nname = 'pop.p.example'\ngreeting = '@banner'\nextensions = ['USER', 'SASL PLAIN', 'UIDL', 'TOP']\n"
    "[[account]]\nuser = 'alice@p.example'\npassword = 'code-1234'\nweb_password = 'password'\n"
    "[[mail]]\nto = 'alice@p.example'\nmessage = \"Subject: x\\n\\nhi\\n\"\n"
    "[[reply]]\nid = 'banner'\nstage = 'connect'\nlines = ['+OK {server} ready']\n"
    "because = { en = 'b', zh = '因' }\nfix = { en = 'f', zh = '办' }\nsource = ['x']\n"
    "[[reply]]\nid = 'web-password'\nstage = 'auth'\nlines = ['-ERR [AUTH] use the code']\n"
    "because = { en = 'b', zh = '因' }\nfix = { en = 'f', zh = '办' }\nsource = ['x']\n"
    "[[reply]]\nid = 'no-such-message'\nstage = 'retr'\nlines = ['-ERR no message {number}, {messages} there']\n"
    "because = { en = 'b', zh = '因' }\nfix = { en = 'f', zh = '办' }\nsource = ['x']\n"
    "[[reply]]\nid = 'never'\nstage = 'dele'\nlines = ['-ERR never']\n"
    "because = { en = 'b', zh = '因' }\nfix = { en = 'f', zh = '办' }\nsource = ['x']\n"
    "[[reply]]\nid = 'busy'\nstage = 'any'\nlines = ['-ERR busy']\n"
    "because = { en = 'b', zh = '因' }\nfix = { en = 'f', zh = '办' }\nsource = ['x']\n"
    "[[rule]]\non = 'auth'\nwhen = { password = 'web' }\nreply = '@web-password'\n"
    "[[rule]]\non = 'RETR'\nwhen = { argument = '99' }\nreply = '@no-such-message'\n"
    "[[rule]]\non = 'NOOP'\nwhen = { state = 'transaction' }\nreply = '@busy'\n";

scenario::Scenario pop3_server() {
  auto loaded = scenario::load_provider("p", {"p/provider.toml", kPop3Provider});
  REQUIRE_MESSAGE(loaded.has_value(), core::describe(loaded.error(), core::Language::kEnglish));
  return std::move(*loaded);
}

std::string error_in(const std::string& rest) {
  const std::string provider = kPop3Top + rest;
  const auto loaded = scenario::load_provider("p", {"p.toml", provider});
  return loaded ? "" : core::describe(loaded.error(), core::Language::kEnglish);
}

}  // namespace

TEST_CASE("pop3 scenario: rules answer logins, arguments and states") {
  const scenario::Scenario server = pop3_server();
  CHECK(server.protocol->name() == "pop3");
  CHECK(server.idle_timeout == std::chrono::minutes(10));
  Talk talk(server);
  CHECK(talk.greeting == "+OK pop.p.example ready\r\n");
  CHECK(talk.line("USER alice@p.example").starts_with("+OK"));
  CHECK(talk.line("PASS password") == "-ERR [AUTH] use the code\r\n");
  CHECK(talk.user().empty());
  CHECK(talk.line("USER alice@p.example").starts_with("+OK"));
  CHECK(talk.line("PASS code-1234").starts_with("+OK"));
  CHECK(talk.user() == "alice@p.example");
  CHECK(talk.line("RETR 99") == "-ERR no message 99, 1 there\r\n");
  CHECK(talk.line("NOOP") == "-ERR busy\r\n");
  CHECK(talk.line("STAT") == "+OK 1 18\r\n");
  CHECK(talk.line("QUIT").starts_with("+OK"));
  CHECK(talk.is_over());
}

TEST_CASE("pop3 scenario: a reply that is called is earned where a rule gives it, and forced with its banner where none does") {
  struct Row {
    const char* reply;
    bool is_forced;
    const char* code;
  };
  for (const Row& row : {Row{"banner", false, "+OK"}, Row{"web-password", false, "-ERR"}, Row{"no-such-message", false, "-ERR"},
                         Row{"busy", false, "-ERR"}, Row{"never", true, "-ERR"}}) {
    CAPTURE(row.reply);
    const scenario::Scenario server = pop3_server();
    const std::size_t reply = scenario::find_reply(server, row.reply).value();
    const auto earned = scenario::with_earned_reply(server, reply);
    CHECK(earned.has_value() != row.is_forced);
    const scenario::Scenario called = earned ? *earned : scenario::with_forced_reply(server, reply);
    CHECK(called.called.value().is_forced == row.is_forced);
    CHECK((called.summary.en.find("FORCED") != std::string::npos) == row.is_forced);
    CHECK(called.code == row.code);
    // Somewhere on the way it is heard, and each step is answered as it says.
    const std::string& words = called.replies[reply].explanation->id;
    Talk talk(called);
    bool is_met = talk.last.words == &called.replies[reply];
    for (const scenario::Step& step : called.steps) {
      const std::string heard = talk.say(scenario::octets_of(*called.protocol, step, scenario::step_values(called)));
      CAPTURE(heard);
      CHECK(heard.starts_with(step.expect.value().text));
      is_met = is_met || talk.last.words == &called.replies[reply];
    }
    CAPTURE(words);
    CHECK(is_met);
  }
}

TEST_CASE("pop3 scenario: what is wrong is said in the words of POP3") {
  struct Row {
    const char* text;
    const char* want;
  };
  for (const Row& row : {
           Row{"[[rule]]\non = 'MAIL'\nreply = '-ERR no'\n", "'on' cannot be 'MAIL'"},
           Row{"[[rule]]\non = 'RETR'\nreply = '550 no'\n", "it begins with neither +OK nor -ERR"},
           Row{"[[rule]]\non = 'RETR'\nwhen = { state = 'rcpt' }\nreply = '-ERR no'\n", "'state' cannot be 'rcpt'"},
           Row{"[limits]\nrecipients = 5\n", "unknown key 'recipients'"},
           Row{"[server]\nextensions_tls = ['STLS']\n", "STLS is offered in clear only (RFC 2595 §4)"},
           Row{"[[rule]]\non = 'RETR'\nwhen = { mistake = 'no-colon' }\nreply = '-ERR no'\n", "unknown mistake 'no-colon'"},
       }) {
    CAPTURE(row.text);
    const std::string error = error_in(row.text);
    CAPTURE(error);
    CHECK(error.find(row.want) != std::string::npos);
  }
}

TEST_CASE("pop3 scenario: codes and messages of steps are those of the protocol") {
  const auto error_of = [](const std::string& step) {
    const auto loaded = scenario_test::load_text("protocol = 'pop3'\n[[step]]\nsay = { en = 'e', zh = '中' }\n" + step);
    return loaded ? std::string() : core::describe(loaded.error(), core::Language::kEnglish);
  };
  CHECK(error_of("send = 'STAT'\nexpect = '+OK'\n").empty());
  CHECK(error_of("send = 'STAT'\nexpect = 250\n").find("'250' is no code of POP3") != std::string::npos);
  CHECK(error_of("send = 'STAT'\n").find("expect = \"+OK\"") != std::string::npos);
  CHECK(error_of("message = 'x'\n").find("over POP3 no client hands over a message") != std::string::npos);
  const auto smtp = scenario_test::load_text("[[step]]\nsay = { en = 'e', zh = '中' }\nsend = 'NOOP'\nexpect = '+OK'\n");
  REQUIRE_FALSE(smtp.has_value());
  CHECK(core::describe(smtp.error(), core::Language::kEnglish).find("'+OK' is no code of SMTP") != std::string::npos);
}

TEST_CASE("pop3 scenario: a scenario speaks as its provider does") {
  const std::string text =
      "extends = 'p'\nprotocol = 'smtp'\nsubject = 'basics'\ntitle = { en = 't', zh = '题' }\n"
      "summary = { en = 's', zh = '述' }\n";
  const scenario::Providers providers{{{"p", {"p/provider.toml", kPop3Provider}}}};
  const auto other = scenario::load_scenario("p/x", {"x.toml", text}, providers, scenario::Extends::kRequired);
  REQUIRE_FALSE(other.has_value());
  CHECK(core::describe(other.error(), core::Language::kEnglish).find("its provider speaks POP3") != std::string::npos);
}

TEST_CASE("way: every stage under which a protocol files its answers is one of its way, and each step fits the protocol") {
  for (const protocol::Protocol* const protocol : protocol::known()) {
    CAPTURE(std::string(protocol->name()));
    const scenario::Way& way = scenario::way_of(*protocol);
    CHECK(way.protocol == protocol->name());
    CHECK(way.stages.back().stage == "any");
    for (const protocol::InputRow& row : protocol->inputs()) {
      CAPTURE(std::string(row.name));
      if (!row.stage.empty()) CHECK(scenario::stage_row(way, row.stage).stage == row.stage);
    }
    CHECK(protocol->outcome_of(way.greeting) == protocol::Outcome::kOk);
    for (const scenario::GenericStep& step : way.steps) {
      CAPTURE(std::string(step.send));
      CHECK((step.expect.empty() || protocol->outcome_of(step.expect)));
      CHECK_FALSE(step.zh.empty());
    }
    for (const scenario::AnyTimeStep& any : way.any_time) CHECK((any.verb.empty() || protocol->find_command(any.verb)));
  }
}
