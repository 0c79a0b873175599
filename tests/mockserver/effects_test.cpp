// Rules that do more than word a reply, on real sockets.
#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "scene.h"

using namespace std::chrono_literals;
using test::Client;
using test::Kind;
using test::load;
using test::Scene;

namespace {

bool is_server_line(const dialogue::Event& event, std::string_view bytes) {
  return event.kind == dialogue::Kind::kServer && event.bytes == bytes;
}

}  // namespace

TEST_CASE("mock server effects: a reply arrives in the pieces it was cut into") {
  Scene scene(load("[[rule]]\non = 'connect'\nreply = '220 hello'\nsplit_at = [2, 5]\nsplit_pause = 0.02\n"));
  Client client(scene);
  CHECK(client.reply() == "220 hello\r\n");
  CHECK(client.peer.pieces == std::vector<std::string>{"22", "0 h", "ello\r\n"});
  const auto event = scene.wait_for([](const dialogue::Event& one) { return is_server_line(one, "220 hello\r\n"); });
  CHECK(test::lengths(event) == std::vector<std::size_t>{2, 3, 6});
  for (std::size_t i = 1; i < 3; ++i) CHECK(event.pieces[i].at - event.pieces[i - 1].at >= 19ms);
}

TEST_CASE("mock server effects: a pipelined command waits for the pieces before it") {
  Scene scene(load("[[rule]]\non = 'NOOP'\nreply = '250 noop'\nsplit_every = 3\nsplit_pause = 0.005\n"));
  Client client(scene);
  client.reply();
  client.peer.stream->write("NOOP\r\nRSET\r\n");
  CHECK(client.reply() == "250 noop\r\n");
  CHECK(client.reply() == "250 OK\r\n");
}

TEST_CASE("mock server effects: what comes while an answer is delayed has its own time, and is early") {
  Scene scene(load("[[rule]]\non = 'EHLO'\nreply = '250 slow'\ndelay = 0.08\n"));
  Client client(scene);
  client.reply();
  client.peer.stream->write("EHLO a.example\r\n");
  scene.patience.turn();
  client.peer.stream->write("NOOP\r\n");
  client.reply();
  client.reply();
  const auto slow = scene.wait_for([](const dialogue::Event& one) { return is_server_line(one, "250 slow\r\n"); });
  const auto early = scene.wait_for([](const dialogue::Event& one) { return one.input == smtp::Input::kNoop; });
  CHECK(early.at < slow.at);
  CHECK(test::kinds(early) == std::vector<protocol::MistakeId>{smtp::RemarkKind::kSendsBeforeReply});
}

TEST_CASE("mock server effects: who goes away in the middle of a reply has heard no more than its pieces") {
  Scene scene(load("[[rule]]\non = 'NOOP'\nreply = '250 noop'\nsplit_at = [3]\nsplit_pause = 5\n"));
  Client client(scene);
  client.reply();
  client.peer.stream->write("NOOP\r\nRS");
  CHECK(scene.patience.run_until([&] { return client.peer.got.ends_with("\r\n250"); }));
  client.peer.stream->reset();
  scene.wait_for(Kind::kClosed);
  std::string story;
  for (const test::Seen& one : scene.seen) {
    if (one.event.kind == Kind::kServer || one.event.kind == Kind::kClient) story += one.event.bytes + "|";
    if (one.event.kind == Kind::kNote) story += one.event.note.en + "|";
  }
  CHECK(story ==
        "220 mock.example ESMTP\r\n|NOOP\r\n|250|RS|the client closed in the middle of a command: its line has no end|"
        "7 octets of what the server was to say never left|");
}

TEST_CASE("mock server effects: a reset is one, behind the reply") {
  Scene scene(load("[[rule]]\non = 'NOOP'\nreply = '250 bye'\nthen = 'reset'\n"));
  Client client(scene);
  client.reply();
  client.peer.stream->write("NOOP\r\n");
  CHECK(client.is_closed());
  CHECK(client.peer.errors == 1);
  CHECK(client.peer.got.ends_with("250 bye\r\n"));
  CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
}

