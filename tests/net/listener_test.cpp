#include "net/listener.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/net/peer.h"

namespace {

TEST_CASE("net listener: what cannot be listened on is said in words") {
  net::Loop loop;
  const auto taken = net::Listener::open(loop, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
  REQUIRE(taken);
  struct Row {
    std::string name;
    std::string address;
    std::uint16_t port;
    core::Blame blame;
    std::string error;
  };
  const std::vector<Row> rows{
      {"in use", "127.0.0.1", (*taken)->port(), core::Blame::kSystem,
       "127.0.0.1 port " + std::to_string((*taken)->port()) +
           ": the port is in use (another program listens there; choose another port, or 0 for any free one)"},
      {"of another machine", "192.0.2.1", 0, core::Blame::kSystem,
       "192.0.2.1 port 0: not an address of this machine (use 127.0.0.1 or ::1)"},
      {"a name", "localhost", 0, core::Blame::kInput,
       "localhost port 0: not a numeric address (write 127.0.0.1 or ::1, not a name)"},
      {"nothing", "", 0, core::Blame::kInput, " port 0: not a numeric address (write 127.0.0.1 or ::1, not a name)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto listener = net::Listener::open(loop, row.address, row.port, [](std::unique_ptr<net::Stream>) {});
    REQUIRE_FALSE(listener);
    CHECK(listener.error().blame == row.blame);
    CHECK(core::describe(listener.error(), core::Language::kEnglish) == row.error);
  }
}

TEST_CASE("net listener: a socket that somebody else has bound") {
  const int bound = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(bind(bound, reinterpret_cast<const sockaddr*>(&where), sizeof(where)) == 0);

  net::Loop loop;
  test::Patience patience(loop);
  test::Peer server(loop);
  const auto listener = net::Listener::adopt(loop, bound, [&](std::unique_ptr<net::Stream> stream) {
    server.take(std::move(stream));
    loop.stop();
  });
  REQUIRE(listener);
  test::Peer client(loop);
  client.connect((*listener)->port());
  CHECK(patience.run_until([&] { return server.is_up() && client.is_up(); }));

  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  CHECK_FALSE(net::Listener::adopt(loop, pipe_ends[0], [](std::unique_ptr<net::Stream>) {}));
  CHECK(fcntl(pipe_ends[0], F_GETFD) == -1);
  close(pipe_ends[1]);
}

TEST_CASE("net listener: it may be destroyed by the connection it accepts") {
  net::Loop loop;
  test::Patience patience(loop);
  std::unique_ptr<net::Listener> listener;
  test::Peer server(loop);
  auto opened = net::Listener::open(loop, "127.0.0.1", 0, [&](std::unique_ptr<net::Stream> stream) {
    listener.reset();
    server.take(std::move(stream));
    loop.stop();
  });
  REQUIRE(opened);
  listener = std::move(*opened);
  test::Peer client(loop);
  client.connect(listener->port());
  CHECK(patience.run_until([&] { return server.is_up() && client.is_up(); }));
}

TEST_CASE("net listener: without descriptors connections are dropped, and with some again they are accepted") {
  net::Loop loop;
  test::Patience patience(loop);
  std::vector<std::unique_ptr<net::Stream>> accepted;
  auto listener = net::Listener::open(loop, "127.0.0.1", 0, [&](std::unique_ptr<net::Stream> stream) {
    accepted.push_back(std::move(stream));
    loop.stop();
  });
  REQUIRE(listener);
  test::Peer first(loop);
  first.connect((*listener)->port());
  REQUIRE(patience.run_until([&] { return first.is_up() && accepted.size() == 1; }));

  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  test::Peer second(loop);
  second.connect((*listener)->port());
  // The client's socket is made, then no descriptor is left for the server's end of it.
  bool made = false;
  net::Timer turn(loop, [&] { made = true, loop.stop(); });
  turn.start(std::chrono::milliseconds(0));
  const rlimit none{0, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
  const bool waited = patience.run_until([&] { return made && (second.ends + second.errors > 0 || !second.error.empty()); });
  setrlimit(RLIMIT_NOFILE, &before);
  CHECK(waited);
  CHECK(accepted.size() == 1);

  test::Peer third(loop);
  third.connect((*listener)->port());
  CHECK(patience.run_until([&] { return third.is_up() && accepted.size() == 2; }));
}

}  // namespace
