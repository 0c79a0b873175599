#include "mockserver/mock_server.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "core/text.h"
#include "mockserver/session_id.h"
#include "tests/mockserver/scene.h"

namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using test::add_rule;
using test::Client;
using test::Kind;
using test::kinds;
using test::plain_scenario;
using test::rule_on;
using test::Scene;
using test::Seen;

TEST_CASE("mock server: a whole dialogue, kept in memory, with and without an observer") {
  for (const bool observed : {true, false}) {
    CAPTURE(observed);
    Scene scene(plain_scenario(), {}, observed);
    Client client(scene);
    client.greet();
    const std::string data("Subject: x\r\n\r\n..dot\r\nNUL \0 and \xff\r\n"sv);
    CHECK(client.mail("bob@example.org", data).find("250") == 0);
    CHECK(client.say("QUIT\r\n").find("221") == 0);
    CHECK(client.is_closed());
    CHECK(client.peer.errors == 0);
    REQUIRE(scene.server->messages().size() == 1);
    const mockserver::StoredMessage& message = *scene.server->messages().front();
    CHECK(message.content == std::string("Subject: x\r\n\r\n.dot\r\nNUL \0 and \xff\r\n"sv));
    CHECK(message.reverse_path == "alice@mock.example");
    CHECK(message.forward_paths == std::vector<std::string>{"bob@example.org"});
    CHECK(message.client == "client.example");
    CHECK(message.client_address == client.peer.stream->local());
    CHECK(message.user.empty());
    CHECK(message.received > 1'600'000'000);
  }
}

TEST_CASE("mock server: events tell the dialogue in order, with chunks, state and login") {
  Scene scene;
  Client client(scene);
  client.greet();
  client.peer.stream->write("AUTH PLAIN AGFsaWNlQG1vY2su");
  REQUIRE(scene.patience.run_until([&] { return scene.server->connections() == 1; }));
  CHECK(client.say("ZXhhbXBsZQBzZWNyZXQ=\r\nNOOP\r\n").find("235") == 0);
  CHECK(client.reply().find("250") == 0);
  CHECK(client.say("QUIT\r\n").find("221") == 0);
  client.peer.stream->finish();
  scene.wait_for(Kind::kClosed);

  std::string story;
  std::uint64_t number = 0;
  for (const Seen& one : scene.seen) {
    CHECK(one.event.number == ++number);
    CHECK(one.connection == 1);
    std::size_t sum = 0;
    for (const core::Piece& piece : one.event.pieces) sum += piece.octets;
    CHECK(sum == one.event.bytes.size());
    story += dialogue::name(one.event.kind);
    if (one.event.reply) story += " " + one.event.reply->code;
    if (one.event.change) story += " " + std::string(one.event.change->to->name.en);
    if (!one.event.user.empty()) story += " +" + one.event.user;
    story += "\n";
  }
  CHECK(story ==
        "connected\nserver 220 greeted\nclient\nserver 250 ready\n"
        "client\nserver 235 ready +alice@mock.example\nclient\nserver 250 ready\nclient\nserver 221 closed\nclosed\n");
  CHECK(scene.seen.back().user == "alice@mock.example");
  CHECK(scene.seen.back().event.closed_by == dialogue::ClosedBy::kServer);
  CHECK(scene.server->connections() == 0);
}

TEST_CASE("mock server: chunks say in which pieces a command came") {
  Scene scene;
  Client client(scene);
  client.greet();
  // A pipelined reply shows that the piece before it has been read.
  client.peer.stream->write("NOOP\r\nVRFY a");
  CHECK(client.reply().find("250") == 0);
  client.peer.stream->write("b\r\n");
  CHECK(client.reply().find("25") == 0);
  const dialogue::Event event =
      scene.wait_for([](const dialogue::Event& one) { return one.kind == Kind::kClient && one.input == smtp::Input::kVrfy; });
  CHECK(test::lengths(event) == std::vector<std::size_t>{6, 3});
  CHECK(event.pieces.front().at < event.pieces.back().at);
  CHECK(event.at == event.pieces.back().at);
}

TEST_CASE("mock server: a long message is told in parts, all of it, a login in it hidden") {
  Scene scene;
  Client client(scene);
  client.greet();
  const std::string line = std::string(70, 'x') + "\r\n";
  std::string data = ".not doubled\r\n";
  while (data.size() < 3'000'000) data += line;
  data += "AUTH PLAIN AGFsaWNlAHRvcC1zZWNyZXQ=\r\n";
  CHECK(client.mail("x@y.example", data).find("250") == 0);
  std::string told;
  std::size_t parts = 0;
  for (const Seen& one : scene.seen) {
    if (one.event.kind != Kind::kClient || one.event.input != smtp::Input::kMessage) continue;
    told += core::mask(one.event.bytes, one.event.secrets);
    CHECK(one.event.bytes.size() < 2'000'000);
    CHECK(one.event.bytes.ends_with("\r\n"));
    ++parts;
  }
  CHECK(parts >= 2);
  CHECK((told == core::replace_all(data, "AGFsaWNlAHRvcC1zZWNyZXQ=", "********") + ".\r\n"));
}

TEST_CASE("mock server: what comes behind the last word is told, too") {
  Scene scene;
  Client client(scene);
  client.greet();
  client.peer.stream->write("QUIT\r\nNOOP\r\n");
  CHECK(client.is_closed());
  client.peer.stream->write("AUTH PLAIN AGFsaWNlAHRvcC1zZWNyZXQ=\r\n");
  client.peer.stream->finish();
  scene.wait_for(Kind::kClosed);
  const dialogue::Event& last = scene.before(Kind::kClosed);
  CHECK(last.kind == Kind::kClient);
  CHECK(core::show_masked(last.bytes, last.secrets) == "NOOP␍␊AUTH PLAIN ********␍␊");
  CHECK_FALSE(last.input.has_value());
}

TEST_CASE("mock server: replies to pipelined commands come in one piece") {
  Scene scene;
  Client client(scene);
  client.greet();
  std::vector<std::string> pieces;
  client.peer.stream->start({.on_bytes =
                                 [&](std::string_view bytes) {
                                   pieces.emplace_back(bytes);
                                   scene.loop.stop();
                                 },
                             .on_end = {},
                             .on_error = {},
                             .on_flushed = {},
                             .on_secured = {}});
  client.peer.stream->write("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n");
  CHECK(scene.patience.run_until([&] { return !pieces.empty(); }));
  REQUIRE(pieces.size() == 1);
  CHECK(std::count(pieces.front().begin(), pieces.front().end(), '\n') == 3);
  CHECK(pieces.front().find("\r\n354 ") != std::string::npos);
}

TEST_CASE("mock server: many clients at once do not disturb each other") {
  Scene scene;
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(std::make_unique<Client>(scene));
  CHECK(scene.server->connections() == 50);
  for (auto& client : clients) client->greet();
  for (auto& client : clients) CHECK(client->say("MAIL FROM:<alice@mock.example>\r\n").find("250") == 0);
  clients[7]->peer.stream->reset();
  clients[8]->peer.stream.reset();
  for (std::size_t i = 9; i < 50; ++i)
    CHECK(clients[i]->say("RCPT TO:<x" + std::to_string(i) + "@y.example>\r\n").find("250") == 0);
  for (std::size_t i = 9; i < 50; ++i) CHECK(clients[i]->say("DATA\r\n").find("354") == 0);
  for (std::size_t i = 9; i < 50; ++i) CHECK(clients[i]->say(std::to_string(i) + "\r\n.\r\n").find("250") == 0);
  REQUIRE(scene.server->messages().size() == 41);
  for (std::size_t i = 9; i < 50; ++i) {
    CHECK(scene.server->messages()[i - 9]->content == std::to_string(i) + "\r\n");
    CHECK(scene.server->messages()[i - 9]->forward_paths.front() == "x" + std::to_string(i) + "@y.example");
  }
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 48; }));
}

