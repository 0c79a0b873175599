#include "client/fetch/pop3_way.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/fetch/dialogue.h"

namespace {

using fetch::Pop3Way;
using fetch::Stage;
using fetch_test::Answers;
using fetch_test::Server;
using fetch_test::Talk;
using Lines = std::vector<std::string>;

fetch::Wish pop3_wish(bool starttls = false, bool in_clear = true) {
  fetch::Wish wish;
  wish.credentials.user = "alice";
  wish.credentials.password = core::Secret("the-code");
  wish.starttls = starttls;
  wish.password_in_clear = in_clear;
  return wish;
}

const Answers kGood{
    {"", "+OK hello\r\n"},
    {"CAPA", "+OK\r\nUSER\r\nUIDL\r\n.\r\n"},
    {"USER", "+OK\r\n"},
    {"PASS", "+OK\r\n"},
    {"UIDL", "+OK\r\n1 one\r\n2 two\r\n.\r\n"},
    {"RETR 1", "+OK\r\nSubject: 1\r\n\r\n..dot\r\n.\r\n"},
    {"RETR 2", "+OK\r\nSubject: 2\r\n\r\ntwo\r\n.\r\n"},
    {"QUIT", "+OK bye\r\n"},
};

Answers but(const Answers& changed) {
  Answers all = changed;
  all.insert(kGood.begin(), kGood.end());
  return all;
}

}  // namespace

TEST_CASE("fetch pop3: the newest first, whatever the chunks; nothing is deleted") {
  for (const std::size_t chunk : {1, 2, 7, 1000}) {
    CAPTURE(chunk);
    Pop3Way way(pop3_wish());
    const Talk talk = Server(way, kGood, false, chunk).run();
    CHECK(talk.said == Lines{"CAPA", "USER alice", "PASS the-code", "UIDL", "RETR 2", "RETR 1", "QUIT"});
    CHECK(octets_of(talk) == Lines{"Subject: 2\r\n\r\ntwo\r\n", "Subject: 1\r\n\r\n.dot\r\n"});
    REQUIRE(talk.fetched.size() == 2);
    CHECK(talk.fetched[0].id == "two");
    CHECK(way.is_over());
    CHECK_FALSE(way.outcome().stopped_at.has_value());
  }
}

TEST_CASE("fetch pop3: only what is wanted") {
  Pop3Way way(pop3_wish());
  const Talk talk = Server(way, kGood, false, 1000).run({"two"});
  CHECK(talk.said == Lines{"CAPA", "USER alice", "PASS the-code", "UIDL", "RETR 1", "QUIT"});
}

