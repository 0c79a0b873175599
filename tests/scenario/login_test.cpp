// Every mechanism against a scenario: the client's side of sasl/ is the peer.
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "mockserver/scenario/judge.h"
#include "talk.h"

using scenario_test::load_text;
using scenario_test::Talk;

namespace {

constexpr const char* kLoginServer =
    "[server]\nname = 'p.example'\nextensions = ['AUTH SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 OAUTHBEARER XOAUTH2 PLAIN LOGIN']\n"
    "oauth_error = '{\"status\":\"401\"}'\n"
    "[[account]]\nuser = 'alice@p.example'\npassword = 'CODE'\nweb_password = 'web'\ntoken = 'TOKEN'\n"
    "[[account]]\nuser = 'bob@p.example'\npassword = 'B'\n";

scenario::Scenario load_login(const std::string& rules = {}) {
  auto loaded = load_text(kLoginServer + rules);
  REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
  return std::move(*loaded);
}

sasl::Credentials credentials(const std::string& user, const std::string& password, const std::string& token = "TOKEN") {
  sasl::Credentials made;
  made.user = user;
  made.password = core::Secret(password);
  made.token = core::Secret(token);
  made.host = "p.example";
  made.port = 587;
  return made;
}

// Logs in, and gives the codes of all answers and the text of the last: "334 334 235 Authentication successful".
std::string log_in(Talk& talk, const std::string& mechanism, const sasl::Credentials& with, bool initial_response = true) {
  auto client = sasl::Client::begin(mechanism, with, "client-nonce");
  REQUIRE(client.has_value());
  std::string line = "AUTH " + mechanism;
  if (client->speaks_first() && initial_response) line += " " + core::base64_encode(client->respond("").value());
  std::string story;
  for (int round = 0; round < 6; ++round) {
    const std::string answer = talk.line(line);
    if (!answer.starts_with("334")) return story + answer.substr(0, answer.size() - 2);
    story += "334 ";
    const auto challenge = core::base64_decode(core::trim(std::string_view(answer).substr(4, answer.size() - 6)));
    REQUIRE(challenge.has_value());
    const auto response = client->respond(*challenge);
    if (!response) return story + response.error().id;
    line = core::base64_encode(*response);
  }
  return story + "without end";
}

}  // namespace

TEST_CASE("login: every mechanism lets the right one in and nobody else") {
  const std::string ok = "235 Authentication successful";
  const std::string no = "535 Authentication credentials invalid";
  struct Row {
    std::string mechanism;
    std::string before;          // challenges until a right login is answered
    std::string before_refusal;  // and until a wrong one is
  };
  const scenario::Scenario scenario = load_login();
  for (const Row& row : std::vector<Row>{{"PLAIN", "", ""},
                                         {"LOGIN", "334 334 ", "334 334 "},
                                         {"CRAM-MD5", "334 ", "334 "},
                                         {"SCRAM-SHA-1", "334 334 ", "334 "},
                                         {"SCRAM-SHA-256", "334 334 ", "334 "},
                                         {"XOAUTH2", "", "334 "},
                                         {"OAUTHBEARER", "", "334 "}}) {
    CAPTURE(row.mechanism);
    Talk talk(scenario);
    talk.line("EHLO c");
    CHECK(log_in(talk, row.mechanism, credentials("alice@p.example", "x", "x")) == row.before_refusal + no);
    CHECK(talk.user().empty());
    CHECK(log_in(talk, row.mechanism, credentials("carol@p.example", "CODE")) == row.before_refusal + no);
    CHECK(talk.user().empty());
    CHECK(log_in(talk, row.mechanism, credentials("Alice@P.example", "CODE")) == row.before + ok);
    CHECK(talk.user() == "Alice@P.example");
  }
}

TEST_CASE("login: a first response that is asked for, and does not stand in the AUTH line") {
  const scenario::Scenario scenario = load_login();
  for (const std::string mechanism : {"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER"}) {
    CAPTURE(mechanism);
    Talk talk(scenario);
    talk.line("EHLO c");
    const std::string story = log_in(talk, mechanism, credentials("alice@p.example", "CODE"), false);
    CHECK_MESSAGE((story.starts_with("334 ") && story.ends_with("235 Authentication successful")), story);
  }
}

