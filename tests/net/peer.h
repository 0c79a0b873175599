// One end of a connection that remembers what happened to it, and a loop that does not wait for ever.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "net/listener.h"
#include "net/loop.h"
#include "net/stream.h"
#include "net/timer.h"

namespace test {

// Runs until something has come true. Whatever could make it true stops the loop, which then looks.
class Patience {
 public:
  explicit Patience(net::Loop& loop) : loop_(loop), timer_(loop, [this] { give_up(); }) {}

  template <typename Done>
  [[nodiscard]] bool run_until(Done done) {
    over_ = false;
    timer_.start(std::chrono::seconds(20));
    bool has_come = done();
    while (!has_come && !over_) {
      loop_.run();
      has_come = done();
    }
    timer_.stop();
    return has_come;
  }

  // One whole turn of the loop, in which whatever is ready is dealt with. From 1.45 on libuv calls timers before that, too, so
  // it takes two.
  void turn() {
    int calls = 0;
    net::Timer timer(loop_, [&] { ++calls < 2 ? timer.start(std::chrono::milliseconds(0)) : loop_.stop(); });
    timer.start(std::chrono::milliseconds(0));
    REQUIRE(run_until([&] { return calls == 2; }));
  }

 private:
  void give_up() {
    over_ = true;
    loop_.stop();
  }

  net::Loop& loop_;
  net::Timer timer_;
  bool over_ = false;
};

struct Peer {
  explicit Peer(net::Loop& on) : loop(on) {}

  void take(std::unique_ptr<net::Stream> connected) {
    stream = std::move(connected);
    stream->start({.on_bytes =
                       [this](std::string_view bytes) {
                         got += bytes;
                         pieces.emplace_back(bytes);
                         loop.stop();
                       },
                   .on_end =
                       [this] {
                         ++ends;
                         loop.stop();
                       },
                   .on_error =
                       [this](const core::Error& failure) {
                         error = core::describe(failure, core::Language::kEnglish);
                         error_id = failure.id;
                         ++errors;
                         loop.stop();
                       },
                   .on_flushed =
                       [this] {
                         ++flushes;
                         loop.stop();
                       },
                   .on_secured =
                       [this] {
                         ++secured;
                         loop.stop();
                       }});
  }

  void connect(std::uint16_t port, const std::string& host = "127.0.0.1") {
    connecting = net::Stream::connect(loop, host, port, [this](core::Result<std::unique_ptr<net::Stream>> result) {
      if (result) {
        take(std::move(*result));
      } else {
        error = core::describe(result.error(), core::Language::kEnglish);
        error_id = result.error().id;
      }
      loop.stop();
    });
  }

  [[nodiscard]] bool is_up() const { return stream != nullptr; }

  net::Loop& loop;
  std::unique_ptr<net::Stream::Connecting> connecting;
  std::unique_ptr<net::Stream> stream;
  std::string got;
  std::vector<std::string> pieces;  // of got, as they arrived
  std::string error;
  std::string error_id;
  int ends = 0;
  int errors = 0;
  int flushes = 0;
  int secured = 0;
};

// A client and a server that are connected.
struct Connected {
  explicit Connected(const std::string& address = "127.0.0.1") : patience(loop), client(loop), server(loop) {
    auto opened = net::Listener::open(loop, address, 0, [this](std::unique_ptr<net::Stream> stream) {
      server.take(std::move(stream));
      loop.stop();
    });
    REQUIRE(opened);
    listener = std::move(*opened);
    client.connect(listener->port(), address);
    REQUIRE(patience.run_until([this] { return client.is_up() && server.is_up(); }));
  }

  // Lets everything that is due happen, and returns.
  void turn() {
    bool over = false;
    net::Timer later(loop, [&] { over = true, loop.stop(); });
    later.start(std::chrono::milliseconds(0));
    REQUIRE(patience.run_until([&] { return over; }));
  }

  net::Loop loop;
  Patience patience;
  Peer client;
  Peer server;
  std::unique_ptr<net::Listener> listener;
};

}  // namespace test
