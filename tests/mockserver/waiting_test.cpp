// What the mock server does while time passes: time-outs, silences, delays, and peers that do not read.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/session_id.h"
#include "tests/mockserver/scene.h"

namespace {

using namespace std::chrono_literals;
using test::add_rule;
using test::Client;
using test::Kind;
using test::kinds;
using test::plain_scenario;
using test::rule_on;
using test::Scene;

TEST_CASE("mock server: a client that says nothing hears 421") {
  scenario::Scenario scenario = plain_scenario();
  scenario.idle_timeout = 50ms;
  Scene scene(scenario);
  Client client(scene);
  CHECK(client.reply().find("220") == 0);
  CHECK(client.reply() == "421 mock.example Timeout, closing connection\r\n");
  CHECK(client.is_closed());
  CHECK(client.peer.errors == 0);
  client.peer.stream.reset();
  const dialogue::Event closed = scene.wait_for(Kind::kClosed);
  CHECK(closed.closed_by == dialogue::ClosedBy::kServer);
  const dialogue::Event last = scene.wait_for([](const dialogue::Event& one) { return one.reply && one.reply->code == "421"; });
  CHECK(last.change->to == &smtp::row(smtp::State::kClosed));
  CHECK_FALSE(last.input.has_value());
}

TEST_CASE("mock server: octets that complete no command do not put the time-out off, those of a message do") {
  scenario::Scenario scenario = plain_scenario();
  scenario.idle_timeout = 200ms;
  Scene scene(scenario);
  Client client(scene);
  client.greet();
  bool in_data = false;
  SUBCASE("in a command") {}
  SUBCASE("in a message") { in_data = true; }
  if (in_data) {
    CHECK(client.say("MAIL FROM:<>\r\n").find("250") == 0);
    CHECK(client.say("RCPT TO:<a@b.example>\r\n").find("250") == 0);
    CHECK(client.say("DATA\r\n").find("354") == 0);
  }
  // One octet every 20 ms for 400 ms.
  int sent = 0;
  net::Timer drip(scene.loop, [&] {
    client.peer.stream->write("x");
    if (++sent < 20) drip.start(20ms);
    scene.loop.stop();
  });
  drip.start(0ms);
  CHECK(scene.patience.run_until([&] { return sent == 20 || client.peer.ends > 0; }));
  CHECK((sent == 20) == in_data);
  CHECK(client.reply().find("421") == 0);
}

TEST_CASE("mock server: the second half of a reply comes as soon as its client waits for it") {
  scenario::Scenario scenario = plain_scenario();
  scenario::Rule rule = rule_on(scenario::On::kCommand, smtp::Input::kNoop);
  rule.effects.split = scenario::Split{.at = {}, .in_two = true, .pause = 1h};
  add_rule(scenario, std::move(rule), {"250 in two halves"});
  int looks = 1'000'000;
  mockserver::Options options;
  options.is_waiting = [&looks](const std::string&) { return looks-- > 0; };
  options.is_reading = options.is_waiting;
  Scene scene(scenario, options);
  Client client(scene);
  client.greet();
  CHECK(client.say("NOOP\r\n") == "250 in two halves\r\n");
  looks = 2;  // as many as the answer itself is held for
  const std::size_t before = client.peer.got.size();
  client.peer.stream->write("NOOP\r\n");
  CHECK(scene.patience.run_until([&] { return client.peer.got.size() > before && looks < -10; }));
  CHECK_FALSE(client.peer.got.ends_with('\n'));
}

TEST_CASE("mock server: a patient one never times out") {
  scenario::Scenario scenario = plain_scenario();
  scenario.idle_timeout = 10ms;
  mockserver::Options options;
  options.patient = true;
  Scene scene(scenario, options);
  Client client(scene);
  client.greet();
  bool later = false;
  net::Timer timer(scene.loop, [&] { later = true, scene.loop.stop(); });
  timer.start(100ms);
  CHECK(scene.patience.run_until([&] { return later; }));
  CHECK(client.say("NOOP\r\n").find("250") == 0);
}

TEST_CASE("mock server: a rule has the last word about a time-out") {
  scenario::Scenario scenario = plain_scenario();
  scenario.idle_timeout = 30ms;
  add_rule(scenario, rule_on(scenario::On::kTimeout), {"451 {id} gone to sleep"});
  mockserver::Options options;
  options.seed = 42;
  Scene scene(scenario, options);
  Client client(scene);
  CHECK(client.reply().find("220") == 0);
  CHECK(client.reply() == "451 " + mockserver::session_id(42, 1) + " gone to sleep\r\n");
  CHECK(client.is_closed());
}

TEST_CASE("mock server: a line whose end never comes is named after a silence, once") {
  scenario::Scenario scenario = plain_scenario();
  scenario.silence = 20ms;
  Scene scene(scenario);
  Client client(scene);
  client.greet();
  client.peer.stream->write("NOOP");
  const dialogue::Event note = scene.wait_for(Kind::kNote);
  CHECK(note.note.en == "nothing came for 0.02 s: the line has no end yet, the server waits for it");
  CHECK(kinds(note) == std::vector<protocol::MistakeId>{smtp::RemarkKind::kMissingCrlf});
  bool later = false;
  net::Timer timer(scene.loop, [&] { later = true, scene.loop.stop(); });
  timer.start(100ms);
  CHECK(scene.patience.run_until([&] { return later; }));
  CHECK(scene.count(Kind::kNote) == 1);
  CHECK(client.say("\r\n").find("250") == 0);
  client.peer.stream->write("NOOP");  // another line, another remark
  CHECK(scene.patience.run_until([&] { return scene.count(Kind::kNote) == 2; }));
}

TEST_CASE("mock server: a message that seems to have ended is remarked after a silence") {
  scenario::Scenario scenario = plain_scenario();
  scenario.silence = 20ms;
  Scene scene(scenario);
  Client client(scene);
  client.greet();
  CHECK(client.say("MAIL FROM:<>\r\n").find("250") == 0);
  CHECK(client.say("RCPT TO:<a@b.example>\r\n").find("250") == 0);
  CHECK(client.say("DATA\r\n").find("354") == 0);
  CHECK(kinds(scene.wait_for(Kind::kNote)) == std::vector<protocol::MistakeId>{smtp::RemarkKind::kWaitsInsideData});
  client.peer.stream->write("Hello\r\n.\n");
  CHECK(scene.patience.run_until([&] { return scene.count(Kind::kNote) == 2; }));
  CHECK(kinds(scene.seen.back().event) == std::vector<protocol::MistakeId>{smtp::RemarkKind::kTerminatorNotCrlf});
}

TEST_CASE("mock server: nobody is silent who says whole lines") {
  scenario::Scenario scenario = plain_scenario();
  scenario.silence = 5ms;
  Scene scene(scenario);
  Client client(scene);
  client.greet();
  bool later = false;
  net::Timer timer(scene.loop, [&] { later = true, scene.loop.stop(); });
  timer.start(50ms);
  CHECK(scene.patience.run_until([&] { return later; }));
  CHECK(scene.count(Kind::kNote) == 0);
}

TEST_CASE("mock server: a delayed reply waits, others do not, and the idle time is not counted meanwhile") {
  scenario::Scenario scenario = plain_scenario();
  scenario.idle_timeout = 40ms;
  scenario::Rule slow = rule_on(scenario::On::kCommand, smtp::Input::kNoop);
  slow.effects.delay = 120ms;
  add_rule(scenario, slow, {"250 slept well"});
  Scene scene(scenario);
  Client client(scene);
  CHECK(client.reply().find("220") == 0);
  const auto before = scene.loop.now();
  client.peer.stream->write("NOOP\r\nRSET\r\n");
  Client other(scene);
  CHECK(other.reply().find("220") == 0);
  CHECK(scene.loop.now() - before < 100ms);
  CHECK(client.reply() == "250 slept well\r\n");
  CHECK(scene.loop.now() - before >= 120ms);
  CHECK(client.reply().find("250") == 0);
}

TEST_CASE("mock server: a client that does not close after the last word is let go after a while") {
  Scene scene;
  Client client(scene);
  client.greet();
  CHECK(client.say("QUIT\r\n").find("221") == 0);
  CHECK(client.is_closed());
  client.peer.stream->write("still here\r\n");
  CHECK(scene.server->connections() == 1);
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
}

TEST_CASE("mock server: a peer that never reads is not read from any more, and ends by time-out") {
  scenario::Scenario scenario = plain_scenario();
  scenario.server.limits["commands_without_mail"] = 100'000'000;
  scenario.idle_timeout = 300ms;
  std::size_t answered = 0;
  bool timed_out = false;
  mockserver::Options options;
  net::Loop loop;
  test::Patience patience(loop);
  options.observer = [&](mockserver::ConnectionId, const dialogue::Event& event, const protocol::Knows&) {
    if (event.kind == Kind::kServer) answered += event.bytes.size();
    if (event.reply && event.reply->code == "421") timed_out = true;
    if (timed_out) loop.stop();
  };
  mockserver::MockServer server(loop, scenario, options);
  REQUIRE(server.listen());
  test::Peer client(loop);
  client.connect(server.port());
  REQUIRE(patience.run_until([&] { return client.is_up(); }));
  client.stream->pause_reading();
  std::string commands;
  while (commands.size() < 1'000'000) commands += "HELP\r\n";
  for (int i = 0; i < 24; ++i) client.stream->write(commands);
  CHECK(patience.run_until([&] { return timed_out; }));
  CHECK(client.stream->unsent() > 0);       // it was no longer read from …
  CHECK(answered < std::size_t{32} << 20);  // … when the kernel's buffers and ours were full
  client.stream.reset();
  CHECK(patience.run_until([&] { return server.connections() == 0; }));
}

TEST_CASE("mock server: a slow reader gets every reply in the end") {
  scenario::Scenario scenario = plain_scenario();
  scenario.server.limits["commands_without_mail"] = 100'000'000;
  Scene scene(scenario, {}, false);
  Client client(scene);
  CHECK(client.reply().find("220") == 0);
  client.peer.stream->pause_reading();
  constexpr int kCommands = 60'000;
  std::string commands;
  for (int i = 0; i < kCommands; ++i) commands += "HELP\r\n";
  client.peer.stream->write(commands + "NOOP\r\n");
  bool later = false;
  net::Timer timer(scene.loop, [&] { later = true, scene.loop.stop(); });
  timer.start(200ms);
  CHECK(scene.patience.run_until([&] { return later; }));
  client.peer.stream->resume_reading();
  std::size_t counted = 0;
  int lines = 0;
  CHECK(scene.patience.run_until([&] {
    for (; counted < client.peer.got.size(); ++counted) lines += client.peer.got[counted] == '\n' ? 1 : 0;
    return lines == kCommands + 2;
  }));
  CHECK(client.peer.got.ends_with("\r\n250 OK\r\n"));
}

}  // namespace