TEST_CASE("mock server effects: behind a reset nothing is answered or kept, however early it came") {
  for (const std::string& pieces : {std::string(), std::string("split_every = 3\nsplit_pause = 0.005\n")}) {
    CAPTURE(pieces);
    Scene scene(load("[[rule]]\non = 'NOOP'\nreply = '250 bye'\nthen = 'reset'\n" + pieces));
    Client client(scene);
    client.greet();
    client.say("MAIL FROM:<a@b.c>\r\n");
    client.say("RCPT TO:<x@y.z>\r\n");
    client.peer.stream->write("NOOP\r\nDATA\r\nhello\r\n.\r\n");
    CHECK(client.is_closed());
    CHECK(client.peer.got.ends_with("250 bye\r\n"));
    CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
    CHECK(scene.server->messages().empty());
  }
}

TEST_CASE("mock server effects: who stalls says nothing more, sees the client leave, and ends in time") {
  const std::string rule = "[[rule]]\non = 'NOOP'\nraw = ''\nthen = 'stall'\n";
  {
    Scene scene(load(rule));
    Client client(scene);
    client.reply();
    client.peer.stream->write("NOOP\r\nRSET\r\n");
    scene.wait_for([](const dialogue::Event& one) { return one.note.en.find("says nothing more") != std::string::npos; });
    client.peer.stream->finish();
    CHECK(scene.patience.run_until([&] { return scene.server->connections() == 0; }));
    CHECK(client.peer.got == "220 mock.example ESMTP\r\n");
  }
  Scene scene(load("limits = { idle_timeout = 0.05 }\n" + rule));
  Client client(scene);
  client.reply();
  client.peer.stream->write("NOOP\r\n");
  CHECK(client.is_closed());
  CHECK(client.peer.got == "220 mock.example ESMTP\r\n");  // and no 421
}

TEST_CASE("mock server effects: the line breaks in the middle of a message that is still coming") {
  struct Row {
    const char* then;
    int errors;
    std::string last;
  };
  for (const Row& row : {Row{"close", 0, "421 enough\r\n"}, Row{"reset", 1, "421 enough\r\n"}}) {
    CAPTURE(row.then);
    Scene scene(load("[[rule]]\non = 'midway'\nwhen = { size_over = 20 }\nreply = '421 enough'\nthen = '" +
                     std::string(row.then) + "'\n"));
    Client client(scene);
    client.greet();
    client.say("MAIL FROM:<a@b.c>\r\n");
    client.say("RCPT TO:<x@y.z>\r\n");
    client.say("DATA\r\n");
    client.peer.stream->write("1234567890\r\n");
    client.peer.stream->write("1234567890\r\n1");
    CHECK(client.is_closed());
    CHECK(client.peer.errors == row.errors);
    CHECK(client.peer.got.ends_with(row.last));
    CHECK(scene.server->messages().empty());
  }
}

TEST_CASE("mock server effects: what the server says of its own accord can come late, too") {
  for (const std::string& on : {std::string("midway"), std::string("timeout")}) {
    CAPTURE(on);
    Scene scene(load("limits = { idle_timeout = 0.5 }\n[[rule]]\non = '" + on +
                     "'\nreply = '421 late'\ndelay = 0.05\nthen = 'close'\n"));
    Client client(scene);
    client.greet();
    client.say("MAIL FROM:<a@b.c>\r\n");
    client.say("RCPT TO:<x@y.z>\r\n");
    client.say("DATA\r\n");
    const auto before = net::Loop::precise_now();
    client.peer.stream->write("line\r\n");
    scene.wait_for([](const dialogue::Event& one) { return is_server_line(one, "421 late\r\n"); });
    CHECK(net::Loop::precise_now() - before >= (on == "midway" ? 45ms : 540ms));  // the event comes when it has left
    CHECK(client.is_closed());
    CHECK(client.peer.got.ends_with("421 late\r\n"));
  }
}