TEST_CASE("login: a rule decides although one more word of the server comes before its reply") {
  const auto rule = [](const std::string& when, const std::string& reply, const std::string& more = "") {
    return "[[rule]]\non = 'auth'\nwhen = { " + when + " }\nreply = '" + reply + "'\n" + more;
  };
  const sasl::Credentials right = credentials("alice@p.example", "CODE");
  const sasl::Credentials web = credentials("alice@p.example", "web", "x");
  struct Row {
    const char* name;
    std::string rules;
    std::string mechanism;
    sasl::Credentials with;
    std::string want;
  };
  for (const Row& row : std::vector<Row>{
           {"other words", rule("password = 'right'", "235 welcome {user}"), "SCRAM-SHA-256", right,
            "334 334 235 welcome alice@p.example"},
           {"refused although right: nothing to prove any more", rule("password = 'right'", "454 later"), "SCRAM-SHA-1", right,
            "334 454 later"},
           {"the web password, seen through the proof", rule("password = 'web'", "535 web"), "SCRAM-SHA-256", web,
            "334 535 web"},
           {"the web password, with CRAM-MD5", rule("password = 'web'", "535 web"), "CRAM-MD5", web, "334 535 web"},
           {"a line end in the password", rule("password = 'newline'", "535 newline"), "CRAM-MD5",
            credentials("alice@p.example", "web\r\n"), "334 535 newline"},
           {"a web password that is taken proves the server with it", rule("password = 'web'", "235 web"), "SCRAM-SHA-256", web,
            "334 334 235 web"},
           {"a wrong password that is taken cannot", rule("password = 'wrong'", "235 come in"), "SCRAM-SHA-256",
            credentials("alice@p.example", "x"), "334 334 sasl-impostor"},
           {"only this mechanism", rule("mechanism = 'XOAUTH2'", "535 token"), "XOAUTH2", right, "334 535 token"},
           {"a wrong token that is taken has no error", rule("password = 'wrong'", "235 token"), "OAUTHBEARER", web,
            "235 token"},
           {"the decision is kept over the last word", rule("password = 'wrong'", "535 {n} no"), "XOAUTH2", web,
            "334 535 0 no"},
       }) {
    CAPTURE(row.name);
    const scenario::Scenario scenario = load_login(row.rules);
    Talk talk(scenario);
    talk.line("EHLO c");
    CHECK(log_in(talk, row.mechanism, row.with) == row.want);
  }
}

TEST_CASE("login: delay and close of a rule wait for the last word") {
  const scenario::Scenario scenario =
      load_login("[[rule]]\non = 'auth'\nwhen = { password = 'wrong' }\nreply = '535 no'\nthen = 'close'\ndelay = 2\n");
  Talk talk(scenario);
  talk.line("EHLO c");
  auto client = sasl::Client::begin("XOAUTH2", credentials("alice@p.example", "", "x"), "n");
  CHECK(talk.line("AUTH XOAUTH2 " + core::base64_encode(client->respond("").value())) ==
        "334 " + core::base64_encode("{\"status\":\"401\"}") + "\r\n");
  CHECK(talk.last.effects.delay.count() == 0);
  CHECK_FALSE(talk.is_over());
  CHECK(talk.line("") == "535 no\r\n");
  CHECK(talk.last.effects.delay.count() == 2000);
  CHECK(talk.is_over());
}

TEST_CASE("login: what was withheld is forgotten when the exchange is given up") {
  const scenario::Scenario scenario = load_login();
  Talk talk(scenario);
  talk.line("EHLO c");
  const sasl::Credentials right = credentials("alice@p.example", "CODE");
  auto client = sasl::Client::begin("SCRAM-SHA-256", right, "n");
  std::string answer = talk.line("AUTH SCRAM-SHA-256 " + core::base64_encode(client->respond("").value()));
  answer =
      talk.line(core::base64_encode(client->respond(core::base64_decode(answer.substr(4, answer.size() - 6)).value()).value()));
  CHECK(answer.starts_with("334 "));
  CHECK(talk.line("*").starts_with("501 "));
  CHECK(talk.user().empty());
  CHECK(log_in(talk, "PLAIN", credentials("alice@p.example", "x")).starts_with("535 "));
  CHECK(log_in(talk, "SCRAM-SHA-256", credentials("alice@p.example", "x")) == "334 535 Authentication credentials invalid");
  CHECK(talk.user().empty());
}

