#include "net/stream.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/listener.h"
#include "tests/net/peer.h"

namespace {

using namespace std::string_view_literals;

using namespace std::chrono_literals;

TEST_CASE("net stream: octets go both ways, NUL included, and the ends name each other") {
  test::Connected pair;
  const std::string octets("HELO a\r\n\0\xff"sv);
  pair.client.stream->write(octets);
  pair.server.stream->write("220 hello\r\n");
  CHECK(pair.patience.run_until([&] { return pair.server.got.size() == octets.size() && pair.client.got.size() == 11; }));
  CHECK(pair.server.got == octets);
  CHECK(pair.client.got == "220 hello\r\n");
  CHECK(pair.client.stream->peer() == "127.0.0.1:" + std::to_string(pair.listener->port()));
  CHECK(pair.client.stream->peer() == pair.server.stream->local());
  CHECK(pair.client.stream->local() == pair.server.stream->peer());
}

// Of all sockets of this process: whether they send at once what is written (TCP_NODELAY), the connected ones only.
std::vector<bool> connected_send_at_once() {
  std::vector<bool> all;
  for (int file = 0; file < 256; ++file) {
    sockaddr_storage peer{};
    socklen_t size = sizeof(peer);
    int at_once = 0;
    socklen_t length = sizeof(at_once);
    if (getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) != 0 || peer.ss_family != AF_INET) continue;
    if (getsockopt(file, IPPROTO_TCP, TCP_NODELAY, &at_once, &length) == 0) all.push_back(at_once != 0);
  }
  return all;
}

TEST_CASE("net stream: both ends send small lines at once") {
  const test::Connected pair;
  CHECK(connected_send_at_once() == std::vector<bool>{true, true});
}

TEST_CASE("net stream: what is written behind the end goes nowhere, and does no harm") {
  test::Connected pair;
  pair.client.stream->write("QUIT\r\n");
  pair.client.stream->finish();
  pair.client.stream->finish();
  pair.client.stream->write("NOOP\r\n");
  CHECK(pair.client.stream->unsent() == 0);
  CHECK(pair.patience.run_until([&] { return pair.server.ends == 1; }));
  CHECK(pair.server.got == "QUIT\r\n");
  pair.server.stream->write("221 bye\r\n");  // the other half is still open
  CHECK(pair.patience.run_until([&] { return pair.client.got == "221 bye\r\n"; }));
  CHECK(pair.client.errors == 0);
}

