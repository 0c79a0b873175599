#include "mockserver/mock_server.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/session_id.h"
#include "tests/mockserver/folder.h"
#include "tests/net/peer.h"

namespace {

using namespace std::string_view_literals;

using namespace std::chrono_literals;
using dialogue::Kind;

scenario::Scenario plain_scenario() {
  scenario::Scenario scenario;
  scenario.id = "test/plain";
  scenario.server.name = "mock.example";
  scenario.server.extensions = smtp::Extensions::from_lines({"PIPELINING", "AUTH LOGIN PLAIN"});
  scenario.accounts.push_back({"alice@mock.example", "secret", ""});
  return scenario;
}

// Gives the rule a reply of its own.
void add_rule(scenario::Scenario& scenario, scenario::Rule rule, std::vector<std::string> lines) {
  const auto code = smtp::ReplyCode::parse(std::string_view(lines.front()).substr(0, 3));
  scenario::ReplyEntry entry;
  entry.id = "rule-" + std::to_string(scenario.replies.size());
  entry.lines = std::move(lines);
  entry.code = code.value();
  rule.reply = scenario.replies.size();
  scenario.replies.push_back(std::move(entry));
  scenario.rules.push_back(std::move(rule));
}

scenario::Rule rule_on(scenario::On on, smtp::Input verb = smtp::Input::kUnknown) {
  scenario::Rule rule;
  rule.on = on;
  rule.verb = verb;
  return rule;
}

struct Seen {
  mockserver::ConnectionId connection;
  dialogue::Event event;
  std::string user;  // whom the server remembers
};

// A server and its clients in one loop.
struct Scene {
  explicit Scene(scenario::Scenario scenario = plain_scenario(), mockserver::Options options = {}, bool observed = true)
      : patience(loop) {
    if (observed) {
      options.observer = [this](mockserver::ConnectionId id, const dialogue::Event& event, const smtp::Memory& memory) {
        seen.push_back({id, event, memory.user});
        loop.stop();
      };
    }
    server = std::make_unique<mockserver::MockServer>(loop, std::move(scenario), std::move(options));
    REQUIRE(server->listen());
  }

  // Waits for an event for which `fits` holds; gives it.
  template <typename Fits>
  dialogue::Event wait_for(Fits fits) {
    const auto found = [&] { return std::find_if(seen.begin(), seen.end(), [&](const Seen& one) { return fits(one.event); }); };
    REQUIRE(patience.run_until([&] { return found() != seen.end(); }));
    return found()->event;
  }
  dialogue::Event wait_for(Kind kind) {
    return wait_for([kind](const dialogue::Event& event) { return event.kind == kind; });
  }
  [[nodiscard]] std::size_t count(Kind kind) const {
    return static_cast<std::size_t>(
        std::count_if(seen.begin(), seen.end(), [&](const Seen& one) { return one.event.kind == kind; }));
  }

  net::Loop loop;
  test::Patience patience;
  std::vector<Seen> seen;
  std::unique_ptr<mockserver::MockServer> server;
};

// A client of the scene that speaks and waits for replies.
struct Client {
  explicit Client(Scene& in) : scene(in), peer(in.loop) {
    peer.connect(scene.server->smtp_port());
    REQUIRE(scene.patience.run_until([&] { return peer.is_up(); }));
  }

  // The next whole reply, line ends included.
  std::string reply() {
    std::string found;
    REQUIRE(scene.patience.run_until([&] { return take_reply(found) || peer.ends + peer.errors > 0; }));
    return found;
  }
  std::string say(const std::string& bytes) {
    peer.stream->write(bytes);
    return reply();
  }
  // All that is needed before MAIL.
  void greet() {
    CHECK(reply() == "220 mock.example ESMTP\r\n");
    CHECK(say("EHLO client.example\r\n").find("250-") == 0);
  }
  // Sends a message to one recipient and gives the reply to it.
  std::string mail(const std::string& recipient, const std::string& data) {
    CHECK(say("MAIL FROM:<alice@mock.example>\r\n").find("250") == 0);
    CHECK(say("RCPT TO:<" + recipient + ">\r\n").find("250") == 0);
    CHECK(say("DATA\r\n").find("354") == 0);
    return say(data + ".\r\n");
  }
  [[nodiscard]] bool is_closed() {
    return scene.patience.run_until([&] { return peer.ends + peer.errors > 0; });
  }

  bool take_reply(std::string& found) {
    for (std::size_t line = read; line < peer.got.size();) {
      const std::size_t lf = peer.got.find('\n', line);
      if (lf == std::string::npos) return false;
      if (lf < line + 3 || peer.got[line + 3] != '-') {
        found = peer.got.substr(read, lf + 1 - read);
        read = lf + 1;
        return true;
      }
      line = lf + 1;
    }
    return false;
  }

