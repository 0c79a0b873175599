// Both sides against each other, with somebody between them who knows one account.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "step.h"

using sasl_test::begin_client;
using sasl_test::credentials;
using sasl_test::describe;
using sasl_test::exchange_of;

namespace {

const sasl::ServerPart kPart{"servernonce", "mock.example"};

// What the account of this server is judged by.
struct Account {
  std::string user = "alice@163.com";
  std::string password = "HVKQXZDNRTLMWABC";
  std::string token = "ya29.token";
};

struct Outcome {
  std::string reply;  // "235", "535", "501": as a server that only knows the account would say
  std::string user;   // as the exchange beside the client found it out
  std::vector<std::string> lines;
  std::string error;    // of the client
  bool trusts = false;  // the client took the end for a good one
};

// A response or challenge on its way: may be changed, or the exchange given up (nothing).
using Meddler = std::optional<std::string> (*)(std::string octets);
std::optional<std::string> unchanged(std::string octets) { return octets; }

bool is_right(const sasl::Claim& claim, const Account& account) {
  const std::string& secret = claim.is_token ? account.token : account.password;
  return claim.user == account.user && claim.authorization.empty() && claim.proves(secret);
}

// One login, as ServerSession and ClientSession carry it. `responses` meddles with what the client says, `challenges` with what
// the server says.
Outcome log_in(std::string_view mechanism, const sasl::Credentials& who, bool initial_response, Meddler responses = unchanged,
               Meddler challenges = unchanged) {
  const Account account;
  sasl::Exchange server = exchange_of(mechanism, kPart);
  sasl::Exchange beside = exchange_of(mechanism);  // knows neither nonce nor host of the server
  sasl::Client client = begin_client(mechanism, who);
  Outcome outcome;
  std::string challenge;
  bool challenged = !initial_response;
  if (challenged) challenge = server.first_challenge().octets;
  for (int round = 0; round < 9; ++round) {
    if (challenged) {
      server.challenged(challenge);
      challenge = *challenges(challenge);
      beside.challenged(challenge);
      outcome.lines.push_back("S: " + core::show_bytes(challenge));
    }
    challenged = true;
    const auto said = client.respond(challenge);
    if (!said) {
      outcome.error = said.error().text.en;
      return outcome;
    }
    const auto sent = responses(*said);
    if (!sent) return outcome;
    outcome.lines.push_back("C: " + core::show_bytes(*sent));
    const auto seen = beside.respond(*sent);
    if (seen && std::holds_alternative<sasl::Claim>(*seen)) outcome.user = std::get<sasl::Claim>(*seen).user;
    const auto step = server.respond(*sent);
    if (!step) {
      outcome.reply = "501";
      return outcome;
    }
    if (const auto* const next = std::get_if<sasl::Challenge>(&*step)) {
      challenge = next->octets;
      continue;
    }
    const auto& claim = std::get<sasl::Claim>(*step);
    const bool accepted = is_right(claim, account);
    if (const auto word = claim.last_word(accepted, claim.is_token ? account.token : account.password)) {
      challenge = *word;
      continue;
    }
    outcome.reply = accepted ? "235" : "535";
    outcome.trusts = accepted && client.is_done();
    return outcome;
  }
  return outcome;
}

bool has_user(const std::string& text) { return text.find("alice") != std::string::npos; }

// Changes the last character that is not padding.
std::optional<std::string> tamper(std::string octets) {
  if (octets.find(",p=") != std::string::npos || (has_user(octets) && octets.find("n=") == std::string::npos)) {
    const std::size_t at = octets.find_last_not_of("=\x01");
    octets[at - 4] = octets[at - 4] == '0' ? '1' : '0';
  }
  return octets;
}

}  // namespace

TEST_CASE("sasl pair: every mechanism lets the right one in and nobody else") {
  for (const std::string_view mechanism : sasl::mechanisms()) {
    const bool by_token = mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";
    const bool client_first = mechanism != "LOGIN" && mechanism != "CRAM-MD5";
    for (const bool initial_response : {false, true}) {
      if (initial_response && !client_first) continue;
      CAPTURE(std::string(mechanism));
      CAPTURE(initial_response);
      const auto who = [&](const char* user, const char* secret) {
        return by_token ? credentials(user, "", secret) : credentials(user, secret);
      };
      const char* const secret = by_token ? "ya29.token" : "HVKQXZDNRTLMWABC";

      const Outcome right = log_in(mechanism, who("alice@163.com", secret), initial_response);
      CHECK(right.reply == "235");
      CHECK(right.trusts);
      CHECK(right.user == "alice@163.com");
      CHECK(right.error.empty());

      const Outcome wrong = log_in(mechanism, who("alice@163.com", "account-password"), initial_response);
      CHECK(wrong.reply == "535");
      CHECK(wrong.user == "alice@163.com");

      const Outcome unknown = log_in(mechanism, who("carol@163.com", secret), initial_response);
      CHECK(unknown.reply == "535");
      CHECK(unknown.user == "carol@163.com");

      CHECK(log_in(mechanism, who("alice@163.com", ""), initial_response).reply == "535");
    }
  }
}

