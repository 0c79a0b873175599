#include "smtp/client_session.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/feed.h"

namespace {

using smtp::ClientSession;
using smtp::Input;
using smtp::Mode;
using smtp::RemarkKind;
using smtp::State;

// What next_reply() gives until there is no more: "connect 220 greeted", "unasked 250 ready", "error".
std::string replies(ClientSession& client) {
  std::string out;
  for (int turns = 0; turns < 1000; ++turns) {
    const auto event = client.next_reply();
    if (!event) {
      CHECK(event.error().blame == core::Blame::kPeer);
      out += "error\n";
      continue;
    }
    if (!event->has_value()) break;
    const smtp::ReplyEvent& reply = **event;
    out += reply.unasked ? "unasked" : std::string(smtp::name(reply.answers));
    out += " " + std::to_string(reply.received.reply.code.value()) + " " + std::string(smtp::name(reply.change.to)) + "\n";
    CHECK(client.state().state() == reply.change.to);
  }
  return out;
}

std::string hear(ClientSession& client, std::string_view octets) {
  client.receive(octets);
  return replies(client);
}

// The octets that went out since the last call.
std::string sent(ClientSession& client) {
  std::string out;
  for (const core::Action& action : client.take_actions()) {
    REQUIRE(std::holds_alternative<core::Send>(action));
    out += std::get<core::Send>(action).bytes;
  }
  return out;
}

// A client that has come so far, every line answered before the next.
ClientSession after(const std::vector<std::pair<std::string, std::string>>& dialogue) {
  ClientSession client;
  hear(client, "220 mock.example\r\n");
  for (const auto& [line, reply] : dialogue) {
    client.send(line + "\r\n");
    hear(client, reply + "\r\n");
  }
  client.take_actions();
  return client;
}

const std::pair<std::string, std::string> kEhloTurn{"EHLO a.b", "250-mock.example\r\n250-PIPELINING\r\n250 AUTH LOGIN PLAIN"};
const std::pair<std::string, std::string> kPoorEhloTurn{"EHLO a.b", "250 mock.example"};
const std::pair<std::string, std::string> kMailTurn{"MAIL FROM:<a@b.c>", "250 OK"};
const std::pair<std::string, std::string> kRcptTurn{"RCPT TO:<d@e.f>", "250 OK"};
const std::pair<std::string, std::string> kDataTurn{"DATA", "354 go"};

}  // namespace

TEST_CASE("smtp client: it waits for the greeting from the start") {
  ClientSession client;
  CHECK(client.awaited() == 1);
  CHECK(client.state().state() == State::kConnected);
  CHECK(hear(client, "220 mock.example ESMTP\r\n") == "connect 220 greeted\n");
  CHECK(client.awaited() == 0);
  CHECK(sent(client).empty());

  ClientSession refused;
  CHECK(hear(refused, "554 no service\r\n") == "connect 554 refused\n");
}

TEST_CASE("smtp client: octets go out exactly as they were given") {
  for (const std::string octets : {"EHLO a.b\r\n", "ehlo a.b\n", "nonsense\r\n", "EHLO", "\r\n", "MAIL FROM\xff\x01\r\n"}) {
    CAPTURE(core::show_bytes(octets));
    ClientSession client;
    hear(client, "220 x\r\n");
    client.send(octets);
    CHECK(sent(client) == octets);
    CHECK(sent(client).empty());
  }
  ClientSession client;
  client.send(std::string("a\0b\r\n", 5));
  CHECK(sent(client) == std::string("a\0b\r\n", 5));
}

TEST_CASE("smtp client: replies are matched to what they answer") {
  ClientSession client = after({});
  client.send("EHLO a.b\r\n");
  CHECK(client.awaited() == 1);
  CHECK(hear(client, "250-mock.example\r\n250-PIPELINING\r\n250 SIZE 1000\r\n") == "ehlo 250 ready\n");
  CHECK(client.state().memory().extensions.offers("PIPELINING"));
  CHECK(std::string(client.state().memory().extensions.parameters("SIZE")) == "1000");
  CHECK(client.state().memory().client_name == "a.b");
  client.send("MAIL FROM:<a@b.c>\r\n");
  CHECK(hear(client, "553 no\r\n") == "mail 553 ready\n");
  client.send("MAIL FROM:<a@b.c>\r\n");
  CHECK(hear(client, "250 yes\r\n") == "mail 250 mail\n");
  client.send("RCPT TO:<d@e.f>\r\n");
  CHECK(hear(client, "250 yes\r\n") == "rcpt 250 rcpt\n");
  client.send("DATA\r\n");
  CHECK(hear(client, "354 go\r\n") == "data 354 data\n");
  CHECK(client.mode() == Mode::kData);
  const auto said = client.send("Hello\r\n.\r\n");
  REQUIRE(said.size() == 1);
  CHECK(said[0].input == Input::kMessage);
  CHECK(said[0].message == "Hello\r\n");
  CHECK(hear(client, "250 taken\r\n") == "message 250 ready\n");
  CHECK(client.mode() == Mode::kCommand);
  CHECK(client.state().memory().messages == 1);
  client.send("QUIT\r\n");
  CHECK(hear(client, "221 bye\r\n") == "quit 221 closed\n");
}