TEST_CASE("fetch pop3: which login") {
  struct Row {
    std::string name;
    Answers answers;
    bool starttls;
    bool in_clear;
    std::vector<std::string> said;  // up to the login
  };
  const std::vector<Row> rows{
      {"no CAPA", but({{"CAPA", "-ERR what?\r\n"}}), false, true, {"CAPA", "USER alice"}},
      {"PLAIN alone",
       but({{"CAPA", "+OK\r\nSASL PLAIN\r\n.\r\n"}, {"AUTH", "+OK\r\n"}}),
       false,
       true,
       {"CAPA", "AUTH PLAIN AGFsaWNlAHRoZS1jb2Rl"}},
      {"CRAM-MD5 needs no TLS",
       but({{"CAPA", "+OK\r\nUSER\r\nSASL PLAIN CRAM-MD5\r\n.\r\n"}, {"AUTH", "+ PDE+\r\n"}}),
       false,
       false,
       {"CAPA", "AUTH CRAM-MD5"}},
      {"APOP in clear",
       but({{"", "+OK <1@a>\r\n"}, {"APOP", "+OK\r\n"}}),
       false,
       false,
       {"CAPA", "APOP alice 0b01dfe2f7b8ca8bef73f0b51fd2299c"}},
      {"STLS first",
       but({{"CAPA", "+OK\r\nUSER\r\nSTLS\r\n.\r\n"}, {"STLS", "+OK\r\n"}}),
       true,
       false,
       {"CAPA", "STLS", "CAPA", "USER alice"}},
      {"STLS where CAPA is not known",
       but({{"CAPA", "-ERR\r\n"}, {"STLS", "+OK\r\n"}}),
       true,
       false,
       {"CAPA", "STLS", "CAPA", "USER alice"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pop3Way way(pop3_wish(row.starttls, row.in_clear));
    Talk talk = Server(way, row.answers, false, 1000).run();
    talk.said.resize(std::min(talk.said.size(), row.said.size()));
    CHECK(talk.said == row.said);
    CHECK(talk.began_tls == row.starttls);
  }
}

TEST_CASE("fetch pop3: where it ends, and how") {
  struct Row {
    std::string name;
    Answers answers;
    Stage stage;
    std::string refusal;  // the words
    std::string error;    // the id
  };
  const std::vector<Row> rows{
      {"no service", but({{"", "-ERR [SYS/TEMP] later\r\n"}}), Stage::kGreeting, "[SYS/TEMP] later", ""},
      {"unknown user", but({{"USER", "-ERR who?\r\n"}}), Stage::kLogin, "who?", ""},
      {"wrong password", but({{"PASS", "-ERR Unable to log on\r\n"}}), Stage::kLogin, "Unable to log on", ""},
      {"no list", but({{"UIDL", "-ERR\r\n"}, {"STAT", "-ERR no\r\n"}}), Stage::kList, "no", ""},
      {"another protocol", but({{"", "220 smtp\r\n"}}), Stage::kGreeting, "", "-"},
      {"nonsense in between", but({{"USER", "what\r\n"}}), Stage::kLogin, "", "-"},
      {"too many challenges",
       but({{"CAPA", "+OK\r\nSASL CRAM-MD5\r\n.\r\n"}, {"AUTH", "+ PDE+\r\n"}, {"YWxp", "+ PDE+\r\n"}, {"*", "-ERR\r\n"}}),
       Stage::kLogin, "", "-"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pop3Way way(pop3_wish());
    const Talk talk = Server(way, row.answers, false, 1000).run();
    CHECK(way.is_over());
    REQUIRE(way.outcome().stopped_at.has_value());
    CHECK(*way.outcome().stopped_at == row.stage);
    if (row.error.empty()) {
      REQUIRE(way.outcome().refusal.has_value());
      CHECK(way.outcome().refusal->lines.front() == row.refusal);
    } else {
      CHECK(way.outcome().error.has_value());
    }
    CHECK(std::none_of(talk.said.begin(), talk.said.end(), [](const std::string& line) { return line.starts_with("RETR"); }));
  }
}

TEST_CASE("fetch pop3: no password in clear unless that is wished, none without the TLS that is") {
  struct Row {
    Answers answers;
    bool starttls;
    std::string id;
    Stage stage;
  };
  const std::vector<Row> rows{
      {kGood, false, "password-in-clear", Stage::kLogin},
      {kGood, true, "starttls-not-offered", Stage::kStarttls},
      {but({{"CAPA", "+OK\r\nSTLS\r\n.\r\n"}, {"STLS", "-ERR no\r\n"}}), true, "starttls-refused", Stage::kStarttls},
      {but({{"CAPA", "+OK\r\nSTLS\r\n.\r\n"}, {"STLS", "+OK\r\n+OK injected\r\n"}}), true, "starttls-injection", Stage::kTls},
  };
  for (const Row& row : rows) {
    CAPTURE(row.id);
    Pop3Way way(pop3_wish(row.starttls, false));
    const Talk talk = Server(way, row.answers, false, 1000).run();
    for (const std::string& line : talk.said) CHECK(line.find("the-code") == std::string::npos);
    CHECK_FALSE(talk.began_tls);
    REQUIRE(way.outcome().error.has_value());
    CHECK(way.outcome().error->id == row.id);
    CHECK(way.outcome().stopped_at == row.stage);
  }
}

TEST_CASE("fetch pop3: servers without UIDL, and with one that is no good") {
  struct Row {
    std::string name;
    Answers answers;
    Lines ids;
  };
  const std::vector<Row> rows{
      {"none", but({{"UIDL", "-ERR\r\n"}, {"STAT", "+OK 2 99\r\n"}}), {"", ""}},
      {"one name for both", but({{"UIDL", "+OK\r\n1 one\r\n2 one\r\n.\r\n"}}), {"one", "one#2"}},
      {"gaps and rubbish", but({{"UIDL", "+OK\r\nx y\r\n0 zero\r\n1 one\r\n\r\n2 \x01\r\n.\r\n"}}), {"one", ""}},
      {"an endless line", but({{"UIDL", "+OK\r\n1 " + std::string(100'000, 'a') + "\r\n.\r\n"}}), {""}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Pop3Way way(pop3_wish());
    const Talk talk = Server(way, row.answers, false, 64).run();
    CHECK(way.ids() == row.ids);
    CHECK(talk.fetched.size() == row.ids.size());
    for (const fetch::Fetched& one : talk.fetched) CHECK_FALSE(one.id.empty());
  }
}

TEST_CASE("fetch pop3: a message that is not given is counted, the others come") {
  Pop3Way way(pop3_wish());
  const Talk talk = Server(way, but({{"RETR 2", "-ERR gone\r\n"}}), false, 1000).run();
  CHECK(octets_of(talk).size() == 1);
  CHECK(way.outcome().refused == 1);
  CHECK_FALSE(way.outcome().stopped_at.has_value());
}

TEST_CASE("fetch pop3: many are asked for at once where the server takes that") {
  Answers answers = but({{"CAPA", "+OK\r\nUSER\r\nPIPELINING\r\n.\r\n"}});
  std::string list = "+OK\r\n";
  for (int i = 1; i <= 100; ++i) list += std::to_string(i) + " id" + std::to_string(i) + "\r\n";
  answers["UIDL"] = list + ".\r\n";
  answers["RETR"] = "+OK\r\nx\r\n.\r\n";
  Pop3Way way(pop3_wish());
  const Talk talk = Server(way, answers, false, 1000).run();
  CHECK(talk.fetched.size() == 100);
  CHECK(talk.fetched.front().id == "id100");
  CHECK(talk.said.back() == "QUIT");
}

TEST_CASE("fetch pop3: the connection that is lost in the middle, and the one that closes at the end") {
  Answers answers = kGood;
  answers["RETR 2"] = "+OK\r\nhalf";
  Pop3Way way(pop3_wish());
  const Talk talk = Server(way, answers, false, 1000).run();
  CHECK(talk.fetched.empty());
  way.lost();
  CHECK(way.outcome().lost);
  CHECK(way.outcome().stopped_at == Stage::kMessage);
  answers = kGood;
  answers["QUIT"] = "";
  Pop3Way silent(pop3_wish());
  CHECK(Server(silent, answers, false, 1000).run().fetched.size() == 2);
  silent.lost();
  CHECK(silent.is_over());
  CHECK_FALSE(silent.outcome().stopped_at.has_value());
}

TEST_CASE("fetch pop3: the password is marked in what is told") {
  Pop3Way way(pop3_wish());
  for (const fetch::Told& told : Server(way, kGood, false, 1000).run().told) {
    CHECK(core::mask(told.line, told.secrets).find("the-code") == std::string::npos);
  }
}