TEST_CASE("mock server: half a command and a disconnect is noted, and its octets are in the log") {
  Scene scene;
  Client client(scene);
  client.greet();
  client.peer.stream->write("MAIL FROM:<al");
  SUBCASE("closed") { client.peer.stream->finish(); }
  SUBCASE("closed at once") { client.peer.stream.reset(); }
  const dialogue::Event note = scene.wait_for(Kind::kNote);
  CHECK(note.note.en == "the client closed in the middle of a command: its line has no end");
  const dialogue::Event half = scene.before(Kind::kNote);
  CHECK(half.kind == Kind::kClient);
  CHECK(half.bytes == "MAIL FROM:<al");
  CHECK(kinds(half) == std::vector<protocol::MistakeId>{smtp::RemarkKind::kMissingCrlf});
  CHECK(scene.wait_for(Kind::kClosed).closed_by == dialogue::ClosedBy::kClient);
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
}

TEST_CASE("mock server: half a password and a disconnect does not betray it") {
  Scene scene;
  Client client(scene);
  client.greet();
  CHECK(client.say("AUTH LOGIN\r\n").find("334") == 0);
  CHECK(client.say("YWxpY2VAbW9jay5leGFtcGxl\r\n").find("334") == 0);
  client.peer.stream->write("c2VjcmV0");
  client.peer.stream->finish();
  scene.wait_for(Kind::kNote);
  const dialogue::Event half = scene.before(Kind::kNote);
  CHECK(half.secrets == std::vector<core::Span>{{0, 8}});
}

