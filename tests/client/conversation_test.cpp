#include "client/conversation/conversation.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/show.h"
#include "smtp/remark.h"
#include "smtp/transitions.h"
#include "tests/client/scenarios.h"
#include "tests/client/with_server.h"

using client::Conversation;
using client::Endpoint;
using dialogue::Event;
using dialogue::Kind;

using test::count;
using test::find;
using test::load;

using test::WithServer;

namespace {

bool has_remark(const Event& event, smtp::RemarkKind kind) {
  return std::any_of(event.remarks.begin(), event.remarks.end(),
                     [&](const protocol::Remark& remark) { return remark.kind == kind; });
}

// A conversation with the embedded mock, waited for.
struct WithMock {
  explicit WithMock(std::string_view id)
      : scenario(load(id)), patience(loop), talk(loop, scenario, [this] {
          ++changes;
          if (on_change) on_change();
          loop.stop();
        }) {
    REQUIRE(talk.open());
    settle();
  }

  void settle() {
    REQUIRE(patience.run_until([&] { return talk.is_settled() && !talk.is_replaying(); }));
  }
  void say(const std::string& bytes) {
    talk.send(bytes);
    settle();
  }
  [[nodiscard]] const Event& last() const { return talk.log().events().back(); }
  [[nodiscard]] int code() const { return last().reply ? std::stoi(last().reply->code) : 0; }

  net::Loop loop;
  const scenario::Scenario scenario;
  test::Patience patience;
  int changes = 0;
  std::function<void()> on_change;
  Conversation talk;
};

}  // namespace

TEST_CASE("conversation: the guided dialogue with the embedded mock, each reply with its explanation") {
  WithMock with("netease/auth-required");
  CHECK(with.talk.is_mock());
  CHECK(with.talk.is_open());
  CHECK(with.talk.address().starts_with("127.0.0.1:"));
  CHECK(with.talk.log().events().front().kind == Kind::kConnected);
  CHECK(with.code() == 220);
  with.say("HELO client.example\r\n");
  with.say("MAIL FROM:<alice@163.com>\r\n");
  CHECK(with.code() == 553);
  REQUIRE(with.last().explanation);
  CHECK(with.last().explanation->id == "netease#auth-required");
  CHECK_FALSE(with.last().explanation->because.zh.empty());
  CHECK(with.last().input == smtp::Input::kMail);
  with.say("QUIT\r\n");
  REQUIRE(with.patience.run_until([&] { return with.talk.is_closed(); }));
  CHECK(with.last().kind == Kind::kClosed);
  CHECK(with.last().closed_by == dialogue::ClosedBy::kServer);
  CHECK_FALSE(with.talk.failure());
  CHECK(with.changes >= 8);
}

TEST_CASE("conversation: the octets of the log are those on the wire, and its chunks add up") {
  WithMock with("any/accept-all");
  for (const char* const bytes :
       {"EHLO a.example\r\n", "MAIL FROM:<a@b.c>\r\n", "RCPT TO:<d@e.f>\r\n", "DATA\r\n", "Subject: x\r\n\r\n..\r\n", ".\r\n"})
    with.say(bytes);
  std::string sent;
  for (const Event& event : with.talk.log().events()) {
    const auto add = [](std::size_t sum, const core::Piece& piece) { return sum + piece.octets; };
    CHECK(std::accumulate(event.pieces.begin(), event.pieces.end(), std::size_t{0}, add) == event.bytes.size());
    if (event.kind == Kind::kClient) sent += event.bytes;
  }
  CHECK(sent == "EHLO a.example\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\nSubject: x\r\n\r\n..\r\n.\r\n");
}

TEST_CASE("conversation: what the server remembers is what the mock says") {
  WithMock with("netease/first-mail");
  with.say("HELO client.example\r\n");
  CHECK(with.talk.server_memory().text("client") == "client.example");
  with.say("AUTH LOGIN\r\n");
  const scenario::Account& account = with.scenario.accounts.front();
  with.say(core::base64_encode(account.user) + "\r\n");
  with.say(core::base64_encode(account.password) + "\r\n");
  CHECK(with.code() == 235);
  CHECK(with.last().user == account.user);
  CHECK(with.talk.server_memory().text("user") == account.user);
  with.say("MAIL FROM:<" + account.user + ">\r\n");
  CHECK(with.last().user.empty());  // it did not change
  REQUIRE(with.talk.server_memory().known_text("reverse-path"));
  CHECK(with.talk.server_memory().text("reverse-path") == "<" + account.user + ">");
}

