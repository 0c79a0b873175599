#include <array>
#include <string>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/show.h"
#include "smtp/server_session.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/server.h"

namespace {

using smtp::RemarkKind;
using smtp::State;
using test::kEhlo;
using test::Server;

const std::string kUser = core::base64_encode("alice") + "\r\n";
const std::string kPassword = core::base64_encode("secret") + "\r\n";
const std::string kPlainResponse = core::base64_encode(std::string("\0alice\0secret", 13));

struct AuthRow {
  std::string name;
  std::string octets;  // behind EHLO
  std::string codes;
  std::string user;  // who is logged in afterwards
};

// RFC 4954 §4 and §6; "=" is an empty response only as the initial one.
const std::array kAuthRows{
    AuthRow{"LOGIN", "AUTH LOGIN\r\n" + kUser + kPassword, "334 334 235", "alice"},
    AuthRow{"LOGIN in lower case", "auth login\r\n" + kUser + kPassword, "334 334 235", "alice"},
    AuthRow{"LOGIN with an initial response", "AUTH LOGIN " + kUser + kPassword, "334 235", "alice"},
    AuthRow{"LOGIN with a wrong password", "AUTH LOGIN\r\n" + kUser + kUser, "334 334 535", ""},
    AuthRow{"LOGIN cancelled at the user", "AUTH LOGIN\r\n*\r\n", "334 501", ""},
    AuthRow{"LOGIN cancelled at the password", "AUTH LOGIN\r\n" + kUser + "*\r\n", "334 334 501", ""},
    AuthRow{"LOGIN without base64", "AUTH LOGIN\r\nalice@example.com\r\n", "334 501", ""},
    AuthRow{"LOGIN with a password without base64", "AUTH LOGIN\r\n" + kUser + "se cret\r\n", "334 334 501", ""},
    AuthRow{"LOGIN without padding", "AUTH LOGIN\r\nYWxpY2U\r\n", "334 501", ""},
    AuthRow{"LOGIN with an initial response that is no base64", "AUTH LOGIN alice!\r\n", "501", ""},
    AuthRow{"LOGIN with an empty password", "AUTH LOGIN\r\n" + kUser + "\r\n", "334 334 535", ""},
    AuthRow{"PLAIN", "AUTH PLAIN\r\n" + kPlainResponse + "\r\n", "334 235", "alice"},
    AuthRow{"PLAIN with an initial response", "AUTH PLAIN " + kPlainResponse + "\r\n", "235", "alice"},
    AuthRow{"PLAIN with a wrong password", "AUTH PLAIN " + core::base64_encode(std::string("\0alice\0wrong", 12)) + "\r\n",
            "535", ""},
    AuthRow{"PLAIN cancelled", "AUTH PLAIN\r\n*\r\n", "334 501", ""},
    AuthRow{"PLAIN without base64", "AUTH PLAIN\r\n\r\x01!\r\n", "334 501", ""},
    AuthRow{"PLAIN with the password as it is", "AUTH PLAIN alice:secret\r\n", "501", ""},
    AuthRow{"PLAIN cancelled as an initial response is no base64", "AUTH PLAIN *\r\n", "501", ""},
    AuthRow{"an unknown mechanism", "AUTH CRAM-MD5\r\n", "504", ""},
    AuthRow{"an unknown mechanism with an initial response", "AUTH XOAUTH2 dXNlcg==\r\n", "504", ""},
    AuthRow{"no mechanism", "AUTH\r\n", "501", ""},
    AuthRow{"twice", "AUTH PLAIN " + kPlainResponse + "\r\nAUTH PLAIN " + kPlainResponse + "\r\n", "235 503", "alice"},
    AuthRow{"twice, with EHLO between", "AUTH PLAIN " + kPlainResponse + "\r\n" + kEhlo + "AUTH LOGIN\r\n", "235 250 503",
            "alice"},
    AuthRow{"again after it failed", "AUTH LOGIN\r\n*\r\nAUTH PLAIN " + kPlainResponse + "\r\n", "334 501 235", "alice"},
    AuthRow{"in a transaction", "MAIL FROM:<a@b.c>\r\nAUTH LOGIN\r\nRCPT TO:<d@e.f>\r\n", "250 503 250", ""},
    AuthRow{"between transactions", "MAIL FROM:<a@b.c>\r\nRSET\r\nAUTH PLAIN " + kPlainResponse + "\r\n", "250 250 235",
            "alice"},
    AuthRow{"a command where a response is due", "AUTH LOGIN\r\nQUIT NOW\r\n", "334 501", ""},
    AuthRow{"mail after it", "AUTH PLAIN " + kPlainResponse + "\r\nMAIL FROM:<a@b.c>\r\n", "235 250", "alice"},
};

}  // namespace