TEST_CASE("smtp client: the server's octets are read in any chunking") {
  const std::string octets = "220 x\r\n250-mock\r\n250-PIPELINING\r\n250 HELP\r\n250 a\r\n550 b\r\n250 c\r\n354 d\r\n";
  const std::string got = test::feed_every_way(octets, [](const test::Pieces& pieces) {
    ClientSession client;
    client.send("EHLO a.b\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@y.z>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n");
    std::string out;
    for (const std::string_view piece : pieces) out += hear(client, piece);
    return out + std::string(client.partial_reply());
  });
  CHECK(got == "connect 220 greeted\nehlo 250 ready\nmail 250 mail\nrcpt 550 mail\nrcpt 250 rcpt\ndata 354 data\n");
}

TEST_CASE("smtp client: a group of pipelined commands is answered in order") {
  ClientSession client = after({kEhloTurn});
  const auto said = client.send("MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nRCPT TO:<g@h.i>\r\nDATA\r\n");
  CHECK(said.size() == 4);
  CHECK(client.awaited() == 4);
  for (const smtp::Said& one : said) CHECK_FALSE(test::has(one.remarks, RemarkKind::kSendsBeforeReply));
  CHECK(hear(client, "250 a\r\n250 b\r\n") == "mail 250 mail\nrcpt 250 rcpt\n");
  CHECK(client.awaited() == 2);
  CHECK(hear(client, "550 c\r\n354 d\r\n") == "rcpt 550 rcpt\ndata 354 data\n");
  CHECK(client.state().memory().forward_paths.size() == 1);
}

TEST_CASE("smtp client: sending before the reply is remarked where the server did not offer it") {
  ClientSession poor = after({kPoorEhloTurn});
  const auto said = poor.send("MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\n");
  REQUIRE(said.size() == 2);
  CHECK_FALSE(test::has(said[0].remarks, RemarkKind::kSendsBeforeReply));
  CHECK(test::has(said[1].remarks, RemarkKind::kSendsBeforeReply));

  ClientSession hasty;
  const auto early = hasty.send("EHLO a.b\r\n");
  REQUIRE(early.size() == 1);
  CHECK(test::has(early[0].remarks, RemarkKind::kSendsBeforeReply));

  // RFC 2920 §3.1: EHLO must be the last of its group, whatever the server offers.
  ClientSession group = after({kEhloTurn});
  const auto behind = group.send("EHLO a.b\r\nMAIL FROM:<a@b.c>\r\n");
  REQUIRE(behind.size() == 2);
  CHECK(test::has(behind[1].remarks, RemarkKind::kSendsBeforeReply));
}

TEST_CASE("smtp client: a line without end is kept, and the next call completes it") {
  ClientSession client = after({});
  CHECK(client.send("EHLO ").empty());
  CHECK(std::string(client.unfinished()) == "EHLO ");
  CHECK(test::describe(client.unfinished_remarks()) == "missing-crlf");
  CHECK(client.awaited() == 0);
  const auto said = client.send("a.b\r\n");
  REQUIRE(said.size() == 1);
  CHECK(said[0].bytes == "EHLO a.b\r\n");
  CHECK(client.unfinished().empty());
  CHECK(client.unfinished_remarks().empty());
  CHECK(client.awaited() == 1);
  CHECK(sent(client) == "EHLO a.b\r\n");
}

TEST_CASE("smtp client: half a reply is known as such") {
  ClientSession client = after({});
  client.send("EHLO a.b\r\n");
  CHECK(hear(client, "250-mock.ex").empty());
  CHECK(std::string(client.partial_reply()) == "250-mock.ex");
  CHECK(hear(client, "ample\r\n").empty());
  CHECK(std::string(client.partial_reply()) == "250-mock.example\r\n");
  CHECK(hear(client, "250 HELP\r\n") == "ehlo 250 ready\n");
  CHECK(client.partial_reply().empty());
}