TEST_CASE("conversation: a stranger at the mock's port changes neither memory nor explanations") {
  WithMock with("netease/auth-required");
  with.say("HELO client.example\r\n");
  test::Peer stranger(with.loop);
  const std::string address = with.talk.address();
  stranger.connect(static_cast<std::uint16_t>(std::stoi(address.substr(address.find(':') + 1))));
  REQUIRE(with.patience.run_until([&] { return stranger.got.starts_with("220"); }));
  stranger.got.clear();
  stranger.stream->write("HELO stranger.example\r\n");
  REQUIRE(with.patience.run_until([&] { return stranger.got.starts_with("250"); }));
  CHECK(with.talk.server_memory().text("client") == "client.example");
  with.say("MAIL FROM:<alice@163.com>\r\n");
  REQUIRE(with.last().explanation);
  CHECK(with.last().explanation->id == "netease#auth-required");
}

TEST_CASE("conversation: a line in pieces is answered when its end is there, and remarked before") {
  WithMock with("any/accept-all");
  with.talk.send("EHLO a.ex");
  CHECK(with.talk.is_settled());  // nothing can come
  CHECK(with.last().bytes == "EHLO a.ex");
  CHECK(has_remark(with.last(), smtp::RemarkKind::kMissingCrlf));
  with.say("ample\r\n");
  CHECK(with.code() == 250);
  CHECK(with.talk.session().text("client") == "a.example");
  CHECK(find(with.talk.log(), Kind::kClient, "ample\r\n") != nullptr);
}