TEST_CASE("smtp server AUTH: exchanges give the replies of RFC 4954") {
  for (const AuthRow& row : kAuthRows) {
    CAPTURE(row.name);
    Server server;
    server.say(kEhlo);
    CHECK(server.codes(row.octets) == row.codes);
    CHECK(server.state().memory().user == row.user);
    CHECK(server.state().state() != State::kAuth);
    CHECK_FALSE(server.closed());
    CHECK(server.codes("NOOP\r\n") == "250");

    Server slow;
    slow.say(kEhlo);
    std::string sent;
    for (const char c : row.octets) sent += slow.say(std::string(1, c));
    CHECK(Server::codes_of(sent) == row.codes);
  }
}

TEST_CASE("smtp server AUTH: what breaks the format of PLAIN is refused, and remarked") {
  for (const std::string& response :
       {core::base64_encode("alice:secret"), core::base64_encode("alice secret"), std::string("=")}) {
    CAPTURE(response);
    Server server;
    server.say(kEhlo);
    const std::string code = server.codes("AUTH PLAIN " + response + "\r\n");
    CHECK((code == "501" || code == "535"));
    CHECK(server.state().state() == State::kReady);
    CHECK(test::has(server.last_turn().said.remarks, RemarkKind::kAuthPlainFormat));
  }
  Server empty;
  empty.say(kEhlo);
  const std::string code = empty.codes("AUTH PLAIN\r\n\r\n");
  CHECK((code == "334 501" || code == "334 535"));
  CHECK(empty.state().state() == State::kReady);
}

TEST_CASE("smtp server AUTH: an equals sign is an empty response only behind the mechanism") {
  Server server;
  server.say(kEhlo);
  CHECK(server.codes("AUTH LOGIN\r\n=\r\n") == "334 501");
  CHECK(server.state().state() == State::kReady);
  CHECK(test::describe(server.last_turn().said.remarks) == "credentials-not-base64");
}

TEST_CASE("smtp server AUTH: a mechanism that is only there inside TLS is 538 in clear") {
  smtp::ServerConfig config = Server::with_everything();
  Server server(config);
  server.say(kEhlo);
  CHECK(server.codes("AUTH PLAIN " + kPlainResponse + "\r\n") == "538");
  CHECK(test::has(server.last_turn().said.remarks, RemarkKind::kExtensionNotOffered));
  CHECK_FALSE(server.last_turn().claim.has_value());
  CHECK(server.codes("AUTH CRAM-MD5\r\nSTARTTLS\r\n") == "504 220");
  server.secure();
  server.say(kEhlo);
  CHECK(server.codes("AUTH PLAIN " + kPlainResponse + "\r\n") == "235");

  config.extensions = smtp::Extensions::from_lines({"STARTTLS"});
  Server none(config);
  none.say(kEhlo);
  CHECK(none.codes("AUTH PLAIN\r\nAUTH CRAM-MD5\r\n") == "538 502");
}

TEST_CASE("smtp server AUTH: after so many refused logins it is 421 and the end") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.auth_attempts = 3;
  Server server(config);
  server.say(kEhlo);
  CHECK(server.codes("AUTH PLAIN d3Jvbmc=\r\nAUTH LOGIN\r\n*\r\nAUTH BOGUS\r\nAUTH LOGIN\r\n" + kUser + kUser) ==
        "501 334 501 504 334 334 535");
  CHECK(server.codes("AUTH PLAIN " + kPlainResponse + "\r\n") == "421");
  CHECK(server.closed());
  CHECK(server.state().memory().user.empty());

  Server good(config);
  good.say(kEhlo);
  CHECK(good.codes("AUTH LOGIN\r\n*\r\nAUTH LOGIN\r\n*\r\nAUTH PLAIN " + kPlainResponse + "\r\n") == "334 501 334 501 235");
}

