// A mock server and its clients in one loop, over real sockets.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/mock_server.h"
#include "mockserver/scenario/loader.h"
#include "protocol/known.h"
#include "smtp/remark.h"
#include "smtp/transitions.h"
#include "tests/net/peer.h"
#include "tls/engine.h"
#include "tls/trust.h"

namespace test {

using dialogue::Kind;

inline scenario::Scenario plain_scenario() {
  scenario::Scenario scenario;
  scenario.id = "test/plain";
  scenario.protocol = protocol::find("smtp");
  scenario.server.name = "mock.example";
  scenario.server.offers = {"PIPELINING", "AUTH LOGIN PLAIN"};
  scenario.accounts.push_back({"alice@mock.example", "secret", ""});
  return scenario;
}

// One that is written as its file would be, but for what a list shows of it.
inline scenario::Scenario load(const std::string& rules) {
  const std::string text = "subject = 'network'\ntitle = { en = 't', zh = '题' }\nsummary = { en = 's', zh = '述' }\n" + rules;
  auto loaded = scenario::load_scenario("test", {"x.toml", text}, {}, scenario::Extends::kOptional);
  REQUIRE_MESSAGE(loaded.has_value(), core::describe(loaded.error(), core::Language::kEnglish));
  return std::move(*loaded);
}

// Gives the rule a reply of its own.
inline void add_rule(scenario::Scenario& scenario, scenario::Rule rule, std::vector<std::string> lines) {
  const std::string code = lines.front().substr(0, 3);
  scenario::ReplyEntry entry;
  entry.id = "rule-" + std::to_string(scenario.replies.size());
  entry.lines = std::move(lines);
  entry.code = {code, scenario.protocol->outcome_of(code).value()};
  rule.reply = scenario.replies.size();
  scenario.replies.push_back(std::move(entry));
  scenario.rules.push_back(std::move(rule));
}

inline scenario::Rule rule_on(scenario::On on, std::optional<protocol::Input> verb = std::nullopt) {
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
      options.observer = [this](mockserver::ConnectionId id, const dialogue::Event& event, const protocol::Knows& knows) {
        seen.push_back({id, event, knows.text("logged-in")});
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
  // What was seen last before the first event of this kind. REQUIRES: one was seen, and not first.
  [[nodiscard]] const dialogue::Event& before(Kind kind) const {
    const auto found = std::find_if(seen.begin(), seen.end(), [&](const Seen& one) { return one.event.kind == kind; });
    REQUIRE((found != seen.begin() && found != seen.end()));
    return std::prev(found)->event;
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
  explicit Client(Scene& in) : Client(in, in.server->port()) {}
  Client(Scene& in, std::uint16_t port) : scene(in), peer(in.loop) {
    peer.connect(port);
    REQUIRE(scene.patience.run_until([&] { return peer.is_up(); }));
  }

  // Begins a handshake as a client that trusts this process' authority and wants this host. Gives whether it succeeded.
  bool secure(const std::string& host = "mock.example", tls::Settings settings = {}) {
    const auto trust = tls::Trust::of_pem(mockserver::MockServer::authority_pem().value());
    REQUIRE(trust.has_value());
    auto engine = tls::Engine::client(*trust, host, settings);
    REQUIRE(engine.has_value());
    peer.stream->start_tls(std::move(*engine));
    REQUIRE(scene.patience.run_until([&] { return peer.secured + peer.errors + peer.ends > 0; }));
    return peer.secured == 1;
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
    CHECK(say("EHLO client.example\r\n").find("250") == 0);
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

// Of the pieces.
inline std::vector<std::size_t> lengths(const dialogue::Event& event) {
  std::vector<std::size_t> found;
  for (const core::Piece& piece : event.pieces) found.push_back(piece.octets);
  return found;
}

inline std::vector<protocol::MistakeId> kinds(const dialogue::Event& event) {
  std::vector<protocol::MistakeId> found;
  for (const protocol::Remark& remark : event.remarks) found.push_back(remark.kind);
  return found;
}

}  // namespace test
