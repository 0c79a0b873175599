// A conversation with a server of which the test plays the part.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "client/conversation/conversation.h"
#include "net/listener.h"
#include "net/loop.h"
#include "tests/net/peer.h"

namespace test {

struct WithServer {
  explicit WithServer(client::Security security = client::Security::kNone, client::Manners manners = {})
      : patience(loop), server(loop) {
    auto opened = net::Listener::open(loop, "127.0.0.1", 0, [this](std::unique_ptr<net::Stream> stream) {
      server.take(std::move(stream));
      loop.stop();
    });
    REQUIRE(opened);
    listener = std::move(*opened);
    const client::Endpoint endpoint{"127.0.0.1", listener->port(), security, tls::Trust::of_anybody()};
    talk = std::make_unique<client::Conversation>(
        loop, endpoint, [this] { loop.stop(); }, std::move(manners));
    REQUIRE(talk->open());
    REQUIRE(patience.run_until([&] { return server.is_up() && talk->is_open(); }));
  }

  // The server says this, and it has been read here: until there are so many events in all, one more where nothing is said.
  void hear(const std::string& bytes) { hear(bytes, talk->log().events().size() + 1); }
  void hear(const std::string& bytes, std::size_t events) {
    server.stream->write(bytes);
    REQUIRE(patience.run_until([&] { return talk->log().events().size() >= events; }));
  }
  void await_close() {
    REQUIRE(patience.run_until([&] { return talk->is_closed(); }));
  }

  // The ids of what was noted and what ended it, in their order.
  [[nodiscard]] std::vector<std::string> failures() const {
    std::vector<std::string> ids;
    for (const dialogue::Event& event : talk->log().events()) {
      if (!event.failure.empty()) ids.push_back(event.failure);
    }
    return ids;
  }

  net::Loop loop;
  Patience patience;
  Peer server;
  std::unique_ptr<net::Listener> listener;
  std::unique_ptr<client::Conversation> talk;
};

}  // namespace test
