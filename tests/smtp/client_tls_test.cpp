// STARTTLS, BDAT and exchanges as the client's session sees them.
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/show.h"
#include "sasl/client.h"
#include "smtp/client_session.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/feed.h"

namespace {

using smtp::ClientSession;
using smtp::Input;
using smtp::Mode;
using smtp::RemarkKind;
using smtp::State;

const std::string kEhloReply = "250-mock\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-STARTTLS\r\n250 AUTH LOGIN SCRAM-SHA-256\r\n";

// "starttls 220 handshake", or "error ID".
std::string hear_events(ClientSession& client, std::string_view octets) {
  client.receive(octets);
  std::string out;
  for (int turns = 0; turns < 1000; ++turns) {
    const auto event = client.next_reply();
    if (!event) {
      out += "error " + event.error().id + "\n";
      continue;
    }
    if (!event->has_value()) break;
    out += (*event)->unasked ? "unasked" : std::string(smtp::name((*event)->answers));
    out +=
        " " + std::to_string((*event)->received.reply.code.value()) + " " + std::string(smtp::name((*event)->change.to)) + "\n";
  }
  return out;
}

// "send send tls".
std::string actions(ClientSession& client) {
  std::string out;
  for (const core::Action& action : client.take_actions()) {
    out += std::holds_alternative<core::StartTls>(action) ? "tls "
           : std::holds_alternative<core::Send>(action)   ? "send "
                                                          : "? ";
  }
  return out;
}

ClientSession ready(const std::string& ehlo = kEhloReply) {
  ClientSession client;
  hear_events(client, "220 mock\r\n");
  client.send("EHLO a.b\r\n");
  hear_events(client, ehlo);
  client.take_actions();
  return client;
}

ClientSession in_transaction(const std::string& ehlo = kEhloReply) {
  ClientSession client = ready(ehlo);
  client.send("MAIL FROM:<a@b.c>\r\n");
  hear_events(client, "250 ok\r\n");
  client.send("RCPT TO:<d@e.f>\r\n");
  hear_events(client, "250 ok\r\n");
  client.take_actions();
  return client;
}

}  // namespace

TEST_CASE("smtp client STARTTLS: the 220 begins TLS, and TLS makes it forget") {
  ClientSession client = ready();
  client.send("STARTTLS\r\n");
  CHECK(actions(client) == "send ");
  CHECK(hear_events(client, "220 go\r\n") == "starttls 220 handshake\n");
  CHECK(actions(client) == "tls ");
  CHECK_FALSE(client.state().memory().encrypted);
  CHECK(client.secured() == smtp::StateChange{State::kHandshake, State::kGreeted, "RFC 3207 §4.2"});
  CHECK(client.state().memory().encrypted);
  CHECK(client.state().memory().extensions.empty());
  CHECK(client.awaited() == 0);
  const auto said = client.send("EHLO a.b\r\n");
  REQUIRE(said.size() == 1);
  CHECK(said[0].remarks.empty());
  CHECK(hear_events(client, kEhloReply) == "ehlo 250 ready\n");
  CHECK(test::has(client.send("STARTTLS\r\n")[0].remarks, RemarkKind::kBadSequence));
}

TEST_CASE("smtp client STARTTLS: octets behind the 220 are an error, in any chunking, and TLS does not begin") {
  const std::string octets = "220 go\r\n250 injected\r\n";
  ClientSession whole = ready();
  whole.send("STARTTLS\r\n");
  whole.take_actions();
  CHECK(hear_events(whole, octets) == "starttls 220 handshake\nerror starttls-injection\n");
  CHECK(actions(whole).empty());
  CHECK(whole.rejected_reply() == "250 injected\r\n");
  CHECK(hear_events(whole, "250 more\r\n").empty());  // nothing more is read

  for (std::size_t at = 1; at < octets.size(); ++at) {
    CAPTURE(at);
    ClientSession client = ready();
    client.send("STARTTLS\r\n");
    client.take_actions();
    std::string heard = hear_events(client, octets.substr(0, at));
    heard += hear_events(client, octets.substr(at));
    CHECK(heard == "starttls 220 handshake\nerror starttls-injection\n");
    CHECK(actions(client).empty());
  }
}

TEST_CASE("smtp client STARTTLS: one that is refused leaves everything as it was") {
  ClientSession client = ready();
  client.send("STARTTLS\r\n");
  CHECK(hear_events(client, "454 not now\r\n") == "starttls 454 ready\n");
  CHECK(actions(client) == "send ");
  CHECK(client.state().memory().extensions.offers("STARTTLS"));
  const auto said = client.send("NOOP\r\n");
  CHECK(said[0].input == Input::kNoop);
}

TEST_CASE("smtp client STARTTLS: what was sent in clear behind it is nothing inside TLS; what comes after the 220 is") {
  ClientSession client = ready();
  client.send("STARTTLS\r\n");
  const auto early = client.send("NOOP\r\n");
  REQUIRE(early.size() == 1);
  CHECK(test::has(early[0].remarks, RemarkKind::kSendsBeforeReply));
  hear_events(client, "220 go\r\n");
  client.send("EHLO a.b\r\n");
  CHECK(client.awaited() == 0);
  client.secured();
  CHECK(client.awaited() == 1);
  CHECK(hear_events(client, kEhloReply) == "ehlo 250 ready\n");
}

