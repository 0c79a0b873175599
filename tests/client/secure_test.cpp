// Conversations inside TLS, with the embedded mock: STARTTLS, TLS from the start, and everything that can be wrong with it.
#include "client/conversation/secure.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "core/base64.h"
#include "smtp/transitions.h"
#include "tests/client/scenarios.h"
#include "tests/net/peer.h"

using client::Conversation;
using client::Manners;
using dialogue::Event;
using dialogue::Kind;

namespace {

struct Secured {
  explicit Secured(scenario::Scenario played, Manners manners = {})
      : scenario(std::move(played)),
        patience(loop),
        talk(
            loop, scenario, [this] { loop.stop(); }, std::move(manners)) {
    REQUIRE(talk.open());
  }

  void settle() {
    REQUIRE(patience.run_until([&] { return talk.is_closed() || (talk.is_settled() && !talk.is_replaying()); }));
  }
  void say(const std::string& bytes) {
    talk.send(bytes);
    settle();
  }
  void begin_tls() {
    settle();
    say("EHLO client.example\r\n");
    say("STARTTLS\r\n");
  }
  [[nodiscard]] const Event& last() const { return talk.log().events().back(); }
  [[nodiscard]] int code() const { return last().reply ? std::stoi(last().reply->code) : 0; }

  net::Loop loop;
  const scenario::Scenario scenario;
  test::Patience patience;
  Conversation talk;
};

scenario::Scenario from_the_start(std::string_view id) {
  scenario::Scenario scenario = test::load(id);
  scenario.security = scenario::Security::kTls;
  return scenario;
}

}  // namespace

TEST_CASE("TLS: after STARTTLS the dialogue goes on inside, everything said before forgotten") {
  Secured with(test::load("any/submission"));
  with.begin_tls();
  CHECK(with.talk.is_open());
  REQUIRE(with.last().kind == Kind::kSecured);
  CHECK(with.last().note.en.starts_with("TLS 1."));
  REQUIRE(with.last().change);
  CHECK(with.last().change->from == &smtp::row(smtp::State::kHandshake));
  CHECK(with.last().change->to == &smtp::row(smtp::State::kGreeted));
  CHECK(with.talk.session().is_encrypted());
  CHECK(with.talk.session().text("client").empty());
  REQUIRE(with.talk.tls_details());
  CHECK(with.talk.tls_details()->host == with.scenario.server.name);
  CHECK_FALSE(with.talk.tls_details()->distrust);
  CHECK_FALSE(with.talk.tls_details()->chain.empty());
  with.say("EHLO client.example\r\n");
  CHECK(with.code() == 250);
  CHECK_FALSE(with.talk.session().offers("STARTTLS"));
  CHECK(with.talk.server_memory().flag("tls"));  // the mock says so too
  const scenario::Account& account = with.scenario.accounts.front();
  with.say("AUTH PLAIN " + core::base64_encode(std::string(1, '\0') + account.user + std::string(1, '\0') + account.password) +
           "\r\n");
  CHECK(with.code() == 235);
  CHECK(with.talk.server_memory().text("user") == account.user);
  with.say("QUIT\r\n");
  REQUIRE(with.patience.run_until([&] { return with.talk.is_closed(); }));
  CHECK(with.last().closed_by == dialogue::ClosedBy::kServer);
  CHECK_FALSE(with.talk.failure());
}

TEST_CASE("TLS: from the start the greeting is encrypted already, and nothing is forgotten") {
  Secured with(from_the_start("any/submission"));
  with.settle();
  CHECK(with.code() == 220);
  CHECK(test::count(with.talk.log(), Kind::kSecured) == 1);
  CHECK(with.talk.log().events()[0].kind == Kind::kConnected);
  CHECK(with.talk.log().events()[1].kind == Kind::kSecured);
  CHECK(with.talk.session().is_encrypted());
  with.say("EHLO client.example\r\n");
  CHECK(with.code() == 250);
  with.say("NOOP\r\n");
  CHECK(with.code() == 250);
}