TEST_CASE("smtp server AUTH: refused logins count on inside TLS") {
  smtp::ServerConfig config = Server::with_everything();
  config.limits.auth_attempts = 1;
  Server server(config);
  server.say(kEhlo + "AUTH LOGIN\r\n*\r\nSTARTTLS\r\n");
  server.secure();
  server.say(kEhlo);
  CHECK(server.codes("AUTH PLAIN " + kPlainResponse + "\r\n") == "421");
}

TEST_CASE("smtp server AUTH: a line has at most 12288 octets with its end (RFC 4954 §4)") {
  for (const std::size_t length : {12288U, 12289U}) {
    CAPTURE(length);
    Server server;
    server.say(kEhlo + "AUTH LOGIN\r\n");
    const std::string user(length - 2 - (length % 4), 'A');
    const std::string line = user + std::string(length - 2 - user.size(), '=') + "\r\n";
    REQUIRE(line.size() == length);
    const std::string sent = server.say(line);
    if (length == 12288) {
      CHECK(test::has(server.last_turn().said.remarks, RemarkKind::kLineTooLong) == false);
    } else {
      CHECK(sent == "500 Authentication exchange line is too long\r\n");
    }
    // An initial response makes the command as long; it is hidden when it is too long to be read.
    Server initial;
    initial.say(kEhlo);
    const std::string head = "AUTH PLAIN ";
    initial.say(head + std::string(length - head.size() - 2, 'A') + "\r\n");
    const smtp::Said& said = initial.last_turn().said;
    CHECK(test::has(said.remarks, RemarkKind::kLineTooLong) == (length > 12288));
    CHECK(core::mask(said.bytes, said.secrets).find("AAAA") == std::string::npos);
  }
}

TEST_CASE("smtp server AUTH: a line that is too long is 500 5.5.6") {
  smtp::ServerConfig config;
  config.extensions = smtp::Extensions::from_lines({"ENHANCEDSTATUSCODES", "AUTH LOGIN"});
  Server server(config);
  server.say(kEhlo + "AUTH LOGIN\r\n");
  CHECK(server.say(std::string(13000, 'A') + "\r\n").find("500 5.5.6 ") == 0);
  CHECK(server.say("*\r\n").find("500 5.5.1 ") == 0);  // the exchange is over
  CHECK(server.say("AUTH LOGIN " + std::string(13000, 'A') + "\r\n").find("500 5.5.6 ") == 0);
}

TEST_CASE("smtp server AUTH: the prompts are those of the mechanisms, in base64") {
  Server server;
  server.say(kEhlo);
  CHECK(server.say("AUTH LOGIN\r\n") == "334 VXNlcm5hbWU6\r\n");
  REQUIRE(server.last_turn().challenge.has_value());
  CHECK(server.last_turn().challenge->wants == sasl::Wants::kUser);
  CHECK(server.say(kUser) == "334 UGFzc3dvcmQ6\r\n");
  REQUIRE(server.last_turn().challenge.has_value());
  CHECK(server.last_turn().challenge->wants == sasl::Wants::kPassword);
  server.say(kPassword);
  REQUIRE(server.last_turn().claim.has_value());
  CHECK(server.last_turn().claim->user == "alice");
  CHECK(server.last_turn().claim->proves("secret"));
  CHECK_FALSE(server.last_turn().challenge.has_value());

  Server plain;
  plain.say(kEhlo);
  CHECK(plain.say("AUTH PLAIN\r\n") == "334 \r\n");
}

TEST_CASE("smtp server AUTH: a claim is refused unless somebody who knows the accounts says otherwise") {
  Server server(Server::with_auth(), [](const smtp::Turn& turn) { return turn.proposed; });
  server.say(kEhlo);
  CHECK(server.codes("AUTH PLAIN " + kPlainResponse + "\r\n") == "535");
  CHECK(server.state().memory().user.empty());
}

