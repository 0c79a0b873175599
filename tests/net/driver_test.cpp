#include "net/driver.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "net/listener.h"
#include "tests/net/peer.h"

namespace {

using namespace std::chrono_literals;

// A driver on the server's end of a connection; the client tells in which pieces octets arrived.
struct Scene {
  Scene() : patience(loop), client(loop), server(loop) {
    auto listener = net::Listener::open(loop, "127.0.0.1", 0, [this](std::unique_ptr<net::Stream> stream) {
      server.take(std::move(stream));
      loop.stop();
    });
    REQUIRE(listener);
    client.connect((*listener)->port());
    REQUIRE(patience.run_until([this] { return client.is_up() && server.is_up(); }));
    client.stream->start({.on_bytes =
                              [this](std::string_view bytes) {
                                pieces.emplace_back(bytes);
                                loop.stop();
                              },
                          .on_end =
                              [this] {
                                ++client.ends;
                                loop.stop();
                              },
                          .on_error = [](const core::Error&) {},
                          .on_flushed = {}});
    driver = std::make_unique<net::Driver>(loop, *server.stream, [this] {
      ++idles;
      loop.stop();
    });
  }

  net::Loop loop;
  test::Patience patience;
  test::Peer client;
  test::Peer server;
  std::vector<std::string> pieces;
  std::unique_ptr<net::Driver> driver;
  int idles = 0;
};

using core::Close;
using core::Pause;
using core::Send;

TEST_CASE("net driver: Sends of one batch leave as one write") {
  Scene scene;
  scene.driver->perform({Send{"250-a\r\n"}, Send{"250 b\r\n"}, Send{"250 c\r\n"}});
  CHECK(scene.patience.run_until([&] { return !scene.pieces.empty(); }));
  CHECK(scene.pieces == std::vector<std::string>{"250-a\r\n250 b\r\n250 c\r\n"});
  CHECK_FALSE(scene.driver->is_closing());
}

TEST_CASE("net driver: a Pause lets time pass before what follows, and reading goes on") {
  Scene scene;
  scene.driver->perform({Send{"a"}, Pause{50ms}, Send{"b"}});
  const auto before = scene.loop.now();
  scene.driver->perform({Send{"c"}});
  CHECK(scene.driver->is_pausing());
  scene.client.stream->write("while it sleeps");
  CHECK(scene.patience.run_until([&] { return scene.pieces.size() == 1; }));
  CHECK(scene.pieces.front() == "a");
  CHECK(scene.patience.run_until([&] { return scene.server.got == "while it sleeps"; }));
  CHECK(scene.driver->is_pausing());
  CHECK(scene.patience.run_until([&] { return scene.pieces.size() == 2 && scene.idles == 1; }));
  CHECK(scene.pieces.back() == "bc");
  CHECK(scene.loop.now() - before >= 50ms);
  CHECK_FALSE(scene.driver->is_pausing());
}

TEST_CASE("net driver: a Pause that is cut is over, and the next one is not") {
  Scene scene;
  scene.driver->perform({Send{"a"}, Pause{1h}, Send{"b"}, Pause{1h}, Send{"c"}});
  scene.driver->cut_pause();
  CHECK(scene.driver->is_pausing());
  CHECK(scene.idles == 0);
  scene.driver->cut_pause();
  CHECK_FALSE(scene.driver->is_pausing());
  CHECK(scene.idles == 1);
  CHECK(scene.patience.run_until([&] { return !scene.pieces.empty() && scene.pieces.back().ends_with('c'); }));
}

TEST_CASE("net driver: two Pauses add up, and only the last one makes it idle") {
  Scene scene;
  scene.driver->perform({Pause{20ms}, Pause{20ms}, Send{"x"}});
  const auto before = scene.loop.now();
  CHECK(scene.patience.run_until([&] { return scene.idles == 1; }));
  CHECK(scene.loop.now() - before >= 40ms);
  CHECK(scene.patience.run_until([&] { return scene.pieces == std::vector<std::string>{"x"}; }));
  CHECK(scene.idles == 1);
}

TEST_CASE("net driver: Close delivers what was sent before and drops what comes behind") {
  Scene scene;
  scene.driver->perform({Send{"221 bye\r\n"}, Close{}, Send{"never"}});
  CHECK(scene.driver->is_closing());
  scene.driver->perform({Send{"nor this"}});
  CHECK(scene.patience.run_until([&] { return scene.client.ends == 1; }));
  CHECK(scene.pieces == std::vector<std::string>{"221 bye\r\n"});
}

TEST_CASE("net driver: the owner may destroy it when it becomes idle; destroyed in a Pause it never calls") {
  Scene scene;
  bool idle = false;
  std::unique_ptr<net::Driver> driver;
  driver = std::make_unique<net::Driver>(scene.loop, *scene.server.stream, [&] {
    driver.reset();
    idle = true;
    scene.loop.stop();
  });
  driver->perform({Pause{1ms}});
  scene.driver->perform({Pause{1ms}});
  scene.driver.reset();
  CHECK(scene.patience.run_until([&] { return idle; }));
  CHECK(driver == nullptr);
  CHECK(scene.idles == 0);
}

}  // namespace
