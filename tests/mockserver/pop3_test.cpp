// POP3 over sockets: beside SMTP, for what was delivered, and as what a scenario speaks.
#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "scene.h"

namespace {

using test::Client;
using test::Kind;
using test::Scene;

mockserver::Options with_pop3() {
  mockserver::Options options;
  options.pop3_port = 0;
  options.pop3s_port = 0;
  return options;
}

scenario::Scenario silent_pop3() {
  scenario::Scenario scenario = test::plain_scenario();
  scenario.protocol = protocol::find("pop3");
  scenario.server.offers = {};
  scenario.idle_timeout = std::chrono::milliseconds(50);
  return scenario;
}

// The answer up to its end mark, or its only line.
std::string say(Client& client, const std::string& line, bool has_body = false) {
  const std::size_t before = client.peer.got.size();
  if (!line.empty()) client.peer.stream->write(line + "\r\n");
  const std::string end = has_body ? "\r\n.\r\n" : "\r\n";
  REQUIRE(client.scene.patience.run_until([&] { return client.peer.got.find(end, before) != std::string::npos; }));
  return client.peer.got.substr(before);
}

}  // namespace

TEST_CASE("pop3: what SMTP was given is fetched beside it, and every octet of that is in the log") {
  Scene scene(test::plain_scenario(), with_pop3());
  Client sender(scene);
  sender.greet();
  CHECK(sender.mail("alice@mock.example", "Subject: x\r\n\r\n..hidden\r\n").find("250") == 0);
  Client reader(scene, scene.server->pop3_port());
  CHECK(say(reader, "").starts_with("+OK"));
  CHECK(say(reader, "USER alice@mock.example").starts_with("+OK"));
  CHECK(say(reader, "PASS secret").starts_with("+OK"));
  CHECK(say(reader, "RETR 1", true).ends_with("\r\nSubject: x\r\n\r\n..hidden\r\n.\r\n"));
  CHECK(say(reader, "QUIT").starts_with("+OK"));
  scene.wait_for([](const dialogue::Event& one) { return one.kind == Kind::kClosed; });
  std::string told;
  for (const test::Seen& one : scene.seen) {
    if (one.connection == 2 && one.event.kind == Kind::kServer) told += one.event.bytes;
  }
  CHECK(told == reader.peer.got);
  const auto retrieved = scene.wait_for([](const dialogue::Event& one) {
    return one.kind == Kind::kServer && one.bytes.find("hidden") != std::string::npos && one.input->name() == "retr";
  });
  CHECK(retrieved.reply.has_value());  // with its first line
  CHECK(retrieved.bytes.ends_with("\r\n.\r\n"));
}

TEST_CASE("pop3: a long answer is told in parts, and its octets are all there") {
  Scene scene(test::plain_scenario(), with_pop3());
  Client sender(scene);
  sender.greet();
  std::string data;
  while (data.size() < 1'000'000) data += std::string(70, 'x') + "\r\n";
  CHECK(sender.mail("alice@mock.example", data).find("250") == 0);
  Client reader(scene, scene.server->pop3_port());
  say(reader, "");
  say(reader, "USER alice@mock.example");
  say(reader, "PASS secret");
  CHECK(say(reader, "RETR 1", true).size() > data.size());
  say(reader, "QUIT");
  CHECK(reader.is_closed());
  std::string told;
  for (const test::Seen& one : scene.seen) {
    if (one.connection != 2 || one.event.kind != Kind::kServer) continue;
    CHECK(one.event.bytes.size() <= 200'000);
    told += one.event.bytes;
  }
  CHECK((told == reader.peer.got));
}

TEST_CASE("pop3: a client that is silent is logged out without a word") {
  Scene scene(silent_pop3());
  Client client(scene);
  client.peer.stream->write("NOOP\r\nUSER al");
  CHECK(client.is_closed());
  CHECK(client.peer.got.starts_with("+OK POP3 server ready"));
  CHECK(client.peer.got.ends_with("\r\n-ERR log in first\r\n"));
  CHECK(scene.wait_for(Kind::kClosed).closed_by == dialogue::ClosedBy::kServer);
}

TEST_CASE("pop3: where TLS cannot begin nothing is said") {
  scenario::Scenario scenario = silent_pop3();
  scenario.tls.oldest = tls::Version::kTls10;
  scenario.tls.newest = tls::Version::kTls10;
  mockserver::Options options;
  options.tls_port = 0;
  Scene scene(scenario, std::move(options));
  Client client(scene, scene.server->tls_port());
  client.peer.stream->write("no handshake at all\r\n");
  CHECK(client.is_closed());
  CHECK(client.peer.got.find("+OK") == std::string::npos);
}

TEST_CASE("pop3: whoever hangs up with marks is told of it, and the mailbox is free again") {
  Scene scene(test::plain_scenario(), with_pop3());
  Client sender(scene);
  sender.greet();
  CHECK(sender.mail("alice@mock.example", "Subject: x\r\n\r\nhi\r\n").find("250") == 0);
  {
    Client reader(scene, scene.server->pop3_port());
    say(reader, "");
    say(reader, "USER alice@mock.example");
    say(reader, "PASS secret");
    say(reader, "DELE 1");
    reader.peer.stream->finish();
    scene.wait_for([](const dialogue::Event& one) { return one.kind == Kind::kNote && !one.remarks.empty(); });
  }
  Client again(scene, scene.server->pop3_port());
  say(again, "");
  say(again, "USER alice@mock.example");
  CHECK(say(again, "PASS secret").starts_with("+OK"));
  CHECK(say(again, "STAT").starts_with("+OK 1 "));
}