TEST_CASE("smtp client STARTTLS: a server that did not offer it is remarked") {
  ClientSession client = ready("250-mock\r\n250 SIZE\r\n");
  CHECK(test::describe(client.send("STARTTLS\r\n")[0].remarks) == "extension-not-offered");
  hear_events(client, "502 what\r\n");
  CHECK(test::describe(client.send("AUTH PLAIN\r\n")[0].remarks) == "extension-not-offered");
}

TEST_CASE("smtp client: a connection may be encrypted before the greeting") {
  ClientSession client;
  CHECK(client.secured().to == State::kConnected);
  CHECK(hear_events(client, "220 mock\r\n") == "connect 220 greeted\n");
  CHECK(client.state().memory().encrypted);
}

TEST_CASE("smtp client BDAT: a chunk goes out in pieces, and is one thing said at its end") {
  ClientSession client = in_transaction();
  CHECK(client.send("BDAT 6\r\n").empty());
  CHECK(client.mode() == Mode::kChunk);
  CHECK(client.send("abc").empty());
  CHECK(std::string(client.unfinished()) == "abc");
  CHECK(client.state().memory().message_size == 3);
  const auto said = client.send("def");
  REQUIRE(said.size() == 1);
  CHECK(said[0].input == Input::kBdat);
  CHECK(said[0].message.substr(said[0].chunk_begin) == "abcdef");
  CHECK(client.awaited() == 1);
  CHECK(hear_events(client, "250 ok\r\n") == "bdat 250 bdat\n");
  CHECK(client.send("BDAT 2 LAST\r\ngh")[0].message == "abcdefgh");
  CHECK(hear_events(client, "250 ok\r\n") == "message 250 ready\n");
  CHECK(client.state().memory().messages == 1);
}

TEST_CASE("smtp client BDAT: chunks are pipelined with the commands before them") {
  ClientSession client = ready();
  const auto said = client.send("MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nBDAT 2\r\nabBDAT 2 LAST\r\ncdQUIT\r\n");
  CHECK(said.size() == 5);
  for (const smtp::Said& one : said) CHECK_FALSE(test::has(one.remarks, RemarkKind::kExtensionNotOffered));
  CHECK(hear_events(client, "250 a\r\n250 b\r\n250 c\r\n250 d\r\n221 e\r\n") ==
        "mail 250 mail\nrcpt 250 rcpt\nbdat 250 bdat\nmessage 250 ready\nquit 221 closed\n");
}

TEST_CASE("smtp client BDAT: replies that come while a chunk is sent do not break it") {
  ClientSession client = ready();
  client.send("MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nBDAT 6 LAST\r\nQU");
  hear_events(client, "250 a\r\n250 b\r\n");
  CHECK(client.mode() == Mode::kChunk);
  const auto said = client.send("IT\r\n");
  REQUIRE(said.size() == 1);
  CHECK(said[0].message == "QUIT\r\n");
}

TEST_CASE("smtp client BDAT: one that was not announced is followed by a chunk if the server takes it for a command") {
  const std::string poor = "250-mock\r\n250 SIZE\r\n";
  ClientSession unknown = in_transaction(poor);
  CHECK(test::has(unknown.send("BDAT 6\r\n")[0].remarks, RemarkKind::kExtensionNotOffered));
  unknown.send("NOOP\r\n");
  CHECK(unknown.awaited() == 1);
  CHECK(hear_events(unknown, "502 what\r\n250 noop\r\n") == "bdat 502 rcpt\nnoop 250 rcpt\n");

  ClientSession known = in_transaction(poor);
  known.send("BDAT 6\r\n");
  known.send("NOOP\r\n");
  CHECK(hear_events(known, "250 ok\r\n") == "bdat 250 bdat\n");
  CHECK(known.awaited() == 0);

  ClientSession last = in_transaction(poor);
  last.send("BDAT 6 LAST\r\nNOOP\r\nNOOP\r\n");
  CHECK(hear_events(last, "250 ok\r\n250 noop\r\n") == "message 250 ready\nnoop 250 ready\n");
}

TEST_CASE("smtp client: an address that is not ASCII needs SMTPUTF8") {
  ClientSession client = ready("250-mock\r\n250 SMTPUTF8\r\n");
  CHECK(test::has(client.send("MAIL FROM:<张三@b.c>\r\n")[0].remarks, RemarkKind::kNonAsciiAddress));
  hear_events(client, "553 no\r\n");
  CHECK(client.send("MAIL FROM:<张三@b.c> SMTPUTF8\r\n")[0].remarks.empty());
  hear_events(client, "250 ok\r\n");
  CHECK(client.send("RCPT TO:<李四@e.f>\r\n")[0].remarks.empty());
}

TEST_CASE("smtp client: an exchange of several rounds is followed by the challenges that came") {
  ClientSession client = ready();
  sasl::Credentials credentials{"alice", {}, core::Secret("pencil"), {}, {}, 0};
  auto sasl = sasl::Client::begin("SCRAM-SHA-256", credentials, "rOprNGfwEbeRWgbNEkqO");
  REQUIRE(sasl.has_value());
  client.send("AUTH SCRAM-SHA-256 " + core::base64_encode(*sasl->respond("")) + "\r\n");
  const std::string first = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  CHECK(hear_events(client, "334 " + core::base64_encode(first) + "\r\n") == "auth 334 auth\n");
  const auto proof = sasl->respond(first);
  REQUIRE(proof.has_value());
  client.send(core::base64_encode(*proof) + "\r\n");
  CHECK(hear_events(client, "235 welcome\r\n") == "auth-response 235 ready\n");
  CHECK(client.state().memory().user == "alice");
}