TEST_CASE("conversation: a password is marked wherever it stands, whole, in pieces, or sent too early") {
  const std::string secret = "c2VjcmV0LXBhc3N3b3Jk";
  struct Row {
    std::string name;
    std::vector<std::string> sends;
  };
  const std::vector<Row> rows{
      {"a line of its own", {"AUTH LOGIN\r\n", "YWxpY2U=\r\n", secret + "\r\n"}},
      {"without an end", {"AUTH LOGIN\r\n", "YWxpY2U=\r\n", secret}},
      {"in two pieces", {"AUTH LOGIN\r\n", "YWxpY2U=\r\n", secret.substr(0, 8), secret.substr(8) + "\r\n"}},
      {"everything at once", {"AUTH LOGIN\r\nYWxpY2U=\r\n" + secret + "\r\n"}},
      {"behind the user name at once", {"AUTH LOGIN\r\n", "YWxpY2U=\r\n" + secret + "\r\n"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    WithMock with("netease/first-mail");
    with.say("HELO client.example\r\n");
    for (const std::string& bytes : row.sends) with.say(bytes);
    std::string shown;
    std::string sent;
    for (const Event& event : with.talk.log().events()) {
      if (event.kind != Kind::kClient) continue;
      sent += event.bytes;
      shown += core::show_masked(event.bytes, event.secrets);
    }
    CAPTURE(shown);
    CHECK(sent.find(secret) != std::string::npos);
    for (std::size_t at = 0; at + 8 <= secret.size(); at += 4) CHECK(shown.find(secret.substr(at, 8)) == std::string::npos);
    CHECK(shown.find("AUTH LOGIN") != std::string::npos);
  }
}

TEST_CASE("conversation: what follows a command in one piece is an event of its own") {
  WithMock with("any/accept-all");
  with.say("EHLO a.example\r\n");
  with.talk.send("NOOP\r\nNO");
  const Event& rest = with.last();
  CHECK(rest.bytes == "NO");
  CHECK(has_remark(rest, smtp::RemarkKind::kMissingCrlf));
  const Event* const noop = find(with.talk.log(), Kind::kClient, "NOOP");
  REQUIRE(noop != nullptr);
  CHECK(noop->bytes == "NOOP\r\n");
}

TEST_CASE("conversation: a dot that does not end the message is remarked at once") {
  for (const std::string dot : {".\n", "\n.\r\n"}) {
    CAPTURE(dot);
    WithMock with("any/accept-all");
    for (const char* const bytes :
         {"EHLO a.example\r\n", "MAIL FROM:<a@b.c>\r\n", "RCPT TO:<d@e.f>\r\n", "DATA\r\n", "Subject: x\r\n"})
      with.say(bytes);
    CHECK_FALSE(has_remark(with.last(), smtp::RemarkKind::kTerminatorNotCrlf));
    with.talk.send(dot);
    CHECK(has_remark(with.last(), smtp::RemarkKind::kTerminatorNotCrlf));
    with.say("\r\n.\r\n");
    CHECK(with.code() == 250);
  }
}

TEST_CASE("conversation: replay sends all again on a new connection, each when the one before is answered") {
  WithMock with("netease/first-mail");
  with.say("HELO client.example\r\n");
  with.say("AUTH LOGIN\r\n");
  with.say("YWxpY2U=\r\n");
  const std::deque<client::Deed> deeds = with.talk.deeds();
  REQUIRE(deeds.size() == 3);
  with.talk.replay({deeds[0], deeds[1]});
  CHECK(with.talk.log().empty());
  CHECK(with.talk.is_replaying());
  CHECK_FALSE(with.talk.is_open());
  CHECK(with.talk.deeds().size() == 2);  // nothing is lost when one goes back again before it is done
  with.settle();
  CHECK(with.code() == 334);
  CHECK(with.talk.deeds().size() == 2);
  CHECK(with.talk.session().mode() == protocol::Mode::kLogin);
  CHECK(with.talk.server_memory().text("client") == "client.example");
  CHECK(count(with.talk.log(), Kind::kConnected) == 1);
  REQUIRE(with.last().explanation);
}

TEST_CASE("conversation: replays that overtake each other end as the last one says, with its own memory") {
  WithMock with("netease/auth-required");
  with.say("HELO first.example\r\n");
  with.talk.replay({{"HELO second.example\r\n"}});
  with.talk.replay({{"HELO third.example\r\n"}, {"MAIL FROM:<alice@163.com>\r\n"}});
  with.settle();
  CHECK(with.talk.server_memory().text("client") == "third.example");
  CHECK(with.code() == 553);
  REQUIRE(with.last().explanation);
  CHECK(with.last().explanation->id == "netease#auth-required");
  CHECK(count(with.talk.log(), Kind::kClient) == 2);
}

TEST_CASE("conversation: a replay may be asked for from inside the notification") {
  WithMock with("any/accept-all");
  bool again = true;
  with.on_change = [&] {
    const bool mail = &with.talk.session().state() == &smtp::row(smtp::State::kMail);
    if (mail && std::exchange(again, false)) with.talk.replay({{"EHLO again.example\r\n"}});
  };
  with.say("EHLO a.example\r\n");
  with.talk.send("MAIL FROM:<a@b.c>\r\n");
  REQUIRE(with.patience.run_until([&] { return !again && with.talk.is_settled() && !with.talk.is_replaying(); }));
  CHECK(with.talk.server_memory().text("client") == "again.example");
  CHECK_FALSE(with.talk.server_memory().known_text("reverse-path"));

  again = true;
  with.on_change = [&] {
    const bool sent = !with.talk.deeds().empty() && with.talk.deeds().back().bytes == "NOOP\r\n";
    if (sent && std::exchange(again, false)) with.talk.replay({});
  };
  with.talk.send("NOOP\r\n");
  CHECK_FALSE(again);
  with.settle();
  CHECK(with.code() == 220);
}

TEST_CASE("conversation: a replay goes on where the server does not answer a piece") {
  WithMock with("any/accept-all");
  with.talk.replay({{"EHLO a.ex"}, {"ample\r\n"}, {"NOOP\r\n"}});
  with.settle();
  CHECK(with.code() == 250);
  CHECK(count(with.talk.log(), Kind::kClient) == 3);
  CHECK(with.talk.session().text("client") == "a.example");
}

TEST_CASE("conversation: a replay behind which the server closes is dropped") {
  WithMock with("any/accept-all");
  with.talk.replay({{"QUIT\r\n"}, {"NOOP\r\n"}});
  REQUIRE(with.patience.run_until([&] { return with.talk.is_closed(); }));
  CHECK_FALSE(with.talk.is_replaying());
}

TEST_CASE("conversation: a second connection in the same log, of which the server knows nothing yet") {
  for (const bool is_open : {true, false}) {
    CAPTURE(is_open);
    WithMock with("any/accept-all");
    with.say("EHLO first.example\r\n");
    if (!is_open) {
      with.talk.send("QUIT\r\n");
      REQUIRE(with.patience.run_until([&] { return with.talk.is_closed(); }));
    }
    with.talk.connect_again();
    CHECK_FALSE(with.talk.is_open());
    CHECK_FALSE(with.talk.is_closed());
    with.settle();
    CHECK(with.code() == 220);
    CHECK(with.talk.server_memory().text("client").empty());
    CHECK(count(with.talk.log(), Kind::kConnected) == 2);
    const auto& events = with.talk.log().events();
    const auto closed =
        std::find_if(events.begin(), events.end(), [](const Event& event) { return event.kind == Kind::kClosed; });
    REQUIRE(closed != events.end());
    CHECK(closed->closed_by == (is_open ? dialogue::ClosedBy::kClient : dialogue::ClosedBy::kServer));
    with.say("EHLO second.example\r\n");
    CHECK(with.talk.server_memory().text("client") == "second.example");
    CHECK(with.talk.deeds().size() == (is_open ? 3 : 4));
  }
}

TEST_CASE("conversation: a replay leads every connection again, waits where it was waited, and drops what was not heard") {
  WithMock with("any/accept-all");
  const std::chrono::milliseconds wait(30);
  with.talk.replay({{"EHLO one.example\r\n"}, {"QUIT\r\n"}, {"NOOP\r\n"}, {{}, true, wait}, {"EHLO two.example\r\n"}});
  with.settle();
  CHECK(with.code() == 250);
  CHECK(with.talk.server_memory().text("client") == "two.example");
  const auto& events = with.talk.log().events();
  const auto of_kind = [](Kind kind) { return [kind](const Event& event) { return event.kind == kind; }; };
  const auto closed = std::find_if(events.begin(), events.end(), of_kind(Kind::kClosed));
  REQUIRE(closed != events.end());
  CHECK(closed->closed_by == dialogue::ClosedBy::kServer);
  const auto second = std::find_if(closed, events.end(), of_kind(Kind::kConnected));
  REQUIRE(second != events.end());
  CHECK(second->at - closed->at + std::chrono::milliseconds(1) >= wait);  // the loop counts whole ones
  CHECK(count(with.talk.log(), Kind::kClient) == 3);
  CHECK(with.talk.deeds().size() == 4);
  CHECK(with.talk.deeds()[2].wait == wait);
}

TEST_CASE("conversation: a connection that cannot be had again is a failure, and can be tried once more") {
  WithServer with;
  with.hear("220 here\r\n", 2);
  with.listener.reset();
  with.talk->connect_again();
  REQUIRE(with.patience.run_until([&] { return with.talk->is_closed(); }));
  CHECK(with.talk->failure());
  with.talk->connect_again();
  CHECK_FALSE(with.talk->failure());
  REQUIRE(with.patience.run_until([&] { return with.talk->is_closed(); }));
  CHECK(with.talk->log().events().back().kind == Kind::kClosed);
}

TEST_CASE("conversation: closing from this side ends it, once") {
  WithMock with("any/accept-all");
  with.talk.close();
  CHECK(with.talk.is_closed());
  CHECK(with.last().closed_by == dialogue::ClosedBy::kClient);
  const std::size_t events = with.talk.log().events().size();
  with.talk.close();
  CHECK(with.talk.log().events().size() == events);
}

TEST_CASE("conversation: where nobody listens there is a failure, not a connection") {
  net::Loop loop;
  test::Patience patience(loop);
  std::uint16_t port = 0;
  {
    auto listener = net::Listener::open(loop, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
    REQUIRE(listener);
    port = (*listener)->port();
  }
  Conversation talk(loop, Endpoint{"127.0.0.1", port}, [&] { loop.stop(); });
  CHECK_FALSE(talk.is_mock());
  CHECK(talk.open());
  REQUIRE(patience.run_until([&] { return talk.failure().has_value(); }));
  CHECK(talk.is_closed());
  CHECK_FALSE(talk.is_open());
  CHECK(talk.log().events().back().closed_by == dialogue::ClosedBy::kFailure);
  CHECK(talk.log().events().back().note.en.find(std::to_string(port)) != std::string::npos);
}

TEST_CASE("conversation: an IPv6 address is written in brackets") {
  net::Loop loop;
  const Conversation talk(loop, Endpoint{"::1", 25}, [] {});
  CHECK(talk.address() == "[::1]:25");
}

TEST_CASE("conversation: a real server's memory is inferred, its replies come without explanations") {
  WithServer with;
  with.hear("220 real\r\n", 2);
  with.talk->send("HELO a.example\r\n");
  with.hear("250 ok\r\n", 4);
  CHECK(with.server.got == "HELO a.example\r\n");
  CHECK(with.talk->server_memory().text("client") == "a.example");
  CHECK_FALSE(with.talk->log().events().back().explanation);
}

TEST_CASE("conversation: a reply keeps the pieces in which it came") {
  WithServer with;
  with.server.stream->write("220-two li");
  REQUIRE(with.patience.run_until([&] { return with.talk->session().partial_answer() == "220-two li"; }));
  with.hear("nes\r\n220 here\r\n", 2);
  const auto& pieces = with.talk->log().events().back().pieces;
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].octets == 10);
  CHECK(pieces[1].octets == 15);
  CHECK(pieces[0].at < pieces[1].at);
}

TEST_CASE("conversation: what is no reply is shown and noted, and the pieces of what follows are still its own") {
  WithServer with;
  with.hear("nonsense\r\n220 here\r\n", 4);
  const auto& events = with.talk->log().events();
  CHECK(events[1].kind == Kind::kServer);
  CHECK(events[1].bytes == "nonsense\r\n");
  CHECK(events[1].pieces.front().octets == 10);
  CHECK_FALSE(events[1].reply);
  CHECK(events[2].kind == Kind::kNote);
  CHECK(events[3].bytes == "220 here\r\n");
  CHECK(events[3].pieces.front().octets == 10);
  CHECK(with.talk->is_out_of_step());
}

TEST_CASE("conversation: the server closes, in the middle of a reply too") {
  WithServer with;
  with.hear("220 here\r\n", 2);
  with.server.stream->write("421-by\x1b");
  with.server.stream->finish();
  REQUIRE(with.patience.run_until([&] { return with.talk->is_closed(); }));
  const Event& last = with.talk->log().events().back();
  CHECK(last.closed_by == dialogue::ClosedBy::kServer);
  CHECK(last.note.en == "in the middle of a reply");
  CHECK(std::prev(std::prev(with.talk->log().events().end()))->bytes == "421-by\x1b");
  CHECK_FALSE(with.talk->failure());
}

TEST_CASE("conversation: a connection that breaks is a failure, and is told once") {
  WithServer with;
  with.hear("220 here\r\n", 2);
  with.server.stream->reset();
  REQUIRE(with.patience.run_until([&] { return with.talk->is_closed(); }));
  CHECK(with.talk->failure());
  CHECK(count(with.talk->log(), Kind::kClosed) == 1);
}

TEST_CASE("conversation: a server that talks without end is left") {
  for (const std::string line : {"x\r\n", "250 x\r\n"}) {
    CAPTURE(line);
    WithServer with;
    std::string flood = "220 here\r\n";
    for (int i = 0; i < 20000; ++i) flood += line;
    with.server.stream->write(flood);
    REQUIRE(with.patience.run_until([&] { return with.talk->is_closed(); }));
    CHECK(with.talk->log().events().size() < 2100);
    CHECK(with.talk->log().events().back().closed_by == dialogue::ClosedBy::kClient);
  }
}

TEST_CASE("conversation: chunks of BDAT are events with their octets, in one send or in pieces") {
  struct Row {
    std::string name;
    std::vector<std::string> sends;
    std::vector<std::string> events;
  };
  const std::vector<Row> rows{
      {"each on its own", {"BDAT 3\r\nabc", "BDAT 2 LAST\r\nde"}, {"BDAT 3\r\nabc", "BDAT 2 LAST\r\nde"}},
      {"both at once", {"BDAT 3\r\nabcBDAT 2 LAST\r\nde"}, {"BDAT 3\r\nabc", "BDAT 2 LAST\r\nde"}},
      {"a chunk in two pieces", {"BDAT 5 LAST\r\nab", "cde"}, {"BDAT 5 LAST\r\nab", "cde"}},
      {"with a command behind it", {"BDAT 1 LAST\r\n\nNOOP\r\n"}, {"BDAT 1 LAST\r\n\n", "NOOP\r\n"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    WithMock with("any/submission");
    for (const char* const bytes : {"EHLO a.example\r\n", "MAIL FROM:<a@b.c>\r\n", "RCPT TO:<d@e.f>\r\n"}) with.say(bytes);
    const std::size_t before = with.talk.log().events().size();
    for (const std::string& bytes : row.sends) with.say(bytes);
    std::vector<std::string> sent;
    for (std::size_t i = before; i < with.talk.log().events().size(); ++i) {
      const Event& event = with.talk.log().events()[i];
      if (event.kind == Kind::kClient) sent.push_back(event.bytes);
    }
    CHECK(sent == row.events);
    CHECK(with.code() == 250);
    CHECK(with.talk.session().number("messages") == 1);
  }
}
