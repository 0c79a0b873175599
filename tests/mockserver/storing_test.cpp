// Messages on their way through the mock server into its store.
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/mockserver/folder.h"
#include "tests/mockserver/scene.h"

namespace {

using test::add_rule;
using test::Client;
using test::Kind;
using test::plain_scenario;
using test::rule_on;
using test::Scene;

TEST_CASE("mock server: a disconnect inside a message is noted, and nothing is stored") {
  Scene scene;
  Client client(scene);
  client.greet();
  CHECK(client.say("MAIL FROM:<>\r\n").find("250") == 0);
  CHECK(client.say("RCPT TO:<a@b.example>\r\n").find("250") == 0);
  CHECK(client.say("DATA\r\n").find("354") == 0);
  client.peer.stream->write("half\r\n");
  client.peer.stream->finish();
  CHECK(scene.wait_for(Kind::kNote).note == "the client closed in the middle of the message, after 6 octets of it");
  CHECK(scene.server->messages().empty());
}

TEST_CASE("mock server: a message answered 250 is in the Maildir, identical") {
  const test::Folder folder;
  mockserver::Options options;
  options.store = folder / "mail";
  Scene scene(plain_scenario(), options);
  Client client(scene);
  client.greet();
  CHECK(client.say("AUTH PLAIN AGFsaWNlQG1vY2suZXhhbXBsZQBzZWNyZXQ=\r\n").find("235") == 0);
  std::string data;
  for (int octet = 0; octet < 256; ++octet) {
    if (octet != '\r' && octet != '\n' && octet != '.') data += static_cast<char>(octet);
  }
  data += "\r\n.\r\r\n..x\n";
  CHECK(client.say("MAIL FROM:<alice@mock.example>\r\n").find("250") == 0);
  CHECK(client.say("RCPT TO:<Alice@mock.example>\r\n").find("250") == 0);
  CHECK(client.say("RCPT TO:<x@y.example>\r\n").find("250") == 0);
  CHECK(client.say("DATA\r\n").find("354") == 0);
  CHECK(client.say(data + "\r\n.\r\n").find("250") == 0);
  const std::string stored = data.substr(0, 253 + 2) + "\r\r\n.x\n\r\n";  // unstuffed: one dot less after a CRLF
  for (const std::string mailbox : {"alice@mock.example", "other"}) {
    CAPTURE(mailbox);
    const auto names = folder.names("mail/" + mailbox + "/new");
    REQUIRE(names.size() == 1);
    CHECK((folder.content("mail/" + mailbox + "/new/" + names.front()) == stored));
    const std::string envelope = folder.content("mail/" + mailbox + "/envelopes/" + names.front() + ".envelope");
    CHECK(envelope.find("\"user\": \"alice@mock.example\"") != std::string::npos);
    CHECK(envelope.find("\"client\": \"client.example\"") != std::string::npos);
  }
  CHECK(scene.server->messages().empty());
}

TEST_CASE("mock server: what cannot be stored is answered 451, and service goes on") {
  const test::Folder folder;
  mockserver::Options options;
  options.store = folder / "mail";
  Scene scene(plain_scenario(), options);
  Client client(scene);
  client.greet();
  std::filesystem::remove_all(folder / "mail");
  CHECK(client.mail("x@y.example", "Hello\r\n").find("451 Message not taken: cannot make the folder") == 0);
  CHECK(scene.wait_for(Kind::kNote).note.find("cannot make the folder") != std::string::npos);
  std::filesystem::create_directory(folder / "mail");
  CHECK(client.mail("x@y.example", "Hello\r\n").find("250") == 0);
  CHECK(folder.names("mail/other/new").size() == 1);
}

TEST_CASE("mock server: a message a rule refuses is not stored") {
  scenario::Scenario scenario = plain_scenario();
  add_rule(scenario, rule_on(scenario::On::kMessage), {"554 spam"});
  Scene scene(scenario);
  Client client(scene);
  client.greet();
  CHECK(client.mail("x@y.example", "Hello\r\n") == "554 spam\r\n");
  CHECK(scene.server->messages().empty());
}

TEST_CASE("mock server: a port in use and a store that cannot be are errors of listen") {
  Scene scene;
  mockserver::Options taken;
  taken.smtp_port = scene.server->smtp_port();
  const auto listening = mockserver::MockServer(scene.loop, plain_scenario(), taken).listen();
  REQUIRE_FALSE(listening);
  CHECK(listening.error().blame == core::Blame::kSystem);
  mockserver::Options nowhere;
  nowhere.store = "/dev/null/mail";
  const auto storing = mockserver::MockServer(scene.loop, plain_scenario(), nowhere).listen();
  REQUIRE_FALSE(storing);
  CHECK(storing.error().blame == core::Blame::kInput);
}

}  // namespace