TEST_CASE("smtp client: a message goes out in pieces, and is one thing said at its end") {
  ClientSession client = after({kEhloTurn, kMailTurn, kRcptTurn, kDataTurn});
  CHECK(client.mode() == Mode::kData);
  CHECK(client.send("Subject: x\r\n\r\n").empty());
  CHECK(client.send("..dots\r\n").empty());
  CHECK(client.awaited() == 0);
  CHECK_FALSE(client.unfinished().empty());
  const auto said = client.send(".\r\n");
  REQUIRE(said.size() == 1);
  CHECK(said[0].message == "Subject: x\r\n\r\n.dots\r\n");
  CHECK(client.awaited() == 1);
  CHECK(sent(client) == "Subject: x\r\n\r\n..dots\r\n.\r\n");
}

TEST_CASE("smtp client: an end of data that is none is remarked while the client waits") {
  for (const std::string end : {"a\n.\n", "a\n.\r\n", "a\r\n.\n"}) {
    CAPTURE(end);
    ClientSession client = after({kEhloTurn, kMailTurn, kRcptTurn, kDataTurn});
    CHECK(client.send(end).empty());
    CHECK(test::describe(client.unfinished_remarks()) == "terminator-not-crlf");
  }
  ClientSession client = after({kEhloTurn, kMailTurn, kRcptTurn, kDataTurn});
  CHECK(client.send("Hello\r\n").empty());
  CHECK(test::describe(client.unfinished_remarks()) == "waits-inside-data");
}

TEST_CASE("smtp client: DATA refused leaves it in command mode") {
  ClientSession client = after({kEhloTurn, kMailTurn, kRcptTurn, {"DATA", "451 not now"}});
  CHECK(client.mode() == Mode::kCommand);
  const auto said = client.send("QUIT\r\n");
  REQUIRE(said.size() == 1);
  CHECK(said[0].input == Input::kQuit);
}

TEST_CASE("smtp client: what stands behind DATA is read when its reply is here") {
  ClientSession client = after({kEhloTurn, kMailTurn, kRcptTurn});
  client.send("DATA\r\n");
  client.send("Hello\r\n.\r\nQUIT\r\n");
  CHECK(sent(client) == "DATA\r\nHello\r\n.\r\nQUIT\r\n");
  CHECK(hear(client, "354 go\r\n250 taken\r\n221 bye\r\n") == "data 354 data\nmessage 250 ready\nquit 221 closed\n");
  CHECK(client.awaited() == 0);

  ClientSession refused = after({kEhloTurn, kMailTurn, kRcptTurn});
  refused.send("DATA\r\n");
  refused.send("Hello\r\n.\r\n");
  CHECK(hear(refused, "554 no\r\n500 what\r\n500 what\r\n") == "data 554 rcpt\nunknown 500 rcpt\nunknown 500 rcpt\n");
}

TEST_CASE("smtp client: commands out of order are sent, and remarked") {
  struct Order {
    std::string name;
    std::vector<std::pair<std::string, std::string>> dialogue;
    std::string line;
    std::string remarks;
  };
  const std::vector<Order> rows{
      {"in order", {}, "EHLO a.b", ""},
      {"no HELO", {}, "MAIL FROM:<a@b.c>", "no-helo"},
      {"RCPT before MAIL", {kEhloTurn}, "RCPT TO:<d@e.f>", "bad-sequence"},
      {"DATA before RCPT", {kEhloTurn, kMailTurn}, "DATA", "bad-sequence"},
      {"MAIL twice", {kEhloTurn, kMailTurn}, "MAIL FROM:<x@y.z>", "nested-mail"},
      {"DATA after refused recipients",
       {kEhloTurn, kMailTurn, {"RCPT TO:<d@e.f>", "550 no"}},
       "DATA",
       "recipient-refused-ignored"},
      {"AUTH after HELO", {{"HELO a.b", "250 x"}}, "AUTH LOGIN", "helo-then-auth"},
      {"AUTH twice", {kEhloTurn, {"AUTH PLAIN AGFsaWNlAHNlY3JldA==", "235 ok"}}, "AUTH LOGIN", "bad-sequence"},
  };
  for (const Order& row : rows) {
    CAPTURE(row.name);
    ClientSession client = after(row.dialogue);
    const auto said = client.send(row.line + "\r\n");
    REQUIRE(said.size() == 1);
    CHECK(test::describe(said[0].remarks) == row.remarks);
    CHECK(sent(client) == row.line + "\r\n");
    CHECK(client.awaited() == 1);
  }
  ClientSession quirk(smtp::StateLeniency{.auth_after_helo = true});
  hear(quirk, "220 x\r\n");
  quirk.send("HELO a.b\r\n");
  hear(quirk, "250 x\r\n");
  CHECK(test::describe(quirk.send("AUTH LOGIN\r\n")[0].remarks) == "helo-then-auth");  // taken, and a mistake all the same
}

