// What only time shows: the auto-logout of RFC 1939 §3.
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "mockserver/pop3_server/server.h"
#include "net/loop.h"
#include "net/stream.h"

namespace {

// A server that lets nobody in and closes after a short silence, and one client of it.
class Scene {
 public:
  // What the server says until it closes, to a client that says this and then nothing.
  std::string hear(const std::string& said, bool in_tls = false) {
    net::Loop loop;
    pop3_server::Surroundings around{.config = {},
                                     .judge = [](const sasl::Claim&) { return pop3_server::Verdict{}; },
                                     .mailbox_of = [this](std::string_view) -> mailbox::Mailbox& { return *nobody_; },
                                     .make_engine = []() -> core::Result<std::unique_ptr<tls::Engine>> {
                                       return core::fail(core::Blame::kSystem, core::same("this server has no TLS"));
                                     },
                                     .nonce_of = [](std::uint64_t) { return std::string("1"); }};
    around.config.limits.auto_logout = std::chrono::milliseconds(50);
    pop3_server::Server server(loop, std::move(around));
    REQUIRE(server.listen("127.0.0.1", 0, 0));
    std::string heard;
    std::unique_ptr<net::Stream> client;
    const auto connecting =
        net::Stream::connect(loop, "127.0.0.1", in_tls ? server.tls_port() : server.port(), [&](auto stream) {
          REQUIRE(stream);
          client = std::move(*stream);
          client->start({.on_bytes = [&](std::string_view bytes) { heard += bytes; },
                         .on_end =
                             [&] {
                               client.reset();
                               server.shut_down();
                             },
                         .on_error = [&](const core::Error&) { FAIL("the server breaks the connection off"); }});
          client->write(said);
        });
    loop.run();
    return heard;
  }

 private:
  mailbox::Mailbox* nobody_ = nullptr;
};

}  // namespace

TEST_CASE("pop3 server: a client that is silent is logged out without a word") {
  CHECK(Scene().hear("NOOP\r\nUSER al") == "+OK POP3 server ready <1@mock.example>\r\n-ERR log in first\r\n");
}

TEST_CASE("pop3 server: where TLS cannot begin it closes") { CHECK(Scene().hear("", true).empty()); }