TEST_CASE("smtp server AUTH: passwords are secret in every turn, user names are not") {
  Server server;
  server.say(kEhlo + "AUTH LOGIN\r\n" + kUser + kPassword);
  const auto& turns = server.turns();
  REQUIRE(turns.size() == 5);
  CHECK(turns[3].said.secrets.empty());
  CHECK(core::show_masked(turns[4].said.bytes, turns[4].said.secrets) == "********␍␊");

  Server plain;
  plain.say(kEhlo + "AUTH PLAIN " + kPlainResponse + "\r\n");
  CHECK(core::show_masked(plain.last_turn().said.bytes, plain.last_turn().said.secrets) == "AUTH PLAIN ********␍␊");

  Server split;
  split.say(kEhlo + "AUTH PLAIN\r\n" + kPlainResponse + "\r\n");
  CHECK(core::show_masked(split.last_turn().said.bytes, split.last_turn().said.secrets) == "********␍␊");

  Server clear;
  clear.say(kEhlo + "AUTH LOGIN\r\n" + kUser + "my secret\r\n");
  CHECK(core::show_masked(clear.last_turn().said.bytes, clear.last_turn().said.secrets) == "********␍␊");
}

TEST_CASE("smtp server AUTH: after HELO it is 503, unless the server has that quirk") {
  Server plain;
  plain.say("HELO client.example\r\n");
  CHECK(plain.codes("AUTH LOGIN\r\n") == "503");
  CHECK(plain.last_turn().legality == smtp::Legality::kNeedsEhlo);

  smtp::ServerConfig config = Server::with_auth();
  config.state_leniency.auth_after_helo = true;
  Server quirk(config);
  quirk.say("HELO client.example\r\n");
  CHECK(quirk.codes("AUTH LOGIN\r\n" + kUser + kPassword) == "334 334 235");
  CHECK(quirk.state().memory().user == "alice");
  Server early(config);
  early.take_sent();
  CHECK(early.codes("AUTH LOGIN\r\n") == "503");
}

TEST_CASE("smtp server AUTH: what was not announced is refused") {
  smtp::ServerConfig none;
  Server without(none);
  without.say(kEhlo);
  CHECK(without.codes("AUTH LOGIN\r\n").find('5') == 0);
  CHECK(without.state().state() == State::kReady);
  CHECK(test::has(without.last_turn().said.remarks, RemarkKind::kExtensionNotOffered));

  smtp::ServerConfig login;
  login.extensions = smtp::Extensions::from_lines({"AUTH LOGIN"});
  Server only(login);
  only.say(kEhlo);
  CHECK(only.codes("AUTH PLAIN\r\n") == "504");
  CHECK(only.codes("AUTH LOGIN\r\n") == "334");
}

TEST_CASE("smtp server AUTH: a response that is too long is refused, and the session goes on") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.stream.auth_line = 1000;
  Server server(config);
  server.say(kEhlo);
  CHECK(server.codes("AUTH LOGIN\r\n" + std::string(2000, 'A') + "\r\n") == "334 500");
  CHECK(server.state().state() == State::kReady);
  CHECK(server.codes("NOOP\r\n") == "250");
}

TEST_CASE("smtp server AUTH: a scenario may prompt in its own words") {
  Server server(Server::with_auth(), [](const smtp::Turn& turn) {
    if (turn.challenge && turn.challenge->wants == sasl::Wants::kUser)
      return smtp::Reply{smtp::ReplyCode(334), {"dXNlcm5hbWU6"}};
    if (turn.claim) return smtp::Reply{smtp::ReplyCode(235), {"ok"}};
    return turn.proposed;
  });
  server.say(kEhlo);
  CHECK(server.say("AUTH LOGIN\r\n") == "334 dXNlcm5hbWU6\r\n");
  CHECK(server.codes(kUser + kPassword) == "334 235");
  CHECK(server.state().memory().user == "alice");
}

TEST_CASE("smtp server AUTH: a scenario may refuse at the prompt") {
  Server server(Server::with_auth(), [](const smtp::Turn& turn) {
    return turn.challenge ? smtp::Reply{smtp::ReplyCode(535), {"no"}} : turn.proposed;
  });
  server.say(kEhlo);
  CHECK(server.codes("AUTH LOGIN\r\nNOOP\r\n") == "535 250");
  CHECK(server.state().state() == State::kReady);
}