TEST_CASE("login: inside TLS and after a login the lists differ, and 538 says where a mechanism is to be had") {
  const auto loaded = load_text(
      "[server]\nsecurity = 'starttls'\nextensions = ['STARTTLS', 'ENHANCEDSTATUSCODES']\n"
      "extensions_tls = ['AUTH PLAIN', 'ENHANCEDSTATUSCODES']\nextensions_auth = ['SIZE 5']\n"
      "[[rule]]\non = 'NOOP'\nwhen = { tls = true }\nreply = '250 secret'\n"
      "[[rule]]\non = 'NOOP'\nwhen = { tls = false }\nreply = '250 public'\n");
  REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
  Talk talk(*loaded);
  CHECK(talk.line("EHLO c").find("250-STARTTLS\r\n") != std::string::npos);
  CHECK(talk.line("NOOP") == "250 public\r\n");
  const std::string plain = "AUTH PLAIN " + core::base64_encode(std::string("\0u\0p", 4));
  CHECK(talk.line(plain).starts_with("538 5.7.11 "));
  CHECK(talk.line("STARTTLS").starts_with("220 "));
  CHECK(talk.line("EHLO c").ends_with("250-AUTH PLAIN\r\n250 ENHANCEDSTATUSCODES\r\n"));
  CHECK(talk.line("NOOP") == "250 secret\r\n");
  CHECK(talk.line(plain) == "235 2.7.0 Authentication successful\r\n");
  CHECK(talk.line("EHLO c").ends_with("250 SIZE 5\r\n"));
}

TEST_CASE("judge: tokens and proofs") {
  using scenario::Judgement;
  using scenario::PasswordUsed;
  const std::vector<scenario::Account> accounts{{"alice", "CODE", "web", "TOKEN"}, {"bob", "B", ""}};
  const auto token = [](const char* user, const char* value) {
    sasl::Claim claim;
    claim.user = user;
    claim.password = core::Secret(value);
    claim.is_token = true;
    return claim;
  };
  const auto proof = [](const char* user, const char* of) {
    sasl::Claim claim;
    claim.user = user;
    claim.is_proof = true;
    claim.check = [of](std::string_view password) { return password == of; };
    return claim;
  };
  struct Row {
    const char* name;
    sasl::Claim claim;
    Judgement want;
  };
  for (const Row& row : std::vector<Row>{
           {"the token", token("ALICE", "TOKEN"), {PasswordUsed::kRight, true, "TOKEN"}},
           {"another token", token("alice", "x"), {PasswordUsed::kWrong, true, "TOKEN"}},
           {"a password is no token", token("alice", "CODE"), {PasswordUsed::kWrong, true, "TOKEN"}},
           {"a token with a line end", token("alice", "TOKEN\n"), {PasswordUsed::kNewline, true, "TOKEN\n"}},
           {"no token given", token("alice", ""), {PasswordUsed::kEmpty, true, ""}},
           {"of somebody who has none", token("bob", "B"), {PasswordUsed::kWrong, true, ""}},
           {"of nobody", token("carol", "TOKEN"), {PasswordUsed::kWrong, false, ""}},
           {"a proof", proof("alice", "CODE"), {PasswordUsed::kRight, true, "CODE"}},
           {"with the web password", proof("alice", "web"), {PasswordUsed::kWeb, true, "web"}},
           {"with a line end", proof("alice", "CODE\r\n"), {PasswordUsed::kNewline, true, "CODE\r\n"}},
           {"with the empty password", proof("bob", ""), {PasswordUsed::kWrong, true, "B"}},
           {"a token is no password", proof("alice", "TOKEN"), {PasswordUsed::kWrong, true, "CODE"}},
           {"with a line end behind the name", proof("alice\n", "CODE"), {PasswordUsed::kNewline, false, "CODE"}},
           {"of nobody", proof("carol", "CODE"), {PasswordUsed::kWrong, false, ""}},
       }) {
    CAPTURE(row.name);
    const Judgement got = scenario::judge(row.claim, accounts);
    CHECK(got.password == row.want.password);
    CHECK(got.user_known == row.want.user_known);
    CHECK(got.judged_by == row.want.judged_by);
  }
  CHECK(scenario::judge(token("anybody", "x"), {}).accepted());
  CHECK_FALSE(scenario::judge(proof("anybody", "x"), {}).accepted());
}
