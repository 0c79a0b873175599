// STARTTLS at the server (RFC 3207), and what stands behind it in clear (CVE-2011-0411).
#include <array>
#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "smtp/server_session.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/server.h"

namespace {

using smtp::Input;
using smtp::RemarkKind;
using smtp::State;
using test::kEhlo;
using test::Server;

const std::string kPlainLogin = "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n";

}  // namespace

TEST_CASE("smtp server STARTTLS: 220, then TLS, then everything that was said is forgotten") {
  Server server(Server::with_everything());
  server.say(kEhlo + "AUTH LOGIN\r\nYWxpY2U=\r\nc2VjcmV0\r\n");
  CHECK(server.state().memory().user == "alice");
  CHECK(server.codes("STARTTLS\r\n") == "220");
  CHECK(server.wants_tls());
  CHECK(server.state().state() == State::kHandshake);
  CHECK_FALSE(server.session().next_turn().has_value());
  server.secure();
  const smtp::Memory& memory = server.state().memory();
  CHECK(server.state().state() == State::kGreeted);
  CHECK(memory.encrypted);
  CHECK(memory.user.empty());
  CHECK(memory.client_name.empty());
  CHECK(memory.extensions.empty());
  CHECK(server.take_sent().empty());  // no second greeting
  CHECK(server.codes("MAIL FROM:<a@b.c>\r\n") == "503");
  CHECK(server.say(kEhlo).find("STARTTLS") == std::string::npos);
  CHECK(server.codes(kPlainLogin) == "235");
  CHECK(server.codes("STARTTLS\r\n") == "503");
  CHECK(server.last_turn().legality == smtp::Legality::kAlreadyEncrypted);
}

TEST_CASE("smtp server STARTTLS: the change of state names its rule") {
  smtp::ServerConfig config = Server::with_everything();
  smtp::ServerSession session(config);
  session.receive(kEhlo + "STARTTLS\r\n");
  while (auto turn = session.next_turn()) session.answer(turn->proposed);
  CHECK(session.secured() == smtp::StateChange{State::kHandshake, State::kGreeted, "RFC 3207 §4.2"});
}

TEST_CASE("smtp server STARTTLS: a connection that is encrypted from the start is greeted inside TLS") {
  smtp::ServerConfig config = Server::with_everything();
  smtp::ServerSession session(config);
  CHECK(session.secured().to == State::kConnected);
  CHECK(session.state().memory().encrypted);
  session.receive(kEhlo + "STARTTLS\r\n");
  std::string codes;
  while (auto turn = session.next_turn()) {
    codes += std::to_string(turn->proposed.code.value()) + " ";
    session.answer(turn->proposed);
  }
  CHECK(codes == "220 250 503 ");
  CHECK(session.state().memory().extensions.offers_mechanism("PLAIN"));
  CHECK_FALSE(session.state().memory().extensions.offers("STARTTLS"));
}

TEST_CASE("smtp server STARTTLS: octets in clear behind it are refused, and never read") {
  for (const std::string behind : {"EHLO a.b\r\n", "x", "\x16\x03\x01", "MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\n"}) {
    CAPTURE(behind);
    Server server(Server::with_everything());
    server.say(kEhlo);
    CHECK(server.codes("STARTTLS\r\n" + behind) == "554");
    CHECK(test::has(server.last_turn().said.remarks, RemarkKind::kPlaintextBehindStarttls));
    CHECK(server.closed());
    CHECK_FALSE(server.wants_tls());
  }
}

TEST_CASE("smtp server STARTTLS: octets that come while the answer is thought over, or instead of the handshake, end it too") {
  smtp::ServerConfig config = Server::with_everything();
  for (const bool before : {true, false}) {
    CAPTURE(before);
    smtp::ServerSession session(config);
    session.receive(kEhlo + "STARTTLS\r\n");
    auto turn = session.next_turn();
    while (turn->input != Input::kStarttls) {
      session.answer(turn->proposed);
      turn = session.next_turn();
    }
    session.take_actions();
    if (before) session.receive("NOOP\r\n");
    session.answer(turn->proposed);
    if (!before) session.receive("NOOP\r\n");
    const core::Actions actions = session.take_actions();
    REQUIRE_FALSE(actions.empty());
    CHECK(std::holds_alternative<core::Close>(actions.back()));
    if (before) {
      for (const core::Action& action : actions) CHECK_FALSE(std::holds_alternative<core::StartTls>(action));
    }
    CHECK(session.is_over());
    CHECK_FALSE(session.next_turn().has_value());
  }
}

TEST_CASE("smtp server STARTTLS: one that is refused leaves everything as it was") {
  Server server(Server::with_everything(), [](const smtp::Turn& turn) {
    return turn.input == Input::kStarttls ? smtp::Reply{smtp::ReplyCode(454), {"TLS not available"}} : turn.proposed;
  });
  server.say(kEhlo);
  CHECK(server.codes("STARTTLS\r\n") == "454");
  CHECK(server.state().state() == State::kReady);
  CHECK(server.state().memory().client_name == "client.example");
  CHECK_FALSE(server.wants_tls());
  CHECK(server.codes("MAIL FROM:<a@b.c>\r\n") == "250");
}

TEST_CASE("smtp server STARTTLS: with an argument it is a syntax error") {
  Server server(Server::with_everything());
  server.say(kEhlo);
  CHECK(server.codes("STARTTLS now\r\n") == "501");
  CHECK_FALSE(server.wants_tls());
}

TEST_CASE("smtp server STARTTLS: nothing can be said to a client that is silent in the handshake") {
  Server server(Server::with_everything());
  server.say(kEhlo + "STARTTLS\r\n");
  server.time_out();
  CHECK(server.take_sent().empty());
  CHECK(server.closed());
}

TEST_CASE("smtp server: which list is announced depends on TLS and on the login") {
  smtp::ServerConfig config;
  config.extensions = smtp::Extensions::from_lines({"STARTTLS", "AUTH LOGIN", "SIZE"});
  const auto announced = [](const smtp::ServerConfig& one, bool tls, bool login) {
    Server server(one);
    server.say(kEhlo);
    if (tls) {
      server.say("STARTTLS\r\n");
      server.secure();
      server.say(kEhlo);
    }
    if (login) server.say("AUTH LOGIN\r\nYWxpY2U=\r\nc2VjcmV0\r\n" + kEhlo);
    std::string out;
    for (const std::string& line : server.state().memory().extensions.lines()) out += (out.empty() ? "" : ", ") + line;
    return out;
  };
  CHECK(announced(config, false, false) == "STARTTLS, AUTH LOGIN, SIZE");
  CHECK(announced(config, true, false) == "AUTH LOGIN, SIZE");
  CHECK(announced(config, false, true) == "STARTTLS, AUTH LOGIN, SIZE");
  config.extensions_auth = smtp::Extensions::from_lines({"STARTTLS", "DSN"});
  CHECK(announced(config, false, true) == "STARTTLS, DSN");
  CHECK(announced(config, true, true) == "DSN");
  config.extensions_tls = smtp::Extensions::from_lines({"STARTTLS", "AUTH LOGIN PLAIN"});
  CHECK(announced(config, true, false) == "AUTH LOGIN PLAIN");
}
