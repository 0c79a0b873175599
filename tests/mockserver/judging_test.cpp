// Mistakes as they happen, those that show in silence among them. Time is not waited for: the judge is told that it is later.
#include "mockserver/judging.h"

#include <chrono>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "tests/mockserver/scene.h"

namespace {

using namespace std::chrono_literals;
using test::Client;
using test::Kind;
using test::plain_scenario;

// A server whose clients are judged. What silence shows shows here after a few milliseconds, as if it were much later.
struct Judged {
  explicit Judged(const scenario::Scenario& scenario = plain_scenario(), mockserver::Options options = {})
      : judging(scenario), scene(scenario, watched(std::move(options))) {}

  mockserver::Options watched(mockserver::Options options) {
    options.watch.every = 5ms;
    options.watch.linger = 20ms;
    options.watch.quiet = [this](mockserver::ConnectionId id, const mockserver::Silence& silence) {
      ++silences;
      untold = silence.untold;
      if (is_later) tell(judging.quiet(id, {silence.now + later, silence.untold}));
      scene.loop.stop();
    };
    return options;
  }

  // The events that came since the last call.
  void take() {
    for (; taken < scene.seen.size(); ++taken) {
      const test::Seen& one = scene.seen[taken];
      const bool is_open = one.event.kind != Kind::kClosed;
      if (is_open) visit = scene.server->visit(one.connection);
      tell(judging.take(one.connection, visit, one.event));
    }
  }
  void tell(const std::vector<findings::Finding>& findings) {
    for (const findings::Finding& one : findings) told += one.id + (one.certain ? " " : "? ");
  }
  // From here on it is so much later whenever nothing happens.
  void let_pass(std::chrono::microseconds time) {
    take();
    later = time;
    is_later = true;
  }
  bool wait_until_told(const std::string& what) {
    return scene.patience.run_until([&] {
      take();
      return told.find(what) != std::string::npos;
    });
  }
  void wait_for_silence() {
    const std::size_t before = silences;
    REQUIRE(scene.patience.run_until([&] { return silences > before; }));
  }

  mockserver::Judging judging;
  mockserver::Visit visit;
  std::string told;
  std::string untold;
  std::size_t silences = 0;
  std::size_t taken = 0;
  bool is_later = false;
  std::chrono::microseconds later{};
  test::Scene scene;
};

}  // namespace

TEST_CASE("judging: a line without its end is told while the client waits") {
  Judged judged;
  Client client(judged.scene);
  client.greet();
  client.peer.stream->write("NOOP");
  judged.let_pass(3s);
  CHECK(judged.wait_until_told("missing-crlf "));
  CHECK(judged.untold == "NOOP");
}

TEST_CASE("judging: a message without its dot is told, and one that ends in time is not") {
  Judged judged;
  Client client(judged.scene);
  client.greet();
  CHECK(client.say("MAIL FROM:<a@b.example>\r\n").find("250") == 0);
  CHECK(client.say("RCPT TO:<alice@mock.example>\r\n").find("250") == 0);
  CHECK(client.say("DATA\r\n").find("354") == 0);
  client.peer.stream->write("Subject: x\r\n\r\nx\r\n");
  judged.wait_for_silence();
  CHECK(judged.told.find("waits-inside-data") == std::string::npos);
  judged.let_pass(3s);
  CHECK(judged.wait_until_told("waits-inside-data "));
}

TEST_CASE("judging: a silence has no number, and begins anew with what is said") {
  Judged judged;
  Client client(judged.scene);
  client.greet();
  judged.wait_for_silence();
  judged.wait_for_silence();
  CHECK(judged.untold.empty());
  CHECK(client.say("NOOP\r\n").find("250") == 0);
  judged.wait_for_silence();
  judged.let_pass(1s);
  judged.wait_for_silence();
  CHECK(judged.told.empty());
}

TEST_CASE("judging: who waits for a greeting where TLS begins is told so, who waits in clear is not") {
  scenario::Scenario scenario = plain_scenario();
  scenario.security = scenario::Security::kStarttls;
  Judged judged(scenario);
  judged.let_pass(3s);
  {
    Client plain(judged.scene);
    (void)plain.reply();
    judged.wait_for_silence();
    CHECK(judged.told.empty());
  }
  Client client(judged.scene, judged.scene.server->tls_port());
  CHECK(judged.wait_until_told("plaintext-on-tls-port "));
}

TEST_CASE("judging: a handshake that takes its time is no silence") {
  scenario::Scenario scenario = plain_scenario();
  scenario.security = scenario::Security::kStarttls;
  scenario.tls.handshake = scenario::Handshake::kStall;
  Judged judged(scenario);
  judged.let_pass(3s);
  Client client(judged.scene, judged.scene.server->tls_port());
  client.peer.stream->write("\x16\x03\x01");
  bool is_over = false;
  net::Timer timer(judged.scene.loop, [&] { is_over = true, judged.scene.loop.stop(); });
  timer.start(50ms);
  CHECK(judged.scene.patience.run_until([&] { return is_over; }));
  judged.take();
  CHECK(judged.told.empty());
  CHECK(judged.silences == 0);
}

TEST_CASE("judging: behind a server that says nothing more the next line is no unfinished one") {
  scenario::Scenario scenario = plain_scenario();
  scenario::Rule rule = test::rule_on(scenario::On::kCommand, protocol::find("smtp")->find_command("NOOP"));
  rule.effects.then = scenario::Then::kStall;
  test::add_rule(scenario, rule, {"250 OK"});
  Judged judged(scenario);
  Client client(judged.scene);
  client.greet();
  CHECK(client.say("NOOP\r\n").find("250") == 0);
  client.peer.stream->write("MAIL FROM:<a@b.example>\r\n");
  judged.let_pass(3s);
  bool is_over = false;
  net::Timer timer(judged.scene.loop, [&] { is_over = true, judged.scene.loop.stop(); });
  timer.start(50ms);
  CHECK(judged.scene.patience.run_until([&] { return is_over; }));
  CHECK(judged.told.empty());
}

TEST_CASE("judging: a client that says goodbye and does not close is waited for, and another is not") {
  mockserver::Options options;
  Judged judged(plain_scenario(), options);
  Client client(judged.scene);
  client.greet();
  const auto begin = judged.scene.loop.now();
  CHECK(client.say("QUIT\r\n").find("221") == 0);
  const dialogue::Event closed = judged.scene.wait_for(Kind::kClosed);
  CHECK(closed.closed_by == dialogue::ClosedBy::kServer);
  CHECK(judged.scene.loop.now() - begin >= 20ms);
  CHECK(judged.scene.loop.now() - begin < 2000ms);  // less than for whom nobody watches: the time asked for counts
}

TEST_CASE("judging: when the server leaves, who has said goodbye is not waited for") {
  mockserver::Options options;
  Judged judged(plain_scenario(), options);
  Client client(judged.scene);
  client.greet();
  CHECK(client.say("QUIT\r\n").find("221") == 0);
  judged.scene.server->shut_down();
  const dialogue::Event closed = judged.scene.wait_for(Kind::kClosed);
  CHECK(closed.closed_by == dialogue::ClosedBy::kServer);
}

TEST_CASE("judging: POP3 beside SMTP is judged as POP3") {
  mockserver::Options options;
  options.pop3_port = 0;
  Judged judged(plain_scenario(), options);
  Client client(judged.scene, judged.scene.server->pop3_port());
  CHECK(client.reply().find("+OK") == 0);
  CHECK(client.say("STAT\r\n").find("-ERR") == 0);
  CHECK(judged.wait_until_told("pop3-not-logged-in "));
}
