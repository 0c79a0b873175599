// One end of a connection that remembers what happened to it, and a loop that does not wait for ever.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

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
                         loop.stop();
                       },
                   .on_end =
                       [this] {
                         ++ends;
                         loop.stop();
                       },
                   .on_error =
                       [this](const core::Error& failure) {
                         error = core::describe(failure);
                         ++errors;
                         loop.stop();
                       },
                   .on_flushed =
                       [this] {
                         ++flushes;
                         loop.stop();
                       }});
  }

  void connect(std::uint16_t port, const std::string& host = "127.0.0.1") {
    connecting = net::Stream::connect(loop, host, port, [this](core::Result<std::unique_ptr<net::Stream>> result) {
      if (result) {
        take(std::move(*result));
      } else {
        error = core::describe(result.error());
      }
      loop.stop();
    });
  }

  [[nodiscard]] bool is_up() const { return stream != nullptr; }

  net::Loop& loop;
  std::unique_ptr<net::Stream::Connecting> connecting;
  std::unique_ptr<net::Stream> stream;
  std::string got;
  std::string error;
  int ends = 0;
  int errors = 0;
  int flushes = 0;
};

}  // namespace test