  Scene& scene;
  test::Peer peer;
  std::size_t read = 0;  // octets of peer.got already taken as replies
};

std::vector<smtp::RemarkKind> kinds(const dialogue::Event& event) {
  std::vector<smtp::RemarkKind> found;
  for (const smtp::Remark& remark : event.remarks) found.push_back(remark.kind);
  return found;
}

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
    const mockserver::StoredMessage& message = scene.server->messages().front();
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
    for (const std::size_t chunk : one.event.chunks) sum += chunk;
    CHECK(sum == one.event.bytes.size());
    story += dialogue::name(one.event.kind);
    if (one.event.reply) story += " " + std::to_string(one.event.reply->code.value());
    if (one.event.change) story += " " + std::string(smtp::name(one.event.change->to));
    if (!one.event.user.empty()) story += " +" + one.event.user;
    story += "\n";
  }
  CHECK(story ==
        "connected\nserver 220 greeted\nclient\nserver 250 ready\n"
        "client\nserver 235 ready +alice@mock.example\nclient\nserver 250 ready\nclient\nserver 221 closed\nclosed\n");
  CHECK(scene.seen.back().user == "alice@mock.example");
  CHECK(scene.seen.back().event.note == "by the server");
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
  CHECK(event.chunks == std::vector<std::size_t>{6, 3});
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
                             .on_flushed = {}});
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
    CHECK(scene.server->messages()[i - 9].content == std::to_string(i) + "\r\n");
    CHECK(scene.server->messages()[i - 9].forward_paths.front() == "x" + std::to_string(i) + "@y.example");
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
  CHECK(note.note == "the client closed in the middle of a command: its line has no end");
  const dialogue::Event half = scene.seen[scene.seen.size() - 2].event;
  CHECK(half.kind == Kind::kClient);
  CHECK(half.bytes == "MAIL FROM:<al");
  CHECK(kinds(half) == std::vector{smtp::RemarkKind::kMissingCrlf});
  CHECK(scene.wait_for(Kind::kClosed).note == "by the client");
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
  const dialogue::Event half = scene.seen[scene.seen.size() - 2].event;
  CHECK(half.secrets == std::vector<core::Span>{{0, 8}});
}

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

TEST_CASE("mock server: a client that closes its side still gets every answer") {
  scenario::Scenario scenario = plain_scenario();
  scenario::Rule slow = rule_on(scenario::On::kCommand, smtp::Input::kNoop);
  slow.delay = 30ms;
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
  scenario::Scenario scenario = plain_scenario();
  scenario.server.limits.stream.discarded = 100'000;
  Scene scene(scenario);
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
  CHECK(closed.note == "by the server");
  const dialogue::Event last =
      scene.wait_for([](const dialogue::Event& one) { return one.reply && one.reply->code.value() == 421; });
  CHECK(last.change->to == smtp::State::kClosed);
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
  CHECK(note.note == "nothing came for 0.02 s: the line has no end yet, the server waits for it");
  CHECK(kinds(note) == std::vector{smtp::RemarkKind::kMissingCrlf});
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
  CHECK(kinds(scene.wait_for(Kind::kNote)) == std::vector{smtp::RemarkKind::kWaitsInsideData});
  client.peer.stream->write("Hello\r\n.\n");
  CHECK(scene.patience.run_until([&] { return scene.count(Kind::kNote) == 2; }));
  CHECK(kinds(scene.seen.back().event) == std::vector{smtp::RemarkKind::kTerminatorNotCrlf});
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
  slow.delay = 120ms;
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

TEST_CASE("mock server: shut_down says 421 to everybody, and the loop runs empty") {
  scenario::Scenario scenario = plain_scenario();
  scenario::Rule slow = rule_on(scenario::On::kCommand, smtp::Input::kNoop);
  slow.delay = 1h;
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

  const std::uint16_t port = scene.server->smtp_port();
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
  scenario.server.limits.commands_without_mail = 100'000'000;
  scenario.idle_timeout = 300ms;
  std::size_t answered = 0;
  bool timed_out = false;
  mockserver::Options options;
  net::Loop loop;
  test::Patience patience(loop);
  options.observer = [&](mockserver::ConnectionId, const dialogue::Event& event, const smtp::Memory&) {
    if (event.kind == Kind::kServer) answered += event.bytes.size();
    if (event.reply && event.reply->code.value() == 421) timed_out = true;
    if (timed_out) loop.stop();
  };
  mockserver::MockServer server(loop, scenario, options);
  REQUIRE(server.listen());
  test::Peer client(loop);
  client.connect(server.smtp_port());
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
  scenario.server.limits.commands_without_mail = 100'000'000;
  Scene scene(scenario, {}, false);
  Client client(scene);
  CHECK(client.reply().find("220") == 0);
  client.peer.stream->pause_reading();
  constexpr int kCommands = 60'000;
  std::string commands;
  for (int i = 0; i < kCommands; ++i) commands += "HELP\r\n";
  client.peer.stream->write(commands);
  bool later = false;
  net::Timer timer(scene.loop, [&] { later = true, scene.loop.stop(); });
  timer.start(200ms);
  CHECK(scene.patience.run_until([&] { return later; }));
  client.peer.stream->resume_reading();
  std::size_t counted = 0;
  int lines = 0;
  CHECK(scene.patience.run_until([&] {
    for (; counted < client.peer.got.size(); ++counted) lines += client.peer.got[counted] == '\n' ? 1 : 0;
    return lines == kCommands + 1;
  }));
  CHECK(client.peer.got.ends_with("QUIT AUTH STARTTLS\r\n"));
}

TEST_CASE("mock server: with `once` the first client is the only one") {
  mockserver::Options options;
  options.once = true;
  Scene scene(plain_scenario(), options);
  Client client(scene);
  client.greet();
  test::Peer second(scene.loop);
  second.connect(scene.server->smtp_port());
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
