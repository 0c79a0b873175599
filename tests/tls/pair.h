// A client's and a server's engine that talk in memory, with certificates made once for all tests.
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/result.h"
#include "tls/engine.h"

namespace test {

inline const std::string kHost = "mx.example";
inline constexpr std::int64_t kDay = 24 * 60 * 60;
inline constexpr std::size_t kWhole = static_cast<std::size_t>(-1);

inline std::int64_t now() { return std::time(nullptr); }

inline const tls::Authority& authority() {
  static const tls::Authority made = [] {
    auto result = tls::Authority::make(now());
    REQUIRE(result.has_value());
    return std::move(*result);
  }();
  return made;
}

inline std::shared_ptr<const tls::Identity> identity(tls::Flaw flaw = tls::Flaw::kNone, std::int64_t at = now()) {
  auto issued = authority().issue({kHost, "127.0.0.1", "2001:db8::25"}, flaw, at);
  REQUIRE(issued.has_value());
  return *issued;
}

// One for all tests that are about something else: keys take time.
inline const std::shared_ptr<const tls::Identity>& good_identity() {
  static const std::shared_ptr<const tls::Identity> made = identity();
  return made;
}

inline std::shared_ptr<const tls::Trust> trust() {
  static const std::shared_ptr<const tls::Trust> made = *tls::Trust::of_pem(authority().pem());
  return made;
}

inline std::unique_ptr<tls::Engine> server_engine(const tls::Settings& settings = {},
                                                  std::shared_ptr<const tls::Identity> shown = good_identity()) {
  auto engine = tls::Engine::server(std::move(shown), settings);
  REQUIRE(engine.has_value());
  return std::move(*engine);
}

inline std::unique_ptr<tls::Engine> client_engine(const tls::Settings& settings = {}, const std::string& host = kHost,
                                                  std::shared_ptr<const tls::Trust> believed = trust()) {
  auto engine = tls::Engine::client(std::move(believed), host, settings);
  REQUIRE(engine.has_value());
  return std::move(*engine);
}

// Takes what `from` has to say to `to`, in pieces. Whether there was anything.
inline bool carry(tls::Engine& from, tls::Engine& to, std::string& plain, std::size_t piece) {
  const std::string octets = from.take_output();
  for (std::size_t at = 0; at < octets.size(); at += std::min(piece, octets.size() - at)) {
    to.receive(std::string_view(octets).substr(at, piece));
    plain += to.take_input();
  }
  return !octets.empty();
}

struct Pair {
  Pair(std::unique_ptr<tls::Engine> one, std::unique_ptr<tls::Engine> other, std::size_t in_pieces = kWhole)
      : client(std::move(one)), server(std::move(other)), piece(in_pieces) {}
  Pair() : Pair(client_engine(), server_engine()) {}
  explicit Pair(tls::Flaw flaw) : Pair(client_engine(), server_engine({}, identity(flaw))) {}

  // Until both are silent.
  void talk() {
    while (carry(*client, *server, at_server, piece) || carry(*server, *client, at_client, piece)) {
    }
  }

  std::unique_ptr<tls::Engine> client;
  std::unique_ptr<tls::Engine> server;
  std::size_t piece;
  std::string at_client;
  std::string at_server;
};

// "open", "ended", or the id of the failure.
inline std::string state(const tls::Engine& engine) {
  switch (engine.phase()) {
    case tls::Phase::kHandshake: return "handshake";
    case tls::Phase::kOpen: return "open";
    case tls::Phase::kEnded: return "ended";
    case tls::Phase::kFailed: return engine.error().id;
  }
  return "?";
}

}  // namespace test
