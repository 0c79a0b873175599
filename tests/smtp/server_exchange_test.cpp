// Mechanisms of several rounds at the server, answered by the client's side of sasl/.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "sasl/client.h"
#include "smtp/server_session.h"
#include "tests/smtp/server.h"

namespace {

using smtp::Reply;
using smtp::ReplyCode;
using test::Server;

smtp::ServerConfig with_mechanisms() {
  smtp::ServerConfig config;
  config.name = "mail.example";
  config.extensions = smtp::Extensions::from_lines({"AUTH SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 OAUTHBEARER XOAUTH2 PLAIN LOGIN"});
  return config;
}

// Knows one account, and does what a server has to do with a claim that is not final.
class Accounts {
 public:
  Reply operator()(const smtp::Turn& turn) {
    if (!turn.claim) return turn.proposed;
    const std::string known = turn.claim->is_token ? "token" : "secret";
    const bool judged = turn.claim->user == "alice" && turn.claim->proves(known);
    const bool accepted = std::exchange(judged_before_, std::nullopt).value_or(judged);
    const auto word = turn.claim->is_final ? std::nullopt : turn.claim->last_word(accepted, known);
    if (word) {
      judged_before_ = accepted;
      return {ReplyCode(334), {core::base64_encode(*word)}};
    }
    return accepted ? Reply{ReplyCode(235), {"welcome"}} : turn.proposed;
  }

 private:
  std::optional<bool> judged_before_;  // the claim comes again when the client has answered the last word
};

// Logs in; gives the code that ends the exchange.
int log_in(Server& server, const std::string& mechanism, const std::string& password, bool initial = true) {
  sasl::Credentials credentials{"alice", {}, core::Secret(password), core::Secret(password), "mail.example", 25};
  std::optional<sasl::Client> client = sasl::Client::begin(mechanism, credentials, "clientnonce");
  REQUIRE(client.has_value());
  std::string line = "AUTH " + mechanism;
  if (initial && client->speaks_first()) {
    const std::string first = core::base64_encode(*client->respond(""));
    line += " " + (first.empty() ? "=" : first);
  }
  for (int round = 0; round < 10; ++round) {
    const std::string sent = server.say(line + "\r\n");
    const int code = std::stoi(sent);
    if (code != 334) return code;
    const auto challenge = core::base64_decode(sent.substr(4, sent.size() - 6));
    REQUIRE(challenge.has_value());
    const auto response = client->respond(*challenge);
    line = response ? core::base64_encode(*response) : "*";
  }
  return 0;
}

}  // namespace

TEST_CASE("smtp server AUTH: every mechanism logs in with the right password and not with a wrong one") {
  for (const std::string_view mechanism : sasl::mechanisms()) {
    for (const bool initial : {true, false}) {
      CAPTURE(std::string(mechanism));
      CAPTURE(initial);
      const bool is_oauth = mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";
      Server server(with_mechanisms(), Accounts());
      server.say("EHLO client.example\r\n");
      CHECK(log_in(server, std::string(mechanism), "wrong", initial) == 535);
      CHECK(server.state().memory().user.empty());
      CHECK(log_in(server, std::string(mechanism), is_oauth ? "token" : "secret", initial) == 235);
      CHECK(server.state().memory().user == "alice");
      CHECK(server.state().state() == smtp::State::kReady);
    }
  }
}

TEST_CASE("smtp server AUTH: each exchange of a session has a nonce of its own") {
  smtp::ServerConfig config = with_mechanisms();
  smtp::ServerSession session(config, "fresh");
  session.receive("EHLO a.b\r\nAUTH CRAM-MD5\r\n*\r\nAUTH CRAM-MD5\r\n*\r\n");
  std::vector<std::string> challenges;
  while (auto turn = session.next_turn()) {
    if (turn->challenge) challenges.push_back(turn->challenge->octets);
    session.answer(turn->proposed);
  }
  REQUIRE(challenges.size() == 2);
  CHECK(challenges[0] != challenges[1]);
  for (const std::string& challenge : challenges) {
    CHECK(challenge.find("fresh") != std::string::npos);
    CHECK(challenge.find("mail.example") != std::string::npos);
  }
}

TEST_CASE("smtp server AUTH: a proof is judged by the challenge that went out") {
  Accounts accounts;
  Server server(with_mechanisms(), [&](const smtp::Turn& turn) {
    if (turn.challenge) return Reply{ReplyCode(334), {core::base64_encode("<scenario@mail.example>")}};
    return accounts(turn);
  });
  server.say("EHLO client.example\r\n");
  CHECK(log_in(server, "CRAM-MD5", "secret") == 235);
}