TEST_CASE("smtp client: a login is followed, and its password known as secret") {
  ClientSession client = after({kEhloTurn});
  client.send("AUTH LOGIN\r\n");
  CHECK(hear(client, "334 VXNlcm5hbWU6\r\n") == "auth 334 auth\n");
  CHECK(client.mode() == Mode::kAuth);
  CHECK_FALSE(client.next_is_secret());
  const auto user = client.send("YWxpY2U=\r\n");
  REQUIRE(user.size() == 1);
  CHECK(user[0].input == Input::kAuthResponse);
  CHECK(user[0].secrets.empty());
  CHECK(hear(client, "334 UGFzc3dvcmQ6\r\n") == "auth-response 334 auth\n");
  CHECK(client.next_is_secret());
  const auto password = client.send("c2VjcmV0\r\n");
  REQUIRE(password.size() == 1);
  CHECK(core::show_masked(password[0].bytes, password[0].secrets) == "********␍␊");
  CHECK(hear(client, "235 welcome\r\n") == "auth-response 235 ready\n");
  CHECK(client.state().memory().user == "alice");
  CHECK(client.mode() == Mode::kCommand);
  CHECK_FALSE(client.next_is_secret());
}

TEST_CASE("smtp client: PLAIN in one line and in two, and what fails") {
  ClientSession one = after({kEhloTurn, {"AUTH PLAIN AGFsaWNlAHNlY3JldA==", "235 ok"}});
  CHECK(one.state().memory().user == "alice");

  ClientSession two = after({kEhloTurn, {"AUTH PLAIN", "334 "}});
  CHECK(two.next_is_secret());
  const auto said = two.send("AGFsaWNlAHNlY3JldA==\r\n");
  REQUIRE(said.size() == 1);
  CHECK(core::show_masked(said[0].bytes, said[0].secrets) == "********␍␊");
  CHECK(hear(two, "235 ok\r\n") == "auth-response 235 ready\n");
  CHECK(two.state().memory().user == "alice");

  ClientSession wrong = after({kEhloTurn, {"AUTH PLAIN AGFsaWNlAHNlY3JldA==", "535 no"}});
  CHECK(wrong.state().memory().user.empty());
  CHECK(wrong.mode() == Mode::kCommand);

  ClientSession cancelled = after({kEhloTurn, {"AUTH LOGIN", "334 VXNlcm5hbWU6"}, {"*", "501 cancelled"}});
  CHECK(cancelled.mode() == Mode::kCommand);
  CHECK(cancelled.state().state() == State::kReady);

  ClientSession unknown = after({kEhloTurn, {"AUTH X-NEW", "334 "}});
  CHECK(unknown.next_is_secret());
}

TEST_CASE("smtp client: a password that failed is not the name of the next login") {
  ClientSession client =
      after({kEhloTurn, {"AUTH PLAIN AGFsaWNlAHNlY3JldA==", "535 no"}, {"AUTH X-TICKET dGlja2V0", "235 ok"}});
  CHECK(client.state().memory().user != "alice");
}

TEST_CASE("smtp client: a password sent before the prompt is secret too") {
  ClientSession client = after({kEhloTurn});
  const auto all = client.send("AUTH LOGIN\r\nYWxpY2U=\r\nc2VjcmV0\r\n");
  std::string shown;
  for (const smtp::Said& said : all) shown += core::show_masked(said.bytes, said.secrets);
  CHECK(shown.find("c2VjcmV0") == std::string::npos);
  const auto more = client.send("c2VjcmV0\r\n");
  shown.clear();
  for (const smtp::Said& said : more) shown += core::show_masked(said.bytes, said.secrets);
  CHECK(shown.find("c2VjcmV0") == std::string::npos);
}

TEST_CASE("smtp client: a reply that nobody asked for is one, and moves nothing") {
  ClientSession client = after({kEhloTurn, kMailTurn});
  CHECK(hear(client, "250 surprise\r\n") == "unasked 250 mail\n");
  CHECK(client.awaited() == 0);
  CHECK(hear(client, "421 closing\r\n") == "unasked 421 closed\n");
}

TEST_CASE("smtp client: octets that are no reply are an error, and reading goes on") {
  ClientSession client = after({});
  client.send("EHLO a.b\r\n");
  CHECK(hear(client, "hello there\r\n250 ok\r\n") == "error\nehlo 250 ready\n");
}

TEST_CASE("smtp client: malformed commands wait for their replies like others") {
  ClientSession client = after({kEhloTurn});
  const auto said = client.send("MAIL FROM:a@b.c@d\r\nBOGUS\r\n");
  REQUIRE(said.size() == 2);
  CHECK(said[0].fault.has_value());
  CHECK(said[1].fault.has_value());
  CHECK(hear(client, "501 a\r\n500 b\r\n") == "mail 501 ready\nunknown 500 ready\n");
}
