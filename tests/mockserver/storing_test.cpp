// Messages on their way through the mock server into its store.
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/data_reader.h"
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
  CHECK(scene.wait_for(Kind::kNote).note.en == "the client closed in the middle of the message, after 6 octets of it");
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

TEST_CASE("mock server: every kind of content is in the store octet for octet, by DATA and by BDAT") {
  std::string every_octet;
  for (int octet = 0; octet < 256; ++octet) every_octet += static_cast<char>(octet);
  struct Row {
    const char* name;
    std::string content;
    bool lines;  // ends in CRLF and has no line that DATA would change
  };
  for (const Row& row : std::vector<Row>{
           {"empty", "", true},
           {"UTF-8", "Subject: 你好\r\n\r\ngrüß dich\r\n", true},
           {"lines of 998 and of 5,000 octets", std::string(996, 'a') + "\r\n" + std::string(5000, 'b') + "\r\n", true},
           {"dots", ".\r\n..\r\n.x\r\n", true},
           {"NUL and all the others", every_octet + every_octet, false},
           {"no line end at the end", "Subject: x", false},
           {"bare LF, bare CR, a dot between", "a\n.\nb\r.\rc\n.\r\nd", false},
           {"half a megabyte", std::string(500'000, 'x') + "\r\n", true},
       }) {
    CAPTURE(row.name);
    const test::Folder folder;
    scenario::Scenario scenario = plain_scenario();
    scenario.server.offers = {"8BITMIME", "CHUNKING", "BINARYMIME"};
    mockserver::Options options;
    options.store = folder / "mail";
    Scene scene(scenario, options);
    Client client(scene);
    client.greet();
    if (row.lines) CHECK(client.mail("x@y.example", smtp::dot_stuff(row.content)).find("250") == 0);
    CHECK(client.say("MAIL FROM:<alice@mock.example> BODY=BINARYMIME\r\n").find("250") == 0);
    CHECK(client.say("RCPT TO:<x@y.example>\r\n").find("250") == 0);
    const std::size_t half = row.content.size() / 2;
    CHECK(client.say("BDAT " + std::to_string(half) + "\r\n" + row.content.substr(0, half)).find("250") == 0);
    const std::string rest = row.content.substr(half);
    CHECK(client.say("BDAT " + std::to_string(rest.size()) + " LAST\r\n" + rest).find("250") == 0);
    const auto names = folder.names("mail/other/new");
    CHECK(names.size() == (row.lines ? 2 : 1));
    for (const std::string& name : names) CHECK((folder.content("mail/other/new/" + name) == row.content));
    const std::string envelope = folder.content("mail/other/envelopes/" + names.back() + ".envelope");
    CHECK(envelope.find("\"body\": \"BINARYMIME\"") != std::string::npos);
  }
}

TEST_CASE("mock server: a smuggled mail arrives at a lenient server only") {
  struct Row {
    const char* name;
    protocol::LineEnds line_ends;
    std::size_t mails;
  };
  for (const Row& row : {Row{"lenient", protocol::LineEnds::kLenient, 2}, Row{"normalize", protocol::LineEnds::kNormalize, 1},
                         Row{"strict", protocol::LineEnds::kStrict, 0}}) {
    for (const std::string end : {"\n.\r\n", "\n.\n", "\r\n.\n"}) {
      CAPTURE(row.name);
      CAPTURE(end);
      scenario::Scenario scenario = plain_scenario();
      scenario.server.line_ends = row.line_ends;
      Scene scene(scenario);
      Client client(scene);
      client.greet();
      CHECK(client.say("MAIL FROM:<mallory@mock.example>\r\nRCPT TO:<bob@example.org>\r\n").find("250") == 0);
      CHECK(client.reply().find("250") == 0);
      CHECK(client.say("DATA\r\n").find("354") == 0);
      client.peer.stream->write("Hello" + end +
                                "MAIL FROM:<boss@mock.example>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nPay!\r\n.\r\nQUIT\r\n");
      CHECK(client.is_closed());
      REQUIRE(scene.server->messages().size() == row.mails);
      if (row.mails == 2) CHECK(scene.server->messages().back()->reverse_path == "boss@mock.example");
      if (row.mails == 1)
        CHECK(scene.server->messages().front()->content.find("RCPT TO:<bob@example.org>") != std::string::npos);
    }
  }
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
  CHECK(scene.wait_for(Kind::kNote).note.en.find("cannot make the folder") != std::string::npos);
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
  taken.port = scene.server->port();
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
