#include "client/send/path.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/send/pair.h"

namespace {

using send::Pair;
using send::Path;
using send::Stage;
using smtp::Input;

constexpr const char* kMessage = "Subject: hi\r\n\r\n.dot\r\n..\r\nlast\r\n";

send::Mail letter() { return {"alice@mock.example", {"bob@mock.example"}, kMessage}; }

send::Wish login() {
  send::Wish wish;
  sasl::Credentials credentials;
  credentials.user = send::kUser;
  credentials.password = core::Secret(std::string(send::kPassword));
  wish.credentials = credentials;
  return wish;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// The commands that were sent, without what follows the verb.
std::string verbs(const Pair& pair) {
  std::string text;
  for (const std::string& line : pair.trace) {
    if (line.starts_with("C: ")) text += (text.empty() ? "" : " ") + line.substr(3, line.find(' ', 3) - 3);
  }
  return text;
}

}  // namespace

TEST_CASE("path: a delivery in clear, line by line") {
  Pair pair({"PIPELINING", "SIZE 1000", "8BITMIME"});
  Path path(send::Wish{}, letter());
  pair.run(path);
  CHECK(joined(pair.trace) ==
        "S: 220 mock.example ESMTP\n"
        "C: EHLO client.example\n"
        "S: 250\n"
        "C: MAIL FROM:<alice@mock.example> SIZE=31\n"
        "S: 250 OK\n"
        "C: RCPT TO:<bob@mock.example>\n"
        "S: 250 OK\n"
        "C: DATA\n"
        "S: 354 Start mail input; end with <CRLF>.<CRLF>\n"
        "C: Subject: hi\n"
        "S: 250 OK: message accepted\n"
        "C: QUIT\n"
        "S: 221 mock.example Service closing transmission channel\n");
  CHECK(path.is_over());
  CHECK(!path.outcome().stopped_at);
  CHECK(path.outcome().delivered == std::vector<std::string>{"bob@mock.example"});
  REQUIRE(pair.messages.size() == 1);
  CHECK(pair.messages.front() == kMessage);
  for (const send::Step& step : pair.steps) {
    CAPTURE(step.bytes);
    CHECK(!step.why.en.empty());
    CHECK(!step.why.zh.empty());
    CHECK(step.bytes.ends_with("\r\n"));
  }
}

TEST_CASE("path: STARTTLS comes before the password, and EHLO is said again inside TLS") {
  Pair pair({"STARTTLS"});
  pair.config.extensions_tls = smtp::Extensions::from_lines({"AUTH PLAIN LOGIN"});
  send::Wish wish = login();
  wish.starttls = true;
  Path path(wish, letter());
  pair.run(path);
  CHECK(verbs(pair) == "EHLO STARTTLS EHLO AUTH MAIL RCPT DATA Subject: QUIT");
  CHECK(pair.trace[5] == "-- TLS");
  CHECK(pair.trace[8].starts_with("C: AUTH PLAIN "));
  CHECK(path.outcome().delivered.size() == 1);
  CHECK(std::none_of(pair.steps.begin(), pair.steps.end(), [](const send::Step& step) { return step.is_warning; }));
}

TEST_CASE("path: where the connection is in TLS from the start, STARTTLS is not asked for") {
  Pair pair({"AUTH PLAIN"});
  pair.tls_at_once = true;
  Path path(login(), letter());
  pair.run(path);
  CHECK(verbs(pair) == "EHLO AUTH MAIL RCPT DATA Subject: QUIT");
  CHECK(path.outcome().delivered.size() == 1);
}

TEST_CASE("path: every mechanism that is offered alone logs in") {
  for (const std::string mechanism : {"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"}) {
    for (const bool is_right : {true, false}) {
      CAPTURE(mechanism);
      CAPTURE(is_right);
      Pair pair({"AUTH " + mechanism});
      pair.tls_at_once = true;
      send::Wish wish = login();
      if (!is_right) wish.credentials->password = core::Secret("guess");
      Path path(wish, letter());
      pair.run(path);
      CHECK(path.is_over());
      CHECK(path.outcome().delivered.size() == (is_right ? 1U : 0U));
      if (is_right) continue;
      REQUIRE(path.outcome().stopped_at);
      CHECK(*path.outcome().stopped_at == Stage::kAuth);
      REQUIRE(path.outcome().refusals.size() == 1);
      CHECK(path.outcome().refusals.front().reply.code == "535");
      CHECK(verbs(pair).ends_with(" QUIT"));
    }
  }
}

TEST_CASE("path: the password does not go out in clear unless that was wished") {
  struct Row {
    std::string name;
    std::string offer;
    bool allowed;
    bool delivered;
    bool warned;
  };
  const std::vector<Row> rows{
      {"PLAIN and LOGIN, not allowed", "AUTH LOGIN PLAIN", false, false, false},
      {"PLAIN and LOGIN, allowed", "AUTH LOGIN PLAIN", true, true, true},
      {"LOGIN alone, allowed", "AUTH LOGIN", true, true, true},
      {"CRAM-MD5 does not show it", "AUTH LOGIN PLAIN CRAM-MD5", false, true, false},
      {"CRAM-MD5 is preferred where all would do", "AUTH LOGIN PLAIN CRAM-MD5", true, true, false},
      {"SCRAM too", "AUTH PLAIN SCRAM-SHA-256", false, true, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pair pair({row.offer});
    send::Wish wish = login();
    wish.password_in_clear = row.allowed;
    Path path(wish, letter());
    pair.run(path);
    CHECK(path.outcome().delivered.empty() != row.delivered);
    CHECK(std::any_of(pair.steps.begin(), pair.steps.end(), [](const send::Step& step) { return step.is_warning; }) ==
          row.warned);
    if (row.delivered) continue;
    CHECK(verbs(pair) == "EHLO QUIT");
    REQUIRE(path.outcome().error);
    CHECK(path.outcome().error->id == "password-in-clear");
    CHECK(path.outcome().stopped_at == Stage::kAuth);
  }
}

TEST_CASE("path: a refusal at any stage ends it there, and QUIT follows") {
  struct Row {
    std::string name;
    Input input;
    int number;  // the how-many-th of them is refused
    std::string reply;
    Stage stage;
    std::string verbs;  // all that is sent
  };
  const std::string through_mail = "EHLO STARTTLS EHLO AUTH MAIL";
  const std::vector<Row> rows{
      {"greeting", Input::kConnect, 1, "554 no service", Stage::kGreeting, "QUIT"},
      {"greeting, not now", Input::kConnect, 1, "450 come back", Stage::kGreeting, "QUIT"},
      {"EHLO for now", Input::kEhlo, 1, "450 not now", Stage::kEhlo, "EHLO QUIT"},
      {"STARTTLS", Input::kStarttls, 1, "454 4.7.0 no TLS today", Stage::kStarttls, "EHLO STARTTLS QUIT"},
      {"EHLO inside TLS", Input::kEhlo, 2, "450 not now", Stage::kEhlo, "EHLO STARTTLS EHLO QUIT"},
      {"AUTH", Input::kAuth, 1, "535 5.7.8 no", Stage::kAuth, "EHLO STARTTLS EHLO AUTH QUIT"},
      {"MAIL", Input::kMail, 1, "553 not yours", Stage::kMail, through_mail + " QUIT"},
      {"RCPT", Input::kRcpt, 1, "550 nobody here", Stage::kRcpt, through_mail + " RCPT QUIT"},
      {"DATA", Input::kData, 1, "451 no disk", Stage::kData, through_mail + " RCPT DATA QUIT"},
      {"DATA accepted wrongly", Input::kData, 1, "250 what now", Stage::kData, through_mail + " RCPT DATA QUIT"},
      {"message", Input::kMessage, 1, "554 spam", Stage::kMessage, through_mail + " RCPT DATA Subject: QUIT"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pair pair({"STARTTLS", "AUTH PLAIN"});
    pair.forced[{row.input, row.number}] = row.reply;
    send::Wish wish = login();
    wish.starttls = true;
    Path path(wish, letter());
    pair.run(path);
    CHECK(path.is_over());
    CHECK(verbs(pair) == row.verbs);
    CHECK(path.outcome().delivered.empty());
    CHECK(path.outcome().stopped_at == row.stage);
    REQUIRE(path.outcome().refusals.size() == 1);
    CHECK(path.outcome().refusals.front().stage == row.stage);
    CHECK(smtp::door().octets_of(path.outcome().refusals.front().reply) == row.reply + "\r\n");
    CHECK(path.outcome().error.has_value() == (row.stage == Stage::kStarttls));
  }
}

TEST_CASE("path: 421 at any stage means that nothing more is sent, not even QUIT") {
  for (const Input input : {Input::kConnect, Input::kEhlo, Input::kMail, Input::kRcpt, Input::kData, Input::kMessage}) {
    CAPTURE(smtp::name(input));
    Pair pair(std::vector<std::string>{});
    pair.forced[{input, 1}] = "421 4.3.2 closing";
    Path path(send::Wish{}, letter());
    pair.run(path);
    CHECK(path.is_over());
    CHECK(pair.trace.back() == "S: 421 4.3.2 closing");
    CHECK(path.outcome().stopped_at.has_value());
    CHECK(path.outcome().refusals.size() == 1);
    CHECK(path.outcome().delivered.empty());
  }
}

TEST_CASE("path: what the server does not offer stops it before anything is given away") {
  struct Row {
    std::string name;
    std::vector<std::string> offer;
    bool starttls;
    bool login;
    std::string to;
    std::string id;
    Stage stage;
  };
  const std::vector<Row> rows{
      {"no STARTTLS", {"AUTH PLAIN"}, true, true, "bob@mock.example", "starttls-not-offered", Stage::kStarttls},
      {"no AUTH", {"SIZE"}, false, true, "bob@mock.example", "auth-not-offered", Stage::kAuth},
      {"no mechanism we know", {"AUTH GSSAPI"}, false, true, "bob@mock.example", "auth-not-offered", Stage::kAuth},
      {"no SMTPUTF8", {"8BITMIME"}, false, false, "用户@mock.example", "smtputf8-not-offered", Stage::kMail},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pair pair(row.offer);
    send::Wish wish = row.login ? login() : send::Wish{};
    wish.starttls = row.starttls;
    send::Mail mail = letter();
    mail.to = {row.to};
    Path path(wish, mail);
    pair.run(path);
    CHECK(verbs(pair) == "EHLO QUIT");
    CHECK(path.outcome().stopped_at == row.stage);
    REQUIRE(path.outcome().error);
    CHECK(path.outcome().error->id == row.id);
    CHECK(path.outcome().refusals.empty());
  }
}

TEST_CASE("path: one RCPT each, and the message goes to whoever was accepted") {
  struct Row {
    std::string name;
    std::vector<int> refused;
    std::vector<std::string> delivered;
    std::string verbs;
  };
  const std::vector<Row> rows{
      {"none refused", {}, {"a@x", "b@x", "c@x"}, "EHLO MAIL RCPT RCPT RCPT DATA Subject: QUIT"},
      {"the first", {1}, {"b@x", "c@x"}, "EHLO MAIL RCPT RCPT RCPT DATA Subject: QUIT"},
      {"the last", {3}, {"a@x", "b@x"}, "EHLO MAIL RCPT RCPT RCPT DATA Subject: QUIT"},
      {"all: no DATA", {1, 2, 3}, {}, "EHLO MAIL RCPT RCPT RCPT QUIT"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pair pair(std::vector<std::string>{});
    for (const int one : row.refused) pair.forced[{Input::kRcpt, one}] = "550 5.1.1 no such user";
    send::Mail mail = letter();
    mail.to = {"a@x", "b@x", "c@x"};
    Path path(send::Wish{}, mail);
    pair.run(path);
    CHECK(verbs(pair) == row.verbs);
    CHECK(path.outcome().delivered == row.delivered);
    CHECK(path.outcome().stopped_at.has_value() == !row.refused.empty());
    REQUIRE(path.outcome().refusals.size() == row.refused.size());
    for (std::size_t i = 0; i < row.refused.size(); ++i) {
      CHECK(path.outcome().refusals[i].recipient == mail.to[static_cast<std::size_t>(row.refused[i]) - 1]);
    }
    if (!row.delivered.empty()) continue;
    CHECK(pair.steps.back().why.en.find("nobody to send the message to") != std::string::npos);
  }
}

TEST_CASE("path: a server that knows no EHLO is spoken to with HELO, without parameters") {
  Pair pair({"SIZE 1000"});
  pair.forced[{Input::kEhlo, 1}] = "502 what?";
  Path path(send::Wish{}, letter());
  pair.run(path);
  CHECK(verbs(pair) == "EHLO HELO MAIL RCPT DATA Subject: QUIT");
  CHECK(std::find(pair.trace.begin(), pair.trace.end(), "C: MAIL FROM:<alice@mock.example>") != pair.trace.end());
  CHECK(path.outcome().delivered.size() == 1);
}

TEST_CASE("path: parameters of MAIL stand there when they are needed and offered") {
  struct Row {
    std::string name;
    std::vector<std::string> offer;
    std::string from;
    std::string message;
    std::string line;
  };
  const std::string ascii = "A: b\r\n\r\nx\r\n";
  const std::string eight = "A: b\r\n\r\n\xC3\xA9\r\n";
  const std::string header = "A: \xC3\xA9\r\n\r\nx\r\n";
  const std::vector<Row> rows{
      {"nothing offered", {}, "a@x", eight, "MAIL FROM:<a@x>"},
      {"the null path", {}, "", ascii, "MAIL FROM:<>"},
      {"SIZE", {"SIZE"}, "a@x", ascii, "MAIL FROM:<a@x> SIZE=11"},
      {"8-bit", {"8BITMIME"}, "a@x", eight, "MAIL FROM:<a@x> BODY=8BITMIME"},
      {"7-bit", {"8BITMIME"}, "a@x", ascii, "MAIL FROM:<a@x>"},
      {"UTF-8 address", {"SMTPUTF8"}, "\xC3\xA9@x", ascii, "MAIL FROM:<\xC3\xA9@x> SMTPUTF8"},
      {"UTF-8 header", {"8BITMIME", "SMTPUTF8"}, "a@x", header, "MAIL FROM:<a@x> BODY=8BITMIME SMTPUTF8"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pair pair(row.offer);
    Path path(send::Wish{}, send::Mail{row.from, {"b@x"}, row.message});
    pair.run(path);
    CHECK(std::find(pair.trace.begin(), pair.trace.end(), "C: " + row.line) != pair.trace.end());
    CHECK(path.outcome().delivered.size() == 1);
  }
}

TEST_CASE("path: any message arrives as it is") {
  for (const std::string message : {"", ".\r\n", "..\r\n.\r\n", "a", "a\r\n", "\r\n.\r\n\r\n", ".a\r\nb.\r\n"}) {
    CAPTURE(message);
    Pair pair(std::vector<std::string>{});
    Path path(send::Wish{}, send::Mail{"a@x", {"b@x"}, message});
    pair.run(path);
    REQUIRE(pair.messages.size() == 1);
    CHECK(pair.messages.front() == (message.empty() || message.ends_with("\r\n") ? message : message + "\r\n"));
  }
}

TEST_CASE("path: without mail it looks, logs in where that is wished, and leaves") {
  Pair pair({"AUTH CRAM-MD5"});
  Path path(login());
  pair.run(path);
  CHECK(verbs(pair).starts_with("EHLO AUTH "));
  CHECK(verbs(pair).ends_with(" QUIT"));
  CHECK(verbs(pair).find("MAIL") == std::string::npos);
  CHECK(!path.outcome().stopped_at);
}

TEST_CASE("path: a challenge that cannot be answered is cancelled, and one too many ends the connection") {
  SUBCASE("not base64") {
    Pair pair({"AUTH LOGIN"});
    pair.tls_at_once = true;
    pair.forced[{Input::kAuth, 1}] = "334 !!!";
    Path path(login(), letter());
    pair.run(path);
    CHECK(verbs(pair) == "EHLO AUTH * QUIT");
    CHECK(path.outcome().stopped_at == Stage::kAuth);
    CHECK(path.outcome().error.has_value());
  }
  SUBCASE("it never ends") {
    const auto own = smtp::door().client(nullptr);
    protocol::ClientSession& client = *own;
    Path path(login(), letter());
    std::vector<std::string> sent;
    client.receive("220 hi\r\n");
    for (int i = 0; i < 100 && !path.is_over(); ++i) {
      for (auto reply = client.next(); reply && *reply; reply = client.next()) {
        path.answered((*reply)->answers.value_or(Input::kUnknown), (*reply)->answer);
      }
      const auto step = path.next(client);
      if (!step) break;
      sent.push_back(step->bytes);
      client.send(step->bytes);
      client.receive(sent.size() == 1 ? "250-mock\r\n250 AUTH CRAM-MD5\r\n" : "334 YQ==\r\n");
    }
    CHECK(path.is_over());
    CHECK(sent.size() < 20);
    CHECK(sent.back() == "*\r\n");
    CHECK(path.outcome().stopped_at == Stage::kAuth);
  }
}

namespace {

// Answers with these until there are none; then the connection breaks, with so many octets unsent.
send::Outcome broken(const std::vector<std::string>& answers, std::size_t unsent = 0, bool in_tls = false,
                     send::Wish wish = {}) {
  const auto own = smtp::door().client(nullptr);
  protocol::ClientSession& client = *own;
  Path path(std::move(wish), letter());
  path.connected("client.example", in_tls);
  for (const std::string& answer : answers) {
    client.receive(answer + "\r\n");
    const auto reply = client.next();
    REQUIRE(reply.has_value());
    REQUIRE(reply->has_value());
    path.answered((*reply)->answers.value_or(Input::kUnknown), (*reply)->answer);
    while (const auto step = path.next(client)) client.send(step->bytes);
  }
  path.lost(core::Error{core::Blame::kSystem, core::same("reset"), {}, {}, "reset"}, unsent);
  return path.outcome();
}

}  // namespace

TEST_CASE("path: a connection that breaks leaves the stage, and a doubt only where the whole message is out") {
  struct Row {
    std::string name;
    std::vector<std::string> answers;
    std::size_t unsent;
    Stage stage;
    bool in_doubt;
  };
  for (const Row& row : {
           Row{"before the greeting", {}, 0, Stage::kGreeting, false},
           Row{"behind EHLO", {"220 hi"}, 0, Stage::kEhlo, false},
           Row{"behind DATA", {"220 hi", "250 a", "250 b", "250 c"}, 0, Stage::kData, false},
           Row{"in the middle of the message", {"220 hi", "250 a", "250 b", "250 c", "354 d"}, 7, Stage::kMessage, false},
           Row{"behind the final dot", {"220 hi", "250 a", "250 b", "250 c", "354 d"}, 0, Stage::kMessage, true},
       }) {
    CAPTURE(row.name);
    const send::Outcome outcome = broken(row.answers, row.unsent);
    CHECK(outcome.lost);
    CHECK(outcome.stopped_at == row.stage);
    CHECK(outcome.in_doubt == row.in_doubt);
    REQUIRE(outcome.error);
    CHECK(outcome.error->id == "reset");
    CHECK(outcome.delivered.empty());
  }
}

TEST_CASE("path: no connection, no handshake and no greeting are three stages") {
  Path path(send::Wish{}, letter());
  path.lost();
  CHECK(path.outcome().stopped_at == Stage::kConnect);
  CHECK(broken({}, 0, true).stopped_at == Stage::kTls);
  Path secured(send::Wish{}, letter());
  secured.connected("client.example", true);
  secured.secured();
  secured.lost();
  CHECK(secured.outcome().stopped_at == Stage::kGreeting);
  send::Wish starttls;
  starttls.starttls = true;
  const auto own = smtp::door().client(nullptr);
  protocol::ClientSession& client = *own;
  Path later(starttls, letter());
  later.connected("client.example", false);
  for (const std::string_view answer : {"220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go on\r\n"}) {
    client.receive(answer);
    const auto reply = client.next();
    REQUIRE((reply.has_value() && reply->has_value()));
    later.answered((*reply)->answers.value_or(Input::kUnknown), (*reply)->answer);
    if (const auto step = later.next(client)) client.send(step->bytes);
  }
  CHECK(later.stage() == Stage::kTls);
  later.secured();
  CHECK(later.stage() == Stage::kEhlo);
}

TEST_CASE("path: what breaks behind a refusal or a delivery changes nothing") {
  const send::Outcome refused = broken({"220 hi", "250 a", "553 not yours"});
  CHECK_FALSE(refused.lost);
  CHECK_FALSE(refused.error.has_value());
  CHECK(refused.stopped_at == Stage::kMail);
  CHECK(refused.refusals.size() == 1);
  const send::Outcome delivered = broken({"220 hi", "250 a", "250 b", "250 c", "354 d", "250 e"});
  CHECK_FALSE(delivered.lost);
  CHECK_FALSE(delivered.stopped_at.has_value());
  CHECK(delivered.delivered.size() == 1);
}

TEST_CASE("path: the client is called as it was wished, else as the connection says") {
  for (const std::string name : {"", "me.example"}) {
    CAPTURE(name);
    send::Wish wish;
    wish.client_name = name;
    const auto own = smtp::door().client(nullptr);
    protocol::ClientSession& client = *own;
    Path path(wish, letter());
    path.connected("[192.0.2.1]", false);
    client.receive("220 hi\r\n");
    const auto reply = client.next();
    REQUIRE((reply.has_value() && reply->has_value()));
    path.answered((*reply)->answers.value_or(Input::kUnknown), (*reply)->answer);
    const auto step = path.next(client);
    REQUIRE(step);
    CHECK(step->bytes == (name.empty() ? "EHLO [192.0.2.1]\r\n" : "EHLO me.example\r\n"));
  }
}

TEST_CASE("path: every stage has a name in both languages") {
  for (int i = 0; i <= static_cast<int>(Stage::kQuit); ++i) {
    const auto stage = static_cast<Stage>(i);
    CHECK(send::name(stage, core::Language::kEnglish) == send::name(stage));
    CHECK(send::name(stage, core::Language::kChinese).find("（") != std::string::npos);
  }
}