TEST_CASE("TLS: each fault ends the conversation with its own failure, behind STARTTLS and from the start") {
  struct Row {
    std::string id;
    std::string failure;
    bool shows_certificate;
  };
  const std::vector<Row> rows{
      {"faults/tls-expired", "tls-expired", true},
      {"faults/tls-not-yet-valid", "tls-not-yet-valid", true},
      {"faults/tls-wrong-host", "tls-wrong-host", true},
      {"faults/tls-self-signed", "tls-self-signed", true},
      {"faults/tls-unknown-authority", "tls-unknown-authority", true},
      {"faults/tls-handshake-alert", "tls-refused", false},
      {"faults/tls-garbage", "tls-not-tls", false},
      {"faults/tls-closes", "tls-closed", false},
      {"faults/tls-old-version", "tls-version", false},
  };
  const auto& knowledge = knowledge::Knowledge::embedded();
  REQUIRE(knowledge);
  for (const Row& row : rows) {
    CAPTURE(row.id);
    for (const bool at_start : {false, true}) {
      CAPTURE(at_start);
      Secured with(at_start ? from_the_start(row.id) : test::load(row.id));
      CHECK(client::fails_on_purpose(with.scenario));
      if (at_start) {
        with.settle();
      } else {
        with.begin_tls();
      }
      REQUIRE(with.talk.is_closed());
      REQUIRE(with.talk.failure());
      CHECK(with.talk.failure()->id == row.failure);
      CHECK(with.last().kind == Kind::kClosed);
      CHECK(with.last().closed_by == dialogue::ClosedBy::kFailure);
      CHECK(with.last().failure == row.failure);
      CHECK_FALSE(with.last().note.empty());
      CHECK(knowledge->failure(row.failure) != nullptr);
      CHECK(test::find(with.talk.log(), Kind::kSecured) == nullptr);
      if (!row.shows_certificate) continue;
      REQUIRE(with.talk.tls_details());
      REQUIRE(with.talk.tls_details()->distrust);
      CHECK(with.talk.tls_details()->distrust->id == row.failure);
      CHECK_FALSE(with.talk.tls_details()->chain.empty());
    }
  }
}

TEST_CASE("TLS: with --insecure a wrong certificate is taken, and the judgement kept") {
  Manners manners;
  manners.trusts_anybody = true;
  Secured with(test::load("faults/tls-expired"), manners);
  with.begin_tls();
  CHECK(with.talk.is_open());
  CHECK(with.last().kind == Kind::kSecured);
  REQUIRE(with.talk.tls_details());
  REQUIRE(with.talk.tls_details()->distrust);
  CHECK(with.talk.tls_details()->distrust->id == "tls-expired");
}

TEST_CASE("TLS: a refused STARTTLS leaves the connection in clear") {
  Secured with(test::load("faults/starttls-refused"));
  with.begin_tls();
  CHECK(with.code() == 454);
  CHECK(with.talk.is_open());
  CHECK_FALSE(with.talk.is_securing());
  CHECK_FALSE(with.talk.tls_details());
  with.say("NOOP\r\n");
  CHECK(with.code() == 250);
}

TEST_CASE("TLS: a replay goes through the handshake and on behind it") {
  Secured with(test::load("any/submission"));
  with.begin_tls();
  with.say("EHLO client.example\r\n");
  with.say("MAIL FROM:<a@b.c>\r\n");
  const auto deeds = with.talk.deeds();
  with.talk.replay(deeds);
  with.settle();
  CHECK(with.code() == 250);
  CHECK(test::count(with.talk.log(), Kind::kSecured) == 1);
  CHECK(with.talk.server_memory().flag("tls"));
  CHECK(&with.talk.session().state() == &smtp::row(smtp::State::kMail));
  with.talk.replay({deeds[0], deeds[1]});
  with.settle();
  CHECK(with.last().kind == Kind::kSecured);
}

TEST_CASE("TLS: what is sent again can be made anew, each by its number") {
  Secured with(test::load("any/submission"));
  with.settle();
  with.say("EHLO one.example\r\n");
  with.say("NOOP\r\n");
  std::vector<std::size_t> asked;
  with.talk.replay({{"EHLO one.example\r\n"}, {"NOOP\r\n"}}, [&](std::size_t number) -> std::optional<std::string> {
    asked.push_back(number);
    if (number == 0) return "EHLO two.example\r\n";
    return std::nullopt;
  });
  with.settle();
  CHECK(asked == std::vector<std::size_t>{0, 1});
  CHECK(with.talk.server_memory().text("client") == "two.example");
  CHECK(with.talk.deeds().front().bytes == "EHLO two.example\r\n");
}

TEST_CASE("TLS: the keys go to the key log") {
  std::string lines;
  Manners manners;
  manners.key_log = [&](std::string_view line) { lines += std::string(line) + "\n"; };
  Secured with(from_the_start("any/submission"), manners);
  with.settle();
  CHECK(lines.find("CLIENT") != std::string::npos);
}

TEST_CASE("TLS: the version of the log is written as people write it") {
  tls::Details details;
  details.version = "TLSv1.2";
  CHECK(client::describe(details) == "TLS 1.2");
  details.cipher = "A\x1b[2J";
  CHECK(client::describe(details) == "TLS 1.2, A\\x1b[2J");
}