TEST_CASE("sasl pair: an odd name and password arrive as they are") {
  for (const char* const mechanism : {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"}) {
    CAPTURE(std::string(mechanism));
    const std::string user = "a,b=c =2C 张三";
    const std::string password = "p,=2C \xff 密码" + std::string(200, 'x');
    sasl::Exchange server = exchange_of(mechanism, kPart);
    sasl::Client client = begin_client(mechanism, credentials(user, password));
    std::string challenge = server.first_challenge().octets;
    for (int round = 0; round < 3; ++round) {
      server.challenged(challenge);
      const auto said = client.respond(challenge);
      REQUIRE(said.has_value());
      const auto step = server.respond(*said);
      REQUIRE_MESSAGE(step.has_value(), describe(step));
      if (const auto* const claim = std::get_if<sasl::Claim>(&*step)) {
        CHECK(claim->user == user);
        CHECK(claim->proves(password));
        CHECK_FALSE(claim->proves(password + "x"));
        break;
      }
      challenge = std::get<sasl::Challenge>(*step).octets;
    }
  }
}

TEST_CASE("sasl pair: what was changed on the way is noticed") {
  for (const std::string_view mechanism : sasl::mechanisms()) {
    CAPTURE(std::string(mechanism));
    const bool by_token = mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";
    const sasl::Credentials who =
        by_token ? credentials("alice@163.com", "", "ya29.token") : credentials("alice@163.com", "HVKQXZDNRTLMWABC");
    const Outcome outcome = log_in(mechanism, who, false, tamper);
    CHECK(outcome.reply == "535");
    CHECK_FALSE(outcome.trusts);
  }
}

TEST_CASE("sasl pair: a challenge that was changed on the way is noticed") {
  const sasl::Credentials who = credentials("alice@163.com", "HVKQXZDNRTLMWABC");
  const auto other_nonce = [](std::string octets) -> std::optional<std::string> {
    const std::size_t at = octets.find("servernonce");
    return at == std::string::npos ? octets : octets.replace(at, 1, "S");
  };
  const auto weaker = [](std::string octets) -> std::optional<std::string> {
    const std::size_t at = octets.find("i=4096");
    return at == std::string::npos ? octets : octets.replace(at, 6, "i=1");
  };
  const auto forged = [](std::string octets) -> std::optional<std::string> {
    return octets.starts_with("v=") ? "v=AAAA" : octets;
  };
  CHECK(log_in("CRAM-MD5", who, false, unchanged, other_nonce).reply == "535");
  CHECK(log_in("SCRAM-SHA-256", who, true, unchanged, other_nonce).reply == "501");
  CHECK(log_in("SCRAM-SHA-256", who, true, unchanged, weaker).reply == "535");
  const Outcome deceived = log_in("SCRAM-SHA-256", who, true, unchanged, forged);
  CHECK(deceived.reply.empty());
  CHECK(deceived.error == "the server's signature is wrong: it does not know this password");
}

TEST_CASE("sasl pair: a proof that was recorded is worth nothing in another exchange") {
  for (const char* const mechanism : {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"}) {
    CAPTURE(std::string(mechanism));
    sasl::Exchange first = exchange_of(mechanism, {"one", "mock.example"});
    sasl::Exchange second = exchange_of(mechanism, {"two", "mock.example"});
    sasl::Client client = begin_client(mechanism, credentials("alice@163.com", "HVKQXZDNRTLMWABC"));
    std::string challenge = first.first_challenge().octets;
    first.challenged(challenge);
    second.challenged(second.first_challenge().octets);
    core::Result<sasl::Step> replayed = sasl::Step{};
    for (int round = 0; round < 2; ++round) {
      const auto said = client.respond(challenge);
      REQUIRE(said.has_value());
      replayed = second.respond(*said);
      if (replayed && std::holds_alternative<sasl::Challenge>(*replayed))
        second.challenged(std::get<sasl::Challenge>(*replayed).octets);
      const auto step = first.respond(*said);
      REQUIRE(step.has_value());
      if (std::holds_alternative<sasl::Claim>(*step)) {
        CHECK(std::get<sasl::Claim>(*step).proves("HVKQXZDNRTLMWABC"));
        break;
      }
      challenge = std::get<sasl::Challenge>(*step).octets;
      first.challenged(challenge);
    }
    const bool refused = !replayed || !std::get<sasl::Claim>(*replayed).proves("HVKQXZDNRTLMWABC");
    CHECK(refused);
  }
}

TEST_CASE("sasl pair: who gives up in the middle has not logged in") {
  const auto give_up = [](std::string octets) -> std::optional<std::string> {
    if (octets.find(",p=") != std::string::npos || octets == "HVKQXZDNRTLMWABC") return std::nullopt;
    return octets;
  };
  for (const char* const mechanism : {"SCRAM-SHA-256", "LOGIN"}) {
    CAPTURE(std::string(mechanism));
    const Outcome outcome = log_in(mechanism, credentials("alice@163.com", "HVKQXZDNRTLMWABC"), false, give_up);
    CHECK(outcome.reply.empty());
    CHECK(outcome.user.empty());
    CHECK_FALSE(outcome.trusts);
  }
}

TEST_CASE("sasl pair: whole exchanges, line by line") {
  struct Row {
    std::string mechanism;
    std::vector<std::string> lines;
    std::string reply;
  };
  const std::array rows{
      Row{"LOGIN", {"S: Username:", "C: alice@163.com", "S: Password:", "C: wrong"}, "535"},
      Row{"CRAM-MD5", {"S: <servernonce@mock.example>", "C: alice@163.com ff8682e9be120040db8c25228c090d7b"}, "535"},
      Row{"XOAUTH2",
          {"S: ", "C: user=alice@163.com\\x01auth=Bearer wrong\\x01\\x01",
           R"(S: {"status":"invalid_token","schemes":"bearer","scope":"mail"})", "C: "},
          "535"},
      Row{"OAUTHBEARER",
          {"S: ", "C: n,a=alice@163.com,\\x01auth=Bearer wrong\\x01\\x01",
           R"(S: {"status":"invalid_token","schemes":"bearer","scope":"mail"})", "C: \\x01"},
          "535"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.mechanism);
    const Outcome outcome = log_in(row.mechanism, credentials("alice@163.com", "wrong", "wrong"), false);
    CHECK(outcome.lines == row.lines);
    CHECK(outcome.reply == row.reply);
  }
}