TEST_CASE("mock server effects: who stalls behind the 220 to STARTTLS begins no handshake") {
  Scene scene(
      load("limits = { idle_timeout = 0.5 }\nserver = { extensions = ['STARTTLS'], security = 'starttls' }\n"
           "[[rule]]\non = 'STARTTLS'\nreply = '220 go'\nthen = 'stall'\n"));
  Client client(scene);
  client.greet();
  CHECK(client.say("STARTTLS\r\n") == "220 go\r\n");
  CHECK(!client.secure());
}

TEST_CASE("mock server effects: a message is counted once, in however many pieces it comes") {
  Scene scene(load("[[rule]]\non = 'midway'\nwhen = { nth = 2 }\nthen = 'close'\n"));
  Client client(scene);
  client.greet();
  client.say("MAIL FROM:<a@b.c>\r\n");
  client.say("RCPT TO:<x@y.z>\r\n");
  client.say("DATA\r\n");
  for (int i = 0; i < 3; ++i) {
    client.peer.stream->write("line " + std::to_string(i) + "\r\n");
    // A command of another client is answered behind what came before it.
    Client other(scene);
    other.reply();
    other.say("NOOP\r\n");
  }
  CHECK(client.say(".\r\n").starts_with("250"));
  client.say("MAIL FROM:<a@b.c>\r\n");
  client.say("RCPT TO:<x@y.z>\r\n");
  client.say("DATA\r\n");
  client.peer.stream->write("again\r\n");
  CHECK(client.is_closed());
  CHECK(scene.server->messages().size() == 1);
}

TEST_CASE("mock server effects: what is answered and what is kept") {
  Scene scene(
      load("[[rule]]\non = 'message'\nwhen = { header = 'Subject: dup' }\nreply = '451 no'\nkeep = true\n"
           "[[rule]]\non = 'message'\nwhen = { header = 'Subject: drop' }\nreply = '250 yes'\nkeep = false\n"
           "[[rule]]\non = 'message'\nwhen = { header = 'Subject: hush' }\nraw = ''\nthen = 'close'\n"));
  Client client(scene);
  client.greet();
  CHECK(client.mail("x@y.z", "Subject: dup\r\n\r\n") == "451 no\r\n");
  CHECK(scene.server->messages().size() == 1);
  CHECK(client.mail("x@y.z", "Subject: drop\r\n\r\n") == "250 yes\r\n");
  CHECK(scene.server->messages().size() == 1);
  CHECK(client.mail("x@y.z", "Subject: hush\r\n\r\n").empty());
  CHECK(client.peer.ends == 1);
  CHECK(scene.server->messages().size() == 2);
}

TEST_CASE("mock server effects: nobody listens") {
  Scene scene(load("[server]\nconnections = 'refuse'\n"));
  CHECK(scene.server->port() != 0);
  bool refused = false;
  auto connecting = net::Stream::connect(scene.loop, "127.0.0.1", scene.server->port(), [&](auto result) {
    refused = !result.has_value();
    scene.loop.stop();
  });
  CHECK(scene.patience.run_until([&] { return refused; }));
}

TEST_CASE("mock server effects: clients are counted over connections, at once and one after the other") {
  Scene scene(
      load("[[rule]]\non = 'connect'\nwhen = { connections_over = 1 }\nreply = '421 busy'\nthen = 'close'\n"
           "[[rule]]\non = 'connect'\nwhen = { times = 1 }\nreply = '220 first'\n"));
  {
    Client one(scene);
    CHECK(one.reply() == "220 first\r\n");
    Client two(scene);
    CHECK(two.reply() == "421 busy\r\n");
    CHECK(two.is_closed());
    one.say("QUIT\r\n");
    Client next(scene);  // the others have not closed their ends yet
    CHECK(next.reply() == "220 mock.example ESMTP\r\n");
  }
}
