// The mock server and TLS, over real sockets: STARTTLS, the port that is encrypted from the start, and what goes wrong on
// purpose. The client's side is tls::Engine on a net::Stream.
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "tests/mockserver/folder.h"
#include "tests/mockserver/scene.h"
#include "tls/key_log.h"

namespace {

using namespace std::chrono_literals;
using scenario::Handshake;
using test::Client;
using test::Kind;
using test::Scene;

scenario::Scenario tls_scenario() {
  scenario::Scenario scenario = test::plain_scenario();
  scenario.security = scenario::Security::kStarttls;
  scenario.server.offers = {"PIPELINING", "STARTTLS", "AUTH LOGIN PLAIN"};
  return scenario;
}

const std::string kLogin = "AUTH PLAIN " + core::base64_encode(std::string("\0alice@mock.example\0secret", 26)) + "\r\n";

// EHLO and STARTTLS, up to its 220.
void ask_for_tls(Client& client) {
  client.greet();
  CHECK(client.say("STARTTLS\r\n").find("220") == 0);
}

TEST_CASE("mock server tls: STARTTLS, a mail inside it, and its events") {
  for (const bool observed : {true, false}) {
    CAPTURE(observed);
    Scene scene(tls_scenario(), {}, observed);
    Client client(scene);
    ask_for_tls(client);
    REQUIRE(client.secure());
    CHECK(client.say("EHLO client.example\r\n").find("STARTTLS") == std::string::npos);
    CHECK(client.say(kLogin).find("235") == 0);
    CHECK(client.mail("bob@example.org", "Hello\r\n").find("250") == 0);
    CHECK(client.say("QUIT\r\n").find("221") == 0);
    CHECK(client.is_closed());
    CHECK(client.peer.errors == 0);
    REQUIRE(scene.server->messages().size() == 1);
    CHECK(scene.server->messages().front()->tls);
    CHECK(scene.server->messages().front()->user == "alice@mock.example");
    CHECK(scene.server->messages().front()->mechanism == "PLAIN");
    if (!observed) continue;
    const dialogue::Event secured = scene.wait_for(Kind::kSecured);
    CHECK_MESSAGE(secured.note.en.starts_with("TLSv1."), secured.note.en);
    CHECK_MESSAGE(secured.note.en.find(", TLS") != std::string::npos, secured.note.en);
    REQUIRE(secured.change.has_value());
    CHECK(secured.change->from == &smtp::row(smtp::State::kHandshake));
    CHECK(secured.change->to == &smtp::row(smtp::State::kGreeted));
    std::uint64_t number = 0;
    for (const test::Seen& one : scene.seen) CHECK(one.event.number == ++number);
  }
}

TEST_CASE("mock server tls: what was said in clear is forgotten") {
  Scene scene(tls_scenario());
  Client client(scene);
  client.greet();
  CHECK(client.say(kLogin).find("235") == 0);
  CHECK(client.say("STARTTLS\r\n").find("220") == 0);
  REQUIRE(client.secure());
  CHECK(client.say("MAIL FROM:<alice@mock.example>\r\n").find("503") == 0);  // no EHLO yet
  CHECK(client.say("EHLO client.example\r\n").find("250") == 0);
  CHECK(client.say(kLogin).find("235") == 0);  // and nobody is logged in
  CHECK(client.say("STARTTLS\r\n").find("503") == 0);
}

TEST_CASE("mock server tls: commands in clear behind STARTTLS are refused, not obeyed inside TLS (CVE-2011-0411)") {
  Scene scene(tls_scenario());
  Client client(scene);
  client.greet();
  CHECK(client.say("STARTTLS\r\nMAIL FROM:<mallory@example.org>\r\n").find("554 ") == 0);
  CHECK(client.is_closed());
  CHECK(scene.count(Kind::kSecured) == 0);
}

TEST_CASE("mock server tls: the other port is encrypted from the first octet") {
  for (const auto security : {scenario::Security::kStarttls, scenario::Security::kTls}) {
    scenario::Scenario scenario = tls_scenario();
    scenario.security = security;
    Scene scene(scenario);
    REQUIRE(scene.server->tls_port() != 0);
    CHECK(scene.server->tls_port() != scene.server->port());
    Client client(scene, scene.server->tls_port());
    CHECK(client.peer.got.empty());
    REQUIRE(client.secure("127.0.0.1"));
    client.greet();
    CHECK(client.say("STARTTLS\r\n").find("220") != 0);
    CHECK(client.mail("bob@example.org", "Hello\r\n").find("250") == 0);
    CHECK(scene.server->messages().front()->tls);
    CHECK(scene.wait_for(Kind::kSecured).change->from == &smtp::row(smtp::State::kConnected));
    CHECK(scene.seen[1].event.kind == Kind::kSecured);  // before the greeting
  }
}

TEST_CASE("mock server tls: which ports are open") {
  struct Row {
    const char* name;
    scenario::Security security;
    std::optional<std::uint16_t> wanted;
    bool open;
  };
  for (const Row& row :
       {Row{"none", scenario::Security::kNone, {}, false}, Row{"starttls", scenario::Security::kStarttls, {}, true},
        Row{"tls", scenario::Security::kTls, {}, true}, Row{"none, but asked for", scenario::Security::kNone, 0, true}}) {
    CAPTURE(row.name);
    scenario::Scenario scenario = test::plain_scenario();
    scenario.security = row.security;
    mockserver::Options options;
    options.tls_port = row.wanted;
    Scene scene(scenario, options);
    CHECK((scene.server->tls_port() != 0) == row.open);
    if (!row.open) continue;
    Client client(scene, scene.server->tls_port());
    CHECK(client.secure("localhost"));
    client.greet();
  }
  Scene scene;
  mockserver::Options taken;
  taken.tls_port = scene.server->port();
  CHECK_FALSE(mockserver::MockServer(scene.loop, test::plain_scenario(), taken).listen());
}

TEST_CASE("mock server tls: --once takes one connection of either port") {
  mockserver::Options options;
  options.once = true;
  Scene scene(tls_scenario(), options);
  const std::uint16_t smtp = scene.server->port();
  Client client(scene, scene.server->tls_port());
  REQUIRE(client.secure());
  test::Peer second(scene.loop);
  second.connect(smtp);
  CHECK(scene.patience.run_until([&] { return !second.error.empty(); }));
  client.greet();
}

TEST_CASE("mock server tls: certificates that are wrong on purpose are refused by a client that looks") {
  struct Row {
    tls::Flaw flaw;
    const char* id;
  };
  for (const Row& row : {Row{tls::Flaw::kExpired, "tls-expired"}, Row{tls::Flaw::kNotYetValid, "tls-not-yet-valid"},
                         Row{tls::Flaw::kWrongHost, "tls-wrong-host"}, Row{tls::Flaw::kSelfSigned, "tls-self-signed"},
                         Row{tls::Flaw::kUnknownAuthority, "tls-unknown-authority"}}) {
    CAPTURE(row.id);
    scenario::Scenario scenario = tls_scenario();
    scenario.tls.certificate = row.flaw;
    Scene scene(scenario);
    Client client(scene);
    ask_for_tls(client);
    CHECK_FALSE(client.secure());
    CHECK(client.peer.error_id == row.id);
    client.peer.stream.reset();
    const dialogue::Event closed = scene.wait_for(Kind::kClosed);
    CHECK(closed.closed_by == dialogue::ClosedBy::kFailure);
    CHECK(closed.failure == "tls-distrusted");
    CHECK_FALSE(closed.note.empty());
    CHECK(scene.count(Kind::kSecured) == 0);
  }
}

TEST_CASE("mock server tls: handshakes that go wrong on purpose") {
  struct Row {
    Handshake how;
    const char* id;
    const char* note;
  };
  for (const Row& row : {
           Row{Handshake::kAlert, "tls-refused", "the handshake is refused on purpose, with the alert handshake_failure"},
           Row{Handshake::kGarbage, "tls-not-tls", "the handshake is answered on purpose with octets that are no TLS"},
           Row{Handshake::kClose, "tls-closed", "the connection is closed on purpose in the middle of the handshake"},
       }) {
    for (const bool from_the_start : {false, true}) {
      CAPTURE(row.id);
      CAPTURE(from_the_start);
      scenario::Scenario scenario = tls_scenario();
      scenario.tls.handshake = row.how;
      Scene scene(scenario);
      Client client(scene, from_the_start ? scene.server->tls_port() : scene.server->port());
      if (!from_the_start) ask_for_tls(client);
      CHECK_FALSE(client.secure());
      CHECK(client.peer.error_id == row.id);
      CHECK(scene.wait_for(Kind::kNote).note.en == row.note);
      client.peer.stream.reset();
      scene.wait_for(Kind::kClosed);
      CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
    }
  }
}

TEST_CASE("mock server tls: a handshake that is never answered, or never begun, ends with the idle time") {
  for (const bool begun : {true, false}) {
    CAPTURE(begun);
    scenario::Scenario scenario = tls_scenario();
    scenario.idle_timeout = 100ms;
    if (begun) scenario.tls.handshake = Handshake::kStall;
    Scene scene(scenario);
    Client client(scene);
    ask_for_tls(client);
    if (begun) {
      CHECK_FALSE(client.secure());
    } else {
      CHECK(client.is_closed());
    }
    const dialogue::Event closed = scene.wait_for(Kind::kClosed);
    CHECK(closed.note.en == "the TLS handshake was not complete after 0.1 s");
    CHECK(closed.closed_by == dialogue::ClosedBy::kServer);
    CHECK(client.peer.got.find("421") == std::string::npos);
  }
}

TEST_CASE("mock server tls: octets that come drop by drop do not put the end of a handshake off") {
  scenario::Scenario scenario = tls_scenario();
  scenario.idle_timeout = 200ms;
  Scene scene(scenario);
  Client client(scene, scene.server->tls_port());
  // The header of a record that is announced to be long, and then an octet every 20 ms.
  client.peer.stream->write(std::string("\x16\x03\x01\x20\x00", 5));
  int sent = 0;
  net::Timer drip(scene.loop, [&] {
    client.peer.stream->write("x");
    ++sent;
    drip.start(20ms);
    scene.loop.stop();
  });
  drip.start(0ms);
  CHECK(client.is_closed());
  CHECK(sent > 3);
  CHECK(sent < 100);
}

TEST_CASE("mock server tls: versions") {
  struct Row {
    const char* name;
    tls::Version oldest;
    tls::Version newest;
    tls::Version asked;
    bool agree;
  };
  using tls::Version;
  for (const Row& row : {Row{"as ever", Version::kTls12, tls::newest_version(), Version::kTls12, true},
                         Row{"a server that is too old", Version::kTls10, Version::kTls11, Version::kTls12, false}}) {
    CAPTURE(row.name);
    scenario::Scenario scenario = tls_scenario();
    scenario.tls.oldest = row.oldest;
    scenario.tls.newest = row.newest;
    Scene scene(scenario);
    Client client(scene);
    ask_for_tls(client);
    CHECK(client.secure("mock.example", {row.asked, tls::newest_version(), {}}) == row.agree);
    if (row.agree) continue;
    CHECK_MESSAGE((client.peer.error_id == "tls-version" || client.peer.error_id == "tls-refused"), client.peer.error_id);
  }
}

TEST_CASE("mock server tls: a client that speaks in clear to the encrypted port is told nothing, and that is in the log") {
  Scene scene(tls_scenario());
  Client client(scene, scene.server->tls_port());
  client.peer.stream->write("EHLO client.example\r\n");
  CHECK(client.is_closed());
  CHECK(client.peer.got.find("220") == std::string::npos);
  client.peer.stream.reset();
  const dialogue::Event closed = scene.wait_for(Kind::kClosed);
  CHECK(closed.failure == "tls-not-tls");
}

TEST_CASE("mock server tls: a client that goes away in the middle of the handshake is forgotten") {
  Scene scene(tls_scenario());
  Client client(scene);
  ask_for_tls(client);
  SUBCASE("in order") { client.peer.stream->finish(); }
  SUBCASE("at once") { client.peer.stream.reset(); }
  scene.wait_for(Kind::kClosed);
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
}

TEST_CASE("mock server tls: shut_down says 421 inside TLS, and nothing to who is in a handshake") {
  Scene scene(tls_scenario());
  Client inside(scene);
  ask_for_tls(inside);
  REQUIRE(inside.secure());
  Client waiting(scene);
  ask_for_tls(waiting);
  Client silent(scene, scene.server->tls_port());
  scene.server->shut_down();
  CHECK(inside.reply() == "421 mock.example Service closing transmission channel\r\n");
  CHECK(inside.is_closed());
  CHECK(waiting.is_closed());
  CHECK(waiting.peer.got.find("421") == std::string::npos);
  CHECK(silent.is_closed());
  CHECK(silent.peer.got.empty());
  for (Client* const one : {&inside, &waiting, &silent}) one->peer.stream.reset();
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
}

TEST_CASE("mock server tls: many pipelined commands, a slow reader and a large message inside TLS") {
  scenario::Scenario scenario = tls_scenario();
  scenario.server.limits["commands_without_mail"] = 100'000'000;
  Scene scene(scenario, {}, false);
  Client client(scene);
  ask_for_tls(client);
  REQUIRE(client.secure());
  CHECK(client.say("EHLO client.example\r\n").find("250") == 0);
  const std::size_t before = client.peer.got.size();
  client.peer.stream->pause_reading();
  constexpr int kCommands = 20'000;
  std::string commands;
  for (int i = 0; i < kCommands; ++i) commands += "HELP\r\n";
  client.peer.stream->write(commands + "NOOP\r\n");
  bool later = false;
  net::Timer timer(scene.loop, [&] { later = true, scene.loop.stop(); });
  timer.start(200ms);
  CHECK(scene.patience.run_until([&] { return later; }));
  client.peer.stream->resume_reading();
  CHECK(scene.patience.run_until([&] { return client.peer.got.ends_with("250 OK\r\n"); }));
  const std::string replies = client.peer.got.substr(before);
  CHECK(std::count(replies.begin(), replies.end(), '\n') == kCommands + 1);
  client.read = client.peer.got.size();

  std::string data;
  while (data.size() < 3'000'000) data += std::string(997, 'x') + "\r\n";
  CHECK(client.mail("bob@example.org", data).find("250") == 0);
  CHECK((scene.server->messages().front()->content == data));
}

TEST_CASE("mock server tls: the key log tells the secrets of each session") {
  const test::Folder folder;
  mockserver::Options options;
  options.key_log = tls::key_log(folder / "keys").value();
  Scene scene(tls_scenario(), options);
  for (int i = 0; i < 2; ++i) {
    Client client(scene, scene.server->tls_port());
    REQUIRE(client.secure());
    client.greet();
  }
  const std::string log = folder.content("keys");
  CHECK(std::count(log.begin(), log.end(), '\n') >= 2);
  CHECK(log.find("CLIENT_") == 0);
}

TEST_CASE("mock server tls: a rule may refuse STARTTLS, and the session goes on in clear") {
  scenario::Scenario scenario = tls_scenario();
  test::add_rule(scenario, test::rule_on(scenario::On::kCommand, smtp::Input::kStarttls), {"454 not now"});
  Scene scene(scenario);
  Client client(scene);
  client.greet();
  CHECK(client.say("STARTTLS\r\n") == "454 not now\r\n");
  CHECK(client.say("NOOP\r\n").find("250") == 0);
}

TEST_CASE("mock server tls: a 220 that is delayed still begins TLS") {
  scenario::Scenario scenario = tls_scenario();
  scenario::Rule slow = test::rule_on(scenario::On::kCommand, smtp::Input::kStarttls);
  slow.effects.delay = 30ms;
  test::add_rule(scenario, slow, {"220 at last"});
  Scene scene(scenario);
  Client client(scene);
  client.greet();
  CHECK(client.say("STARTTLS\r\n") == "220 at last\r\n");
  REQUIRE(client.secure());
  CHECK(client.say("EHLO client.example\r\n").find("250") == 0);
}

TEST_CASE("mock server: every connection gets a challenge of its own, the same for the same seed") {
  const auto challenge = [](std::uint64_t seed, int connection) {
    scenario::Scenario scenario = test::plain_scenario();
    scenario.server.offers = {"AUTH CRAM-MD5"};
    mockserver::Options options;
    options.seed = seed;
    Scene scene(scenario, options);
    std::string said;
    for (int i = 0; i < connection; ++i) {
      Client client(scene);
      client.greet();
      said = client.say("AUTH CRAM-MD5\r\n");
      CHECK(client.say("*\r\n").find("501") == 0);
      CHECK(client.say("AUTH CRAM-MD5\r\n") != said);
    }
    return said;
  };
  CHECK(challenge(1, 1) == challenge(1, 1));
  CHECK(challenge(1, 1) != challenge(1, 2));
  CHECK(challenge(1, 1) != challenge(2, 1));
}

}  // namespace