TEST_CASE("net stream: an address that does not answer is given up when the patience is over") {
  const int full = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(where);
  REQUIRE(bind(full, reinterpret_cast<const sockaddr*>(&where), size) == 0);
  REQUIRE(listen(full, 0) == 0);
  REQUIRE(getsockname(full, reinterpret_cast<sockaddr*>(&where), &size) == 0);
  std::vector<int> waiting;  // more than the queue holds: the system answers no further ones
  for (int i = 0; i < 4; ++i) {
    waiting.push_back(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    (void)connect(waiting.back(), reinterpret_cast<const sockaddr*>(&where), size);
  }
  net::Loop loop;
  test::Patience patience(loop);
  std::string error;
  const auto connecting = net::Stream::connect(
      loop, "127.0.0.1", ntohs(where.sin_port),
      [&](core::Result<std::unique_ptr<net::Stream>> result) {
        error = result ? "connected" : core::describe(result.error(), core::Language::kEnglish);
        loop.stop();
      },
      200ms);
  const auto began = net::Loop::precise_now();
  CHECK(patience.run_until([&] { return !error.empty(); }));
  CHECK(error.find("timed out: no answer to the connection attempt") != std::string::npos);
  CHECK(net::Loop::precise_now() - began < net::Stream::kConnectPatience);
  for (const int one : waiting) close(one);
  close(full);
}

TEST_CASE("net stream: an IPv6 end is named in brackets") {
  test::Connected pair("::1");
  CHECK(pair.client.stream->peer() == "[::1]:" + std::to_string(pair.listener->port()));
}

TEST_CASE("net stream: megabytes arrive whole and in order, and on_flushed says when they have left") {
  test::Connected pair;
  std::string sent;
  for (int i = 0; sent.size() < 20'000'000; ++i) {
    std::string piece = std::to_string(i) + std::string(static_cast<std::size_t>(i % 70000), 'x');
    sent += piece;
    pair.client.stream->write(std::move(piece));
  }
  CHECK(pair.client.stream->unsent() > 0);
  CHECK(pair.patience.run_until([&] { return pair.server.got.size() >= sent.size(); }));
  CHECK((pair.server.got == sent));
  CHECK(pair.patience.run_until([&] { return pair.client.flushes > 0; }));
  CHECK(pair.client.stream->unsent() == 0);
}

TEST_CASE("net stream: one that has much to read gets one buffer a turn, so that others get theirs") {
  test::Connected pair;
  const std::string much(8'000'000, 'x');
  pair.client.stream->write(much);
  std::size_t before = 0;
  std::size_t most = 0;  // pieces in one turn of the loop
  CHECK(pair.patience.run_until([&] {
    most = std::max(most, pair.server.pieces.size() - before);
    before = pair.server.pieces.size();
    return pair.server.got.size() == much.size();
  }));
  CHECK(most == 1);
}

TEST_CASE("net stream: two ends that only write do not block each other") {
  test::Connected pair;
  const std::string much(8'000'000, 'x');
  pair.client.stream->write(much);
  pair.server.stream->write(much);
  CHECK(
      pair.patience.run_until([&] { return pair.client.got.size() == much.size() && pair.server.got.size() == much.size(); }));
}

TEST_CASE("net stream: a paused stream hears nothing until it is resumed") {
  test::Connected pair;
  pair.server.stream->pause_reading();
  pair.client.stream->write("late");
  pair.client.stream->finish();
  pair.server.stream->write("to and fro");  // arrives, though what was sent before it does not
  CHECK(pair.patience.run_until([&] { return pair.client.got == "to and fro"; }));
  CHECK(pair.server.got.empty());
  pair.server.stream->resume_reading();
  CHECK(pair.patience.run_until([&] { return pair.server.ends == 1; }));
  CHECK(pair.server.got == "late");
  pair.server.stream->resume_reading();
  pair.server.stream->write("x");
  CHECK(pair.patience.run_until([&] { return pair.client.got == "to and frox"; }));
  CHECK(pair.server.ends == 1);
}

TEST_CASE("net stream: after finish the other end hears the end, and can still answer") {
  test::Connected pair;
  pair.client.stream->write("QUIT\r\n");
  pair.client.stream->finish();
  pair.client.stream->write("too late");
  CHECK(pair.patience.run_until([&] { return pair.server.ends == 1; }));
  CHECK(pair.server.got == "QUIT\r\n");
  pair.server.stream->write("221 bye\r\n");
  pair.server.stream->finish();
  CHECK(pair.patience.run_until([&] { return pair.client.ends == 1; }));
  CHECK(pair.client.got == "221 bye\r\n");
  CHECK(pair.client.errors + pair.server.errors == 0);
}

TEST_CASE("net stream: a reset is an error, told once, and writing afterwards is harmless") {
  test::Connected pair;
  pair.client.stream->reset();
  CHECK(pair.client.stream->peer().empty());
  pair.client.stream->write("nobody hears this");
  CHECK(pair.patience.run_until([&] { return pair.server.errors == 1; }));
  CHECK(pair.server.error == "the other side reset the connection");
  pair.server.stream->write("x");
  pair.server.stream->finish();
  pair.server.stream->resume_reading();
  pair.patience.turn();
  CHECK(pair.server.errors == 1);
}

TEST_CASE("net stream: a write that fails is told from the loop, never from within write") {
  test::Connected pair;
  pair.server.stream->pause_reading();  // so that only writing can notice
  pair.client.stream->reset();
  while (pair.server.errors == 0) {
    const int before = pair.server.errors;
    pair.server.stream->write("x");
    CHECK(pair.server.errors == before);
    pair.patience.turn();
  }
  CHECK(pair.server.errors == 1);
}

TEST_CASE("net stream: each callback may destroy the stream, and none comes afterwards") {
  test::Connected pair;
  int calls = 0;
  const auto destroy = [&] {
    ++calls;
    pair.server.stream.reset();
    pair.loop.stop();
  };
  pair.server.stream->start({.on_bytes = [&](std::string_view) { destroy(); },
                             .on_end = destroy,
                             .on_error = [&](const core::Error&) { destroy(); },
                             .on_flushed = destroy});
  SUBCASE("on_bytes") {
    pair.client.stream->write(std::string(1'000'000, 'x'));
    pair.client.stream->finish();
  }
  SUBCASE("on_end") { pair.client.stream->finish(); }
  SUBCASE("on_error") { pair.client.stream->reset(); }
  SUBCASE("on_flushed") { pair.server.stream->write(std::string(20'000'000, 'x')); }
  CHECK(pair.patience.run_until([&] { return pair.server.stream == nullptr; }));
  pair.patience.turn();
  CHECK(calls == 1);
}

TEST_CASE("net stream: destroying one with much unsent frees everything") {
  test::Connected pair;
  pair.server.stream->pause_reading();
  for (int i = 0; i < 100; ++i) pair.client.stream->write(std::string(1'000'000, 'x'));
  CHECK(pair.client.stream->unsent() > 50'000'000);
  pair.client.stream.reset();  // the sanitizer tells whether the octets are freed
}

TEST_CASE("net connect: nobody listens") {
  net::Loop loop;
  test::Patience patience(loop);
  test::Peer client(loop);
  std::uint16_t port = 0;
  {
    auto listener = net::Listener::open(loop, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
    REQUIRE(listener);
    port = (*listener)->port();
  }
  client.connect(port);
  CHECK(client.error.empty());  // never before connect has returned
  CHECK(patience.run_until([&] { return !client.error.empty(); }));
  CHECK(client.error == "127.0.0.1 port " + std::to_string(port) +
                            ": connection refused (no program listens there: check the port and that the server runs)");
  CHECK(client.error_id == "refused");
}

TEST_CASE("net connect: the error names every address that was tried") {
  net::Loop loop;
  test::Patience patience(loop);
  test::Peer client(loop);
  std::uint16_t port = 0;
  {
    auto listener = net::Listener::open(loop, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
    REQUIRE(listener);
    port = (*listener)->port();
  }
  client.connect(port, "localhost");
  CHECK(patience.run_until([&] { return !client.error.empty(); }));
  CHECK(client.error.find("localhost port " + std::to_string(port) + ", tried ") == 0);
  CHECK(client.error.find("127.0.0.1") != std::string::npos);
  CHECK(client.error_id == "refused");  // also where ::1 cannot be reached at all: a refusal tells more
}

TEST_CASE("net connect: every address of a name is tried") {
  net::Loop loop;
  test::Patience patience(loop);
  test::Peer client(loop);
  // "localhost" is often ::1 first, where nobody listens here.
  auto listener = net::Listener::open(loop, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
  REQUIRE(listener);
  client.connect((*listener)->port(), "localhost");
  CHECK(patience.run_until([&] { return client.is_up() || !client.error.empty(); }));
  CHECK(client.error.empty());
}

TEST_CASE("net connect: a numeric IPv6 host may stand in brackets") {
  net::Loop loop;
  test::Patience patience(loop);
  test::Peer client(loop);
  auto listener = net::Listener::open(loop, "::1", 0, [](std::unique_ptr<net::Stream>) {});
  REQUIRE(listener);
  client.connect((*listener)->port(), "[::1]");
  CHECK(patience.run_until([&] { return client.is_up(); }));
}

TEST_CASE("net connect: a name that does not exist is named") {
  net::Loop loop;
  test::Patience patience(loop);
  for (const std::string host : {"no-such-host.invalid", "", "two words", "\x1b[31m"}) {
    CAPTURE(host);
    test::Peer client(loop);
    client.connect(25, host);
    CHECK(patience.run_until([&] { return !client.error.empty(); }));
    CHECK(client.error.find("unknown host '") == 0);
    CHECK((client.error_id == "host-unknown" || client.error_id == "host-lookup-failed"));  // the latter without a name server
    CHECK(client.error.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("net connect: cancelled, it never calls back") {
  net::Loop loop;
  test::Patience patience(loop);
  auto listener = net::Listener::open(loop, "127.0.0.1", 0, [&](std::unique_ptr<net::Stream>) { loop.stop(); });
  REQUIRE(listener);
  bool called = false;
  for (const std::string host : {"127.0.0.1", "localhost"}) {
    auto connecting = net::Stream::connect(loop, host, (*listener)->port(), [&](auto) { called = true; });
    SUBCASE("before the loop runs") {}
    SUBCASE("after a turn of the loop") {
      patience.turn();
      called = false;  // a connection over loopback may be that fast
    }
    connecting.reset();
  }
  listener->reset();
  loop.run();
  CHECK_FALSE(called);
}

TEST_CASE("net connect: its callback may destroy it") {
  net::Loop loop;
  auto listener = net::Listener::open(loop, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
  REQUIRE(listener);
  std::unique_ptr<net::Stream::Connecting> connecting;
  bool called = false;
  connecting = net::Stream::connect(loop, "127.0.0.1", (*listener)->port(), [&](auto) {
    called = true;
    connecting.reset();
    listener->reset();
  });
  loop.run();
  CHECK(called);
}

}  // namespace
