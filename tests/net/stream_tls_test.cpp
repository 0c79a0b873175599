#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "net/driver.h"
#include "net/listener.h"
#include "net/stream.h"
#include "tests/net/peer.h"
#include "tests/tls/pair.h"

namespace {

using namespace std::string_literals;
using namespace std::chrono_literals;

// A client and a server that are connected, and begin with TLS when they are told to.
struct Secured : test::Connected {
  using test::Connected::Connected;

  void begin() {
    client.stream->start_tls(test::client_engine());
    server.stream->start_tls(test::server_engine());
  }
  void shake_hands() {
    begin();
    REQUIRE(patience.run_until([this] { return client.secured == 1 && server.secured == 1; }));
  }
};

TEST_CASE("net stream tls: octets go both ways as before, and on_secured tells when the handshake is complete") {
  Secured pair;
  CHECK(pair.client.stream->tls() == nullptr);
  pair.begin();
  CHECK(pair.client.secured == 0);  // never from within start_tls
  CHECK(pair.patience.run_until([&] { return pair.client.secured == 1 && pair.server.secured == 1; }));
  REQUIRE(pair.client.stream->tls() != nullptr);
  CHECK(pair.client.stream->tls()->details().host == test::kHost);
  pair.client.stream->write("EHLO a\r\n");
  pair.server.stream->write("220 hello\r\n");
  CHECK(pair.patience.run_until([&] { return pair.server.got.size() == 8 && pair.client.got.size() == 11; }));
  CHECK(pair.server.got == "EHLO a\r\n");
  CHECK(pair.client.got == "220 hello\r\n");
  CHECK(pair.client.errors + pair.server.errors == 0);
}

TEST_CASE("net stream tls: as STARTTLS begins it, behind octets in clear that were written just before") {
  Secured pair;
  pair.server.stream->write("220 go ahead\r\n");
  pair.server.stream->start_tls(test::server_engine());
  pair.server.stream->write("inside");
  CHECK(pair.patience.run_until([&] { return pair.client.got == "220 go ahead\r\n"; }));
  pair.client.stream->start_tls(test::client_engine());
  CHECK(pair.patience.run_until([&] { return pair.client.got == "220 go ahead\r\ninside"; }));
}

TEST_CASE("net stream tls: it may begin before the stream is started") {
  Secured pair;
  std::unique_ptr<net::Stream> accepted;
  auto listener = net::Listener::open(pair.loop, "127.0.0.1", 0, [&](std::unique_ptr<net::Stream> stream) {
    stream->start_tls(test::server_engine());
    stream->write("220 hello\r\n");
    accepted = std::move(stream);
    pair.loop.stop();
  });
  REQUIRE(listener);
  test::Peer client(pair.loop);
  client.connect((*listener)->port());
  REQUIRE(pair.patience.run_until([&] { return client.is_up() && accepted != nullptr; }));
  client.stream->start_tls(test::client_engine());
  test::Peer server(pair.loop);
  server.take(std::move(accepted));
  CHECK(pair.patience.run_until([&] { return client.got == "220 hello\r\n" && server.secured == 1; }));
}

TEST_CASE("net stream tls: what is written during the handshake is unsent, and on_flushed tells when it has left") {
  Secured pair;
  pair.begin();
  pair.server.stream->pause_reading();
  pair.client.stream->write("EHLO a\r\n");
  CHECK(pair.client.stream->unsent() == 8);
  pair.turn();
  CHECK(pair.client.flushes == 0);
  pair.server.stream->resume_reading();
  CHECK(pair.patience.run_until([&] { return pair.server.got == "EHLO a\r\n" && pair.client.flushes == 1; }));
  CHECK(pair.client.stream->unsent() == 0);
}

TEST_CASE("net stream tls: megabytes arrive whole, both ways at once") {
  Secured pair;
  pair.begin();
  std::string sent;
  for (int i = 0; sent.size() < 8'000'000; ++i) {
    std::string piece = std::to_string(i) + std::string(static_cast<std::size_t>(i % 70000), 'x');
    sent += piece;
    pair.server.stream->write(piece);
    pair.client.stream->write(std::move(piece));
  }
  CHECK(pair.client.stream->unsent() > 0);
  CHECK(
      pair.patience.run_until([&] { return pair.server.got.size() >= sent.size() && pair.client.got.size() >= sent.size(); }));
  CHECK((pair.server.got == sent));
  CHECK((pair.client.got == sent));
  CHECK(pair.patience.run_until([&] { return pair.client.flushes > 0; }));
  CHECK(pair.client.stream->unsent() == 0);
}

TEST_CASE("net stream tls: a paused stream hears nothing until it is resumed, not even what is deciphered already") {
  Secured pair;
  // The server pauses when it is told of the handshake: the octets that came with its end are deciphered by then.
  bool secured = false;
  pair.server.stream->start({.on_bytes = [&](std::string_view bytes) { pair.server.got += bytes, pair.loop.stop(); },
                             .on_end = [&] { ++pair.server.ends, pair.loop.stop(); },
                             .on_error = [&](const core::Error&) { ++pair.server.errors; },
                             .on_secured =
                                 [&] {
                                   secured = true;
                                   pair.server.stream->pause_reading();
                                   pair.loop.stop();
                                 }});
  pair.client.stream->start_tls(test::client_engine());
  pair.client.stream->write("early");
  pair.client.stream->finish();
  pair.server.stream->start_tls(test::server_engine());
  REQUIRE(pair.patience.run_until([&] { return secured; }));
  pair.server.stream->write("to and fro");
  CHECK(pair.patience.run_until([&] { return pair.client.got == "to and fro"; }));
  CHECK(pair.server.got.empty());
  CHECK(pair.server.ends == 0);
  pair.server.stream->resume_reading();
  CHECK(pair.server.got.empty());  // never from within resume_reading
  CHECK(pair.patience.run_until([&] { return pair.server.ends == 1; }));
  CHECK(pair.server.got == "early");
  pair.turn();
  CHECK(pair.server.ends == 1);
  CHECK(pair.server.errors == 0);
}

TEST_CASE("net stream tls: paused again at once, it keeps what it holds") {
  Secured pair;
  pair.shake_hands();
  pair.server.stream->pause_reading();
  pair.client.stream->write("late");
  pair.server.stream->resume_reading();
  pair.server.stream->pause_reading();
  pair.turn();
  CHECK(pair.server.got.empty());
  pair.server.stream->resume_reading();
  CHECK(pair.patience.run_until([&] { return pair.server.got == "late"; }));
}

TEST_CASE("net stream tls: after finish the other end hears the end, and can still answer") {
  Secured pair;
  SUBCASE("after the handshake") { pair.shake_hands(); }
  SUBCASE("during the handshake") { pair.begin(); }
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

TEST_CASE("net stream tls: a peer that goes without close_notify has ended, as in clear") {
  Secured pair;
  pair.shake_hands();
  pair.client.stream->write("QUIT\r\n");
  pair.client.stream.reset();
  CHECK(pair.patience.run_until([&] { return pair.server.ends == 1; }));
  CHECK(pair.server.got == "QUIT\r\n");
  CHECK(pair.server.errors == 0);
}

TEST_CASE("net stream tls: a peer that goes in the middle of the handshake is an error") {
  Secured pair;
  pair.server.stream->start_tls(test::server_engine());
  pair.client.stream->write("\x16\x03\x01");
  pair.client.stream->finish();
  CHECK(pair.patience.run_until([&] { return pair.server.errors == 1; }));
  CHECK(pair.server.error_id == "tls-closed");
  CHECK(pair.server.error.find("the other side closed the connection in the middle of the TLS handshake") == 0);
  pair.turn();
  CHECK(pair.server.ends == 0);
  CHECK(pair.server.errors == 1);
}

TEST_CASE("net stream tls: a certificate that does not convince is an error on both sides, each told once") {
  Secured pair;
  pair.client.stream->start_tls(test::client_engine());
  pair.client.stream->write("a secret");
  pair.server.stream->start_tls(test::server_engine({}, test::identity(tls::Flaw::kExpired)));
  CHECK(pair.patience.run_until([&] { return pair.client.errors == 1 && pair.server.errors == 1; }));
  CHECK(pair.client.error_id == "tls-expired");
  CHECK(pair.server.error_id == "tls-distrusted");
  CHECK(pair.server.got.empty());
  REQUIRE(pair.client.stream->tls() != nullptr);
  CHECK(pair.client.stream->tls()->details().chain.size() == 1);
  pair.client.stream->write("more");
  pair.client.stream->finish();
  pair.client.stream->resume_reading();
  pair.turn();
  CHECK(pair.client.errors == 1);
  CHECK(pair.client.ends + pair.server.ends == 0);
  CHECK(pair.client.secured + pair.server.secured == 0);
}

TEST_CASE("net stream tls: plain text from the peer is an error with its words, and the peer gets an alert") {
  Secured pair;
  SUBCASE("a client in clear") {
    pair.server.stream->start_tls(test::server_engine());
    pair.client.stream->write("EHLO a\r\n");
    CHECK(pair.patience.run_until([&] { return pair.server.errors == 1 && !pair.client.got.empty(); }));
    CHECK(pair.server.error_id == "tls-not-tls");
    CHECK(pair.server.error.find("'EHLO…'") != std::string::npos);
    CHECK(pair.client.got == "\x15\x03\x01\x00\x02\x02\x0a"s);
  }
  SUBCASE("a server in clear") {
    pair.client.stream->start_tls(test::client_engine());
    pair.server.stream->write("220 hello\r\n");
    CHECK(pair.patience.run_until([&] { return pair.client.errors == 1; }));
    CHECK(pair.client.error_id == "tls-not-tls");
  }
}

TEST_CASE("net stream tls: a reset is told as in clear") {
  Secured pair;
  SUBCASE("after the handshake") { pair.shake_hands(); }
  SUBCASE("in the handshake") { pair.server.stream->start_tls(test::server_engine()); }
  pair.client.stream->reset();
  CHECK(pair.client.stream->tls() == nullptr);
  CHECK(pair.patience.run_until([&] { return pair.server.errors == 1; }));
  CHECK(pair.server.error_id == "reset");
}

TEST_CASE("net stream tls: each callback may destroy the stream, and none comes afterwards") {
  Secured pair;
  int calls = 0;
  const auto destroy = [&] {
    ++calls;
    pair.server.stream.reset();
    pair.loop.stop();
  };
  std::function<void()> on_secured;
  SUBCASE("on_secured") { on_secured = destroy; }
  SUBCASE("on_bytes") { pair.client.stream->write("x"); }
  SUBCASE("on_end") { pair.client.stream->finish(); }
  SUBCASE("on_flushed") { pair.server.stream->write("held until the handshake is complete"); }
  pair.server.stream->start({.on_bytes = [&](std::string_view) { destroy(); },
                             .on_end = destroy,
                             .on_error = [&](const core::Error&) { destroy(); },
                             .on_flushed = destroy,
                             .on_secured = on_secured});
  pair.begin();
  pair.client.stream->write("y");
  pair.server.stream->write("z");
  CHECK(pair.patience.run_until([&] { return pair.server.stream == nullptr; }));
  pair.turn();
  CHECK(calls == 1);
}

TEST_CASE("net stream tls: destroying one with much to say, or with something held, frees everything") {
  Secured pair;
  pair.shake_hands();
  pair.server.stream->pause_reading();
  for (int i = 0; i < 20; ++i) pair.client.stream->write(std::string(1'000'000, 'x'));
  pair.server.stream->resume_reading();
  pair.client.stream.reset();
  pair.server.stream.reset();
}

TEST_CASE("net driver: StartTls comes in its place, behind what is sent in clear and before what is sent inside") {
  Secured pair;
  int begun = 0;
  net::Driver driver(
      pair.loop, *pair.server.stream, [] {},
      [&] {
        ++begun;
        pair.server.stream->start_tls(test::server_engine());
      });
  driver.perform({core::Send{"220 go"}, core::Send{" ahead\r\n"}, core::StartTls{}, core::Send{"inside"}, core::Close{}});
  CHECK(begun == 1);
  CHECK(pair.patience.run_until([&] { return pair.client.got == "220 go ahead\r\n"; }));
  pair.client.stream->start_tls(test::client_engine());
  CHECK(pair.patience.run_until([&] { return pair.client.ends == 1; }));
  CHECK(pair.client.got == "220 go ahead\r\ninside");
  CHECK(pair.client.errors == 0);
}

TEST_CASE("net driver: a StartTls waits for the Pause before it") {
  Secured pair;
  bool begun = false;
  net::Driver driver(
      pair.loop, *pair.server.stream, [] {}, [&] { begun = true, pair.loop.stop(); });
  driver.perform({core::Pause{1ms}, core::StartTls{}});
  CHECK_FALSE(begun);
  CHECK(pair.patience.run_until([&] { return begun; }));
}

}  // namespace
