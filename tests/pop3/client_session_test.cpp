#include "pop3/client_session.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/show.h"
#include "tests/smtp/feed.h"

namespace {

using pop3::State;

// A client, and a server that says what the test gives it.
struct Client {
  pop3::ClientSession session;
  std::string body;  // of all answers
  std::vector<pop3::AnswerEvent> answers;
  std::string error;
  bool wants_tls = false;

  explicit Client(const std::string& greeting = "+OK ready <1@a.b>\r\n") { hear(greeting); }

  std::vector<pop3::Said> say(const std::string& octets) {
    std::vector<pop3::Said> said = session.send(octets);
    take_actions();
    return said;
  }

  void hear(std::string_view octets) {
    session.receive(octets);
    for (auto event = session.next_event();; event = session.next_event()) {
      if (!event) error = event.error().id.empty() ? "no answer" : event.error().id;
      if (!event || !*event) break;
      if (auto* const answer = std::get_if<pop3::AnswerEvent>(&**event)) answers.push_back(std::move(*answer));
      if (const auto* const piece = std::get_if<pop3::BodyEvent>(&**event)) {
        body += piece->received.octets;
        if (piece->received.is_last) body += "(end)";
      }
    }
    take_actions();
  }

  void take_actions() {
    for (const core::Action& action : session.take_actions())
      wants_tls = wants_tls || std::holds_alternative<core::StartTls>(action);
  }

  [[nodiscard]] State state() const { return session.state().state(); }
};

std::string remarks_of(const std::vector<pop3::Said>& said) {
  std::string out;
  for (const pop3::Said& one : said) {
    for (const pop3::Remark& remark : one.remarks) out += (out.empty() ? "" : " ") + std::string(remark.kind.text());
  }
  return out;
}

std::string masked(const std::vector<pop3::Said>& said) { return core::show_masked(said.front().line(), said.front().secrets); }

Client logged_in() {
  Client client;
  client.say("USER alice\r\n");
  client.hear("+OK\r\n");
  client.say("PASS secret\r\n");
  client.hear("+OK\r\n");
  return client;
}

}  // namespace

TEST_CASE("pop3 client: a whole session, however the octets are cut") {
  const std::string wire =
      "+OK ready <1@a.b>\r\n+OK\r\n+OK 2 messages\r\n+OK 2 320\r\n+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n+OK\r\nA: "
      "b\r\n\r\n..x\r\n"
      ".\r\n-ERR no such message\r\n+OK deleted\r\n+OK bye\r\n";
  test::feed_every_way(wire, [](const test::Pieces& pieces) {
    Client client("");
    client.say("USER alice\r\nPASS secret\r\nSTAT\r\nLIST\r\nRETR 1\r\nRETR 9\r\nDELE 1\r\nQUIT\r\n");
    for (const std::string_view piece : pieces) client.hear(piece);
    CHECK(client.error.empty());
    CHECK(client.answers.size() == 9);
    CHECK(client.body == "1 120\r\n2 200\r\n(end)A: b\r\n\r\n.x\r\n(end)");
    CHECK(client.state() == State::kUpdate);
    const pop3::Memory& memory = client.session.state().memory();
    CHECK(memory.user == "alice");
    CHECK(memory.messages == 2);
    CHECK(memory.octets == 320);
    CHECK(memory.retrieved == 1);
    CHECK(memory.marks == pop3::Marks{1});
    CHECK(client.session.awaited() == 0);
    return client.body;
  });
}

TEST_CASE("pop3 client: which answers go on behind their first line") {
  struct Row {
    std::string line;
    std::string answer;
    bool has_body;
  };
  for (const Row& row :
       {Row{"LIST", "+OK", true}, Row{"LIST 1", "+OK 1 120", false}, Row{"UIDL", "+OK", true}, Row{"UIDL 1", "+OK 1 x", false},
        Row{"RETR 1", "+OK", true}, Row{"RETR 1", "-ERR", false}, Row{"TOP 1 0", "+OK", true}, Row{"CAPA", "+OK", true},
        Row{"CAPA", "-ERR", false}, Row{"STAT", "+OK 1 1", false}, Row{"XTND", "+OK", false}}) {
    CAPTURE(row.line);
    Client client = logged_in();
    client.say(row.line + "\r\n");
    client.hear(row.answer + "\r\n");
    CHECK(client.answers.back().has_body == row.has_body);
    CHECK(client.session.in_body() == row.has_body);
  }
}

TEST_CASE("pop3 client: what is odd about what is sent") {
  Client client;
  CHECK(remarks_of(client.say("STAT\r\n")) == "pop3-not-logged-in");
  client.hear("-ERR\r\n");
  CHECK(remarks_of(client.say("CAPA\r\n")).empty());
  client.hear("+OK\r\nUSER\r\nUIDL\r\n.\r\n");
  REQUIRE(client.session.state().memory().capabilities);
  CHECK(remarks_of(client.say("STLS\r\n")) == "pop3-not-offered");
  client.hear("-ERR\r\n");
  CHECK(remarks_of(client.say("USER alice\r\nPASS secret\r\n")) == "all-commands-at-once");
  client.hear("+OK\r\n+OK\r\n");
  CHECK(remarks_of(client.say("STAT\r\n")).empty());
  client.hear("+OK 2 320\r\n");
  CHECK(remarks_of(client.say("RETR 3\r\n")) == "pop3-number-zero");
  client.hear("-ERR\r\n");
  client.say("DELE 1\r\n");
  client.hear("+OK\r\n");
  CHECK(remarks_of(client.say("DELE 1\r\n")) == "pop3-last-list-number-as-count");
  CHECK(remarks_of(client.say("USER " + std::string(300, 'x') + "\r\n")).find("pop3-line-too-long") != std::string::npos);

  Client early("");
  CHECK(remarks_of(early.say("CAPA\r\n")) == "speaks-before-greeting");
}

