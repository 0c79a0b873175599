// A client that speaks with a mock by a seed: it cuts, delays, talks out of turn and breaks off, and what passes on the wire is
// recorded on the way.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/mock_server.h"
#include "net/listener.h"
#include "net/stream.h"
#include "net/timer.h"
#include "tests/mockserver/wire_words.h"
#include "tls/engine.h"
#include "tls/trust.h"

namespace test {

// One client, and the proxy it speaks through. In TLS a proxy would see nothing: there the client itself keeps what it has
// said and heard, and breaks nothing off.
class Dialogue {
 public:
  // is_gone: whether the mock has closed the connection from this address: what comes later has not arrived anywhere.
  Dialogue(net::Loop& loop, const Served& served, std::uint16_t port, unsigned seed,
           std::function<bool(const std::string&)> is_gone)
      : loop_(loop),
        vocabulary_(vocabulary(served.protocol)),
        in_tls_(served.in_tls),
        dice_(seed),
        is_gone_(std::move(is_gone)),
        clock_(loop, [this] { go_on(); }) {
    if (!dice_.one_in(4)) words_ = vocabulary_.opening;
    for (std::size_t left = dice_.below(8); left > 0; --left) words_.push_back(any_words(vocabulary_, dice_));
    if (in_tls_) {
      connect_in_tls(port);
    } else {
      connect_through_proxy(port);
    }
  }

  std::string local;        // of whoever speaks with the mock
  std::string from_client;  // what the mock's side of the wire has taken
  std::string from_server;

  bool is_over = false;       // no more can come from the mock
  bool is_cut_short = false;  // in TLS: the mock ended it first, so that octets on their way may have arrived nowhere

  void take_stock() {
    if (!in_tls_) from_client.resize(std::min<std::size_t>(from_client.size(), server_side_->sent()));
  }

 private:
  void connect_through_proxy(std::uint16_t port) {
    auto listening = net::Listener::open(loop_, "127.0.0.1", 0, [this](std::unique_ptr<net::Stream> stream) {
      client_side_ = std::move(stream);
      client_side_->start({.on_bytes = [this](std::string_view bytes) { forward(bytes); },
                           .on_end = [this] { server_side_->finish(); },
                           .on_error = [this](const core::Error&) { break_off(); }});
    });
    REQUIRE(listening);
    listener_ = std::move(*listening);
    connecting_ = net::Stream::connect(loop_, "127.0.0.1", port, [this](auto stream) {
      REQUIRE(stream);
      server_side_ = std::move(*stream);
      local = server_side_->local();
      server_side_->start({.on_bytes = [this](std::string_view bytes) { backward(bytes); },
                           .on_end = [this] { end_of_server(); },
                           .on_error = [this](const core::Error&) { end_of_server(); }});
      client_connecting_ = net::Stream::connect(loop_, "127.0.0.1", listener_->port(), [this](auto own) {
        REQUIRE(own);
        client_ = std::move(*own);
        client_->start({.on_bytes = [this](std::string_view) { hear(); },
                        .on_end = [this] { leave(); },
                        .on_error = [this](const core::Error&) { client_.reset(); }});
        clock_.start(std::chrono::milliseconds(dice_.below(4)));
      });
    });
  }

  void connect_in_tls(std::uint16_t port) {
    connecting_ = net::Stream::connect(loop_, "127.0.0.1", port, [this](auto stream) {
      REQUIRE(stream);
      client_ = std::move(*stream);
      local = client_->local();
      client_->start({.on_bytes =
                          [this](std::string_view bytes) {
                            from_server += bytes;
                            hear();
                          },
                      .on_end =
                          [this] {
                            is_cut_short = !has_said_goodbye_;
                            clock_.stop();
                            leave();
                            end();
                          },
                      .on_error =
                          [this](const core::Error&) {
                            is_cut_short = true;
                            end();
                          },
                      .on_secured = [this] { clock_.start(std::chrono::milliseconds(dice_.below(4))); }});
      const auto trust = tls::Trust::of_pem(mockserver::MockServer::authority_pem().value());
      REQUIRE(trust);
      auto engine = tls::Engine::client(*trust, "127.0.0.1", {});
      REQUIRE(engine);
      client_->start_tls(std::move(*engine));
    });
  }

  void forward(std::string_view bytes) {
    if (server_side_->is_reset() || is_gone_(local)) return;
    from_client += bytes;
    server_side_->write(std::string(bytes));
  }

  void backward(std::string_view bytes) {
    from_server += bytes;
    if (client_side_ != nullptr) client_side_->write(std::string(bytes));
  }

  void break_off() {
    if (server_side_->is_reset()) return;
    server_side_->reset();
    end_of_server();
  }

  void end_of_server() {
    from_server += server_side_->take_arrived();
    if (client_side_ != nullptr) client_side_->finish();
    end();
  }

  void end() {
    is_over = true;
    loop_.stop();
  }

  void hear() {
    if (!waits_) return;
    waits_ = false;
    clock_.start(std::chrono::milliseconds(0));
  }

  // Says the next thing, in pieces, and waits for something to be said back, for a while, or not at all.
  void go_on() {
    if (client_ == nullptr) return;
    if (words_.empty() && rest_.empty()) return say_goodbye();
    if (rest_.empty()) rest_ = std::exchange(words_.front(), {});
    if (!words_.empty() && words_.front().empty()) words_.erase(words_.begin());
    const std::size_t piece = dice_.one_in(2) ? rest_.size() : 1 + dice_.below(rest_.size());
    say(rest_.substr(0, piece));
    rest_.erase(0, piece);
    waits_ = rest_.empty() && !dice_.one_in(3);
    clock_.start(std::chrono::milliseconds(waits_ ? 15 : dice_.below(3)));
  }

  void say(const std::string& octets) {
    if (in_tls_ && !is_gone_(local)) from_client += octets;
    client_->write(octets);
  }

  void say_goodbye() {
    has_said_goodbye_ = true;
    const std::size_t how = dice_.below(3);
    if (how == 0 && !in_tls_) return client_->reset();
    if (how != 1) say(vocabulary_.goodbye);
    client_->finish();
  }

  void leave() {
    if (!client_->is_reset()) client_->finish();
    words_.clear();
    rest_.clear();
  }

  net::Loop& loop_;
  const Vocabulary& vocabulary_;
  bool in_tls_;
  Dice dice_;
  std::function<bool(const std::string&)> is_gone_;
  std::vector<std::string> words_;
  std::string rest_;
  bool waits_ = false;
  bool has_said_goodbye_ = false;
  net::Timer clock_;
  std::unique_ptr<net::Listener> listener_;
  std::unique_ptr<net::Stream::Connecting> connecting_;
  std::unique_ptr<net::Stream::Connecting> client_connecting_;
  std::unique_ptr<net::Stream> server_side_;
  std::unique_ptr<net::Stream> client_side_;
  std::unique_ptr<net::Stream> client_;
};

}  // namespace test