TEST_CASE("mock server: a client that closes its side still gets every answer") {
  scenario::Scenario scenario = plain_scenario();
  scenario::Rule slow = rule_on(scenario::On::kCommand, smtp::Input::kNoop);
  slow.effects.delay = 30ms;
  add_rule(scenario, slow, {"250 slept well"});
  Scene scene(scenario);
  Client client(scene);
  client.peer.stream->write("HELO a.example\r\nNOOP\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nNOOP\r\n");
  client.peer.stream->finish();
  CHECK(client.is_closed());
  CHECK(client.peer.errors == 0);
  CHECK(std::count(client.peer.got.begin(), client.peer.got.end(), '\n') == 6);
  CHECK(client.peer.got.ends_with("250 slept well\r\n"));
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
}

TEST_CASE("mock server: NUL bytes, control characters and what is not UTF-8 are answered and never change the log's form") {
  Scene scene;
  Client client(scene);
  client.greet();
  CHECK(client.say(std::string("HE\0LO\x1b[2J\xff\r\n"sv)).find("50") == 0);
  CHECK(client.say("NOOP\r\n").find("250") == 0);
  const dialogue::Event odd =
      scene.wait_for([](const dialogue::Event& one) { return one.bytes.find('\0') != std::string::npos; });
  CHECK(odd.kind == Kind::kClient);
}

TEST_CASE("mock server: a line without end is given up after a bounded amount, and others notice nothing") {
  Scene scene;
  Client endless(scene);
  Client other(scene);
  endless.greet();
  other.greet();
  for (int i = 0; i < 100; ++i) endless.peer.stream->write(std::string(100'000, 'x'));
  CHECK(other.say("NOOP\r\n").find("250") == 0);
  CHECK(endless.reply().find("421") == 0);
  CHECK(endless.is_closed());
  CHECK(other.say("NOOP\r\n").find("250") == 0);
}

TEST_CASE("mock server: shut_down says 421 to everybody, and the loop runs empty") {
  scenario::Scenario scenario = plain_scenario();
  scenario::Rule slow = rule_on(scenario::On::kCommand, smtp::Input::kNoop);
  slow.effects.delay = 1h;
  add_rule(scenario, slow, {"250 never"});
  Scene scene(scenario);
  const std::string bye = "421 mock.example Service closing transmission channel\r\n";
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(std::make_unique<Client>(scene));
  for (auto& client : clients) client->greet();
  clients[1]->peer.stream->write("MAIL FR");   // in the middle of a command
  clients[2]->peer.stream->write("NOOP\r\n");  // in a delay
  scene.wait_for([](const dialogue::Event& one) { return one.input == smtp::Input::kNoop; });
  CHECK(clients[3]->say("MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n").find("250") == 0);
  CHECK(clients[3]->reply().find("250") == 0);
  CHECK(clients[3]->say("DATA\r\n").find("354") == 0);
  clients[3]->peer.stream->write("in a message");

  const std::uint16_t port = scene.server->port();
  scene.server->shut_down();
  scene.server->shut_down();  // twice is no harm
  for (auto& client : clients) {
    CHECK(client->reply() == bye);
    CHECK(client->is_closed());
    CHECK(client->peer.errors == 0);
    client->peer.stream.reset();
  }
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
  test::Peer late(scene.loop);
  late.connect(port);
  CHECK(scene.patience.run_until([&] { return !late.error.empty(); }));
  late.connecting.reset();
  scene.loop.run();  // returns: nothing is left
}

TEST_CASE("mock server: with `once` the first client is the only one") {
  mockserver::Options options;
  options.once = true;
  Scene scene(plain_scenario(), options);
  Client client(scene);
  client.greet();
  test::Peer second(scene.loop);
  second.connect(scene.server->port());
  CHECK(scene.patience.run_until([&] { return !second.error.empty(); }));
  CHECK(client.say("QUIT\r\n").find("221") == 0);
  client.peer.stream.reset();
  second.connecting.reset();
  while (scene.server->connections() > 0) scene.loop.run();
  scene.loop.run();  // returns: nothing is left
}

TEST_CASE("mock server: every connection has ids of its own, the same with the same seed") {
  std::set<std::string> ids;
  for (std::uint64_t connection = 1; connection <= 1000; ++connection) {
    const std::string id = mockserver::session_id(7, connection);
    CHECK(id == mockserver::session_id(7, connection));
    CHECK(id.size() == std::string_view("AbCdEfGhIjKlMnOpQrStUv--.12345S2").size());
    CHECK(id.substr(22, 3) == "--.");
    CHECK(id.ends_with("S2"));
    ids.insert(id);
    ids.insert(mockserver::session_id(8, connection));
  }
  CHECK(ids.size() == 2000);
  CHECK(mockserver::queue_id(7, 1).size() == 10);
  CHECK(mockserver::queue_id(7, 1) != mockserver::queue_id(7, 2));
}

TEST_CASE("mock server: destroyed with clients it just goes, and its observer hears nothing more") {
  Scene scene;
  Client client(scene);
  client.greet();
  const std::size_t before = scene.seen.size();
  scene.server.reset();
  CHECK(client.is_closed());
  CHECK(scene.seen.size() == before);
}

}  // namespace