TEST_CASE("pop3 client: commands may go together where that is offered") {
  Client client;
  CHECK(client.session.may_pipeline());
  client.say("CAPA\r\n");
  CHECK_FALSE(client.session.may_pipeline());
  client.hear("+OK\r\nPIPELINING\r\nSASL PLAIN\r\n.\r\n");
  CHECK(remarks_of(client.say("NOOP\r\nNOOP\r\n")) == "pop3-not-logged-in");  // the second may find another state
  CHECK(client.session.may_pipeline());
  client.say("AUTH PLAIN\r\n");
  CHECK_FALSE(client.session.may_pipeline());
}

TEST_CASE("pop3 client: a bound on what is awaited") {
  Client client;
  std::size_t sent = 0;
  while (!client.session.is_full()) {
    client.say("NOOP\r\n");
    ++sent;
  }
  CHECK(sent == pop3::ClientSession::kMaxAwaited);
  CHECK_FALSE(client.session.may_pipeline());
}

TEST_CASE("pop3 client: passwords of an exchange are masked, and who logs in is known") {
  Client client;
  CHECK(masked(client.say("AUTH LOGIN\r\n")) == "AUTH LOGIN");
  client.hear("+ VXNlcm5hbWU6\r\n");
  CHECK(client.state() == State::kSasl);
  CHECK_FALSE(client.session.next_is_secret());
  CHECK(masked(client.say("YWxpY2U=\r\n")) == "YWxpY2U=");
  client.hear("+ UGFzc3dvcmQ6\r\n");
  CHECK(client.session.next_is_secret());
  CHECK(masked(client.say("c2VjcmV0\r\n")) == "********");
  client.hear("+OK\r\n");
  CHECK(client.session.state().memory().user == "alice");
  CHECK(client.state() == State::kTransaction);
}

TEST_CASE("pop3 client: what is sent before a login is answered is read with the answer") {
  Client client;
  client.say("AUTH PLAIN\r\n");
  const auto early = client.say("AGFsaWNlAHNlY3JldA==\r\n");
  CHECK(remarks_of(early) == "all-commands-at-once");
  CHECK(core::show_masked(early.front().bytes, early.front().secrets) == "********");
  client.hear("+ \r\n");
  CHECK(client.session.awaited() == 1);
  client.hear("+OK\r\n");
  CHECK(client.session.state().memory().user == "alice");
}

TEST_CASE("pop3 client: STLS, and octets in clear where TLS should come") {
  Client client;
  client.say("CAPA\r\n");
  client.hear("+OK\r\nSTLS\r\nUSER\r\n.\r\n");
  client.say("STLS\r\n");
  client.hear("+OK\r\n");
  CHECK(client.wants_tls);
  client.session.secured();
  CHECK(client.state() == State::kAuthorization);
  CHECK(client.session.state().memory().encrypted);
  CHECK_FALSE(client.session.state().memory().capabilities);
  CHECK(client.session.state().memory().time_stamp == "<1@a.b>");
  CHECK(remarks_of(client.say("STLS\r\n")) == "pop3-stls-in-tls");

  Client attacked;
  attacked.say("STLS\r\n");
  attacked.hear("+OK\r\n+OK injected\r\n");
  CHECK(attacked.error == "starttls-injection");
  CHECK_FALSE(attacked.wants_tls);
  CHECK(attacked.session.rejected() == "+OK injected\r\n");
}

TEST_CASE("pop3 client: what is no answer, and what nobody has asked for") {
  Client smtp("220 mail.example ESMTP\r\n");
  CHECK(smtp.error == "no answer");
  CHECK(smtp.session.rejected() == "220 mail.example ESMTP\r\n");

  Client client;
  client.hear("-ERR Disconnected for inactivity.\r\n");
  CHECK(client.answers.back().unasked);

  Client refused("-ERR [SYS/TEMP] come back later\r\n");
  CHECK(refused.state() == State::kClosed);
  CHECK(refused.answers.back().received.answer.code == "SYS/TEMP");
}

TEST_CASE("pop3 client: capabilities are bounded") {
  Client client;
  client.say("CAPA\r\n");
  client.hear("+OK\r\n");
  for (int i = 0; i < 100; ++i) client.hear(std::string(10'000, 'x') + "\r\n");
  client.hear("\r\n.\r\n");
  std::size_t kept = 0;
  for (const std::string& line : client.session.state().memory().capabilities->lines()) kept += line.size();
  CHECK(kept <= pop3::ClientSession::kMaxCapabilities);
}
