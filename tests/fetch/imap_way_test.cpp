#include "client/fetch/imap_way.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/fetch/dialogue.h"

namespace {

using fetch::ImapWay;
using fetch::Stage;
using fetch_test::Answers;
using fetch_test::Server;
using fetch_test::Talk;
using Lines = std::vector<std::string>;

fetch::Wish imap_wish(bool starttls = false, bool in_clear = true) {
  fetch::Wish wish;
  wish.credentials.user = "alice";
  wish.credentials.password = core::Secret("the-code");
  wish.starttls = starttls;
  wish.password_in_clear = in_clear;
  return wish;
}

const Answers kImapMailbox{
    {"", "* OK hello\r\n"},
    {"CAPABILITY", "* CAPABILITY IMAP4rev1 ID\r\n$ OK\r\n"},
    {"LOGIN", "$ OK LOGIN completed\r\n"},
    {"ID", "* ID NIL\r\n$ OK ID completed\r\n"},
    {"EXAMINE", "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n$ OK [READ-ONLY] done\r\n"},
    {"UID SEARCH", "* SEARCH 4 9\r\n$ OK\r\n"},
    {"UID FETCH", "* 1 FETCH (UID 4 BODY[] {5}\r\nab\r\nc)\r\n* 2 FETCH (BODY[] {3}\r\n)\r\n UID 9)\r\n$ OK\r\n"},
    {"LOGOUT", "* BYE\r\n$ OK\r\n"},
};

Answers changed(const Answers& some) {
  Answers all = some;
  all.insert(kImapMailbox.begin(), kImapMailbox.end());
  return all;
}

const std::string kId = R"(ID ("name" "smtplab" "version" "1" "vendor" "smtplab"))";

}  // namespace

TEST_CASE("fetch imap: nothing is changed, whatever the chunks") {
  for (const std::size_t chunk : {1, 3, 1000}) {
    CAPTURE(chunk);
    ImapWay way(imap_wish());
    const Talk talk = Server(way, kImapMailbox, true, chunk).run();
    CHECK(talk.said == Lines{"CAPABILITY", R"(LOGIN "alice" "the-code")", kId, "EXAMINE INBOX", "UID SEARCH ALL",
                             "UID FETCH 9,4 (UID BODY.PEEK[])", "LOGOUT"});
    REQUIRE(talk.fetched.size() == 2);
    CHECK(talk.fetched[0].id == "7.4");
    CHECK(talk.fetched[0].octets == "ab\r\nc");
    CHECK(talk.fetched[1].id == "7.9");
    CHECK(talk.fetched[1].octets == ")\r\n");
    CHECK(way.is_over());
    CHECK_FALSE(way.outcome().stopped_at.has_value());
    CHECK(way.outcome().refused == 0);
  }
}

TEST_CASE("fetch imap: which login, and what stands around it") {
  struct Row {
    std::string name;
    Answers answers;
    bool starttls;
    bool in_clear;
    Lines said;  // the first commands
  };
  const std::vector<Row> rows{
      {"what is in the greeting is not asked for",
       changed({{"", "* OK [CAPABILITY IMAP4rev1] hi\r\n"}}),
       false,
       true,
       {R"(LOGIN "alice" "the-code")", "EXAMINE INBOX"}},
      {"who is logged in needs no login", changed({{"", "* PREAUTH hi\r\n"}}), false, false, {"CAPABILITY", "EXAMINE INBOX"}},
      {"LOGIN is disabled",
       changed({{"CAPABILITY", "* CAPABILITY LOGINDISABLED AUTH=PLAIN SASL-IR\r\n$ OK\r\n"}, {"AUTHENTICATE", "$ OK\r\n"}}),
       false,
       true,
       {"CAPABILITY", "AUTHENTICATE PLAIN AGFsaWNlAHRoZS1jb2Rl", "EXAMINE INBOX"}},
      {"without SASL-IR",
       changed({{"CAPABILITY", "* CAPABILITY LOGINDISABLED AUTH=PLAIN\r\n$ OK\r\n"},
                {"AUTHENTICATE", "+ \r\n"},
                {"AGFsaWNlAHRoZS1jb2Rl", "$ OK\r\n"}}),
       false,
       true,
       {"CAPABILITY", "AUTHENTICATE PLAIN", "AGFsaWNlAHRoZS1jb2Rl", "EXAMINE INBOX"}},
      {"CRAM-MD5 needs no TLS",
       changed({{"CAPABILITY", "* CAPABILITY AUTH=PLAIN AUTH=CRAM-MD5\r\n$ OK\r\n"},
                {"AUTHENTICATE", "+ PDE+\r\n"},
                {"YWxpY2Ug", "$ OK\r\n"}}),
       false,
       false,
       {"CAPABILITY", "AUTHENTICATE CRAM-MD5"}},
      {"STARTTLS first",
       changed({{"CAPABILITY", "* CAPABILITY STARTTLS\r\n$ OK\r\n"}, {"STARTTLS", "$ OK\r\n"}}),
       true,
       false,
       {"CAPABILITY", "STARTTLS", "CAPABILITY", R"(LOGIN "alice" "the-code")"}},
      {"no CAPABILITY",
       changed({{"CAPABILITY", "$ BAD what?\r\n"}}),
       false,
       true,
       {"CAPABILITY", R"(LOGIN "alice" "the-code")"}},
      {"ID that is not offered, and wanted all the same",
       changed({{"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n$ OK\r\n"}, {"EXAMINE", "$ NO EXAMINE Unsafe Login\r\n"}}),
       false,
       true,
       {"CAPABILITY", R"(LOGIN "alice" "the-code")", "EXAMINE INBOX", kId, "EXAMINE INBOX", "LOGOUT"}},
      {"ID that is refused is no obstacle",
       changed({{"ID", "$ BAD Parse command error\r\n"}}),
       false,
       true,
       {"CAPABILITY", R"(LOGIN "alice" "the-code")", kId, "EXAMINE INBOX"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    ImapWay way(imap_wish(row.starttls, row.in_clear));
    Talk talk = Server(way, row.answers, true, 1000).run();
    talk.said.resize(std::min(talk.said.size(), row.said.size()));
    CHECK(talk.said == row.said);
    CHECK(talk.began_tls == row.starttls);
  }
}

TEST_CASE("fetch imap: names and passwords that are no plain words") {
  fetch::Wish wish = imap_wish();
  wish.credentials.user = R"(a"b\c)";
  ImapWay quoted(wish);
  CHECK(Server(quoted, kImapMailbox, true, 1000).run().said[1] == R"(LOGIN "a\"b\\c" "the-code")");
  wish.credentials.password = core::Secret("密码");
  ImapWay literal(wish);
  const Talk talk = Server(literal, changed({{"LOGIN", "+ go on\r\n"}, {"密码", "$ OK\r\n"}}), true, 1000).run();
  CHECK(talk.said[1] == R"(LOGIN "a\"b\\c" {6})");
  CHECK(talk.said[2] == "密码");
  CHECK(talk.fetched.size() == 2);
  wish.credentials.user = "爱丽丝";
  ImapWay both(wish);
  const Talk of_both =
      Server(both, changed({{"LOGIN", "+ go on\r\n"}, {"爱丽丝", "+ go on\r\n"}, {"密码", "$ OK\r\n"}}), true, 1000).run();
  CHECK(of_both.said[1] == "LOGIN {9}");
  CHECK(of_both.said[2] == "爱丽丝 {6}");
  CHECK(of_both.said[3] == "密码");
  CHECK(of_both.fetched.size() == 2);
}

TEST_CASE("fetch imap: where it ends, and how") {
  struct Row {
    std::string name;
    Answers answers;
    Stage stage;
    std::string refusal;  // the words; empty: an error
  };
  const std::vector<Row> rows{
      {"BYE", changed({{"", "* BYE Too many connections\r\n"}}), Stage::kGreeting, "Too many connections"},
      {"QQ", changed({{"LOGIN", "$ NO Login fail. Account is abnormal\r\n"}}), Stage::kLogin,
       "Login fail. Account is abnormal"},
      {"Gmail", changed({{"LOGIN", "$ NO [ALERT] Application-specific password required: x (Failure)\r\n"}}), Stage::kLogin,
       "[ALERT] Application-specific password required: x (Failure)"},
      {"NetEase", changed({{"EXAMINE", "$ NO EXAMINE Unsafe Login. Please contact kefu@188.com for help\r\n"}}), Stage::kSelect,
       "EXAMINE Unsafe Login. Please contact kefu@188.com for help"},
      {"no list", changed({{"UID SEARCH", "$ NO SEARCH State error\r\n"}}), Stage::kList, "SEARCH State error"},
      {"BYE in the middle", changed({{"EXAMINE", "* BYE Session expired\r\n"}}), Stage::kSelect, "Session expired"},
      {"another protocol", changed({{"", "220 smtp\r\n"}}), Stage::kGreeting, ""},
      {"a tag before anything was said", changed({{"", "a1 OK hi\r\n"}}), Stage::kGreeting, ""},
      {"nonsense in between", changed({{"LOGIN", "what is this\r\n"}}), Stage::kLogin, ""},
      {"a challenge that is none",
       changed({{"CAPABILITY", "* CAPABILITY AUTH=CRAM-MD5\r\n$ OK\r\n"}, {"AUTHENTICATE", "+ !!!\r\n"}, {"*", "$ BAD\r\n"}}),
       Stage::kLogin, ""},
      {"an endless line", changed({{"EXAMINE", "* LIST " + std::string(std::size_t{17} << 20, 'x')}}), Stage::kSelect, ""},
      {"a mail of terabytes", changed({{"UID FETCH", "* 1 FETCH (UID 4 BODY[] {9999999999999}\r\n"}}), Stage::kMessage, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    ImapWay way(imap_wish());
    const Talk talk = Server(way, row.answers, true, 1 << 20).run();
    CHECK(way.is_over());
    REQUIRE(way.outcome().stopped_at.has_value());
    CHECK(*way.outcome().stopped_at == row.stage);
    if (!row.refusal.empty()) {
      REQUIRE(way.outcome().refusal.has_value());
      CHECK(way.outcome().refusal->lines.front() == row.refusal);
    } else {
      CHECK(way.outcome().error.has_value());
    }
    CHECK(talk.fetched.empty());
  }
}

TEST_CASE("fetch imap: the password goes nowhere in clear unless that is wished") {
  struct Row {
    Answers answers;
    bool starttls;
    std::string id;
    Stage stage;
  };
  const Answers with_tls = changed({{"CAPABILITY", "* CAPABILITY STARTTLS\r\n$ OK\r\n"}});
  const auto and_then = [&](const std::string& answer) {
    Answers all = with_tls;
    all["STARTTLS"] = answer;
    return all;
  };
  const std::vector<Row> rows{
      {kImapMailbox, false, "password-in-clear", Stage::kLogin},
      {kImapMailbox, true, "starttls-not-offered", Stage::kStarttls},
      {and_then("$ NO not now\r\n"), true, "starttls-refused", Stage::kStarttls},
      {and_then("$ OK\r\n* CAPABILITY AUTH=PLAIN\r\n"), true, "starttls-injection", Stage::kTls},
      {and_then("$ OK\r\n*"), true, "starttls-injection", Stage::kTls},
  };
  for (const Row& row : rows) {
    CAPTURE(row.id);
    ImapWay way(imap_wish(row.starttls, false));
    const Talk talk = Server(way, row.answers, true, 1000).run();
    for (const std::string& line : talk.said) CHECK(line.find("the-code") == std::string::npos);
    CHECK_FALSE(talk.began_tls);
    REQUIRE(way.outcome().error.has_value());
    CHECK(way.outcome().error->id == row.id);
    CHECK(way.outcome().stopped_at == row.stage);
  }
}

TEST_CASE("fetch imap: what nobody asked for, and what does not come") {
  ImapWay way(imap_wish());
  const Talk talk = Server(way,
                           changed({{"UID SEARCH", "* SEARCH 9 4 4 0\r\n* SEARCH 11\r\n* 3 EXISTS\r\n$ OK\r\n"},
                                    {"UID FETCH",
                                     "* 2 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 5 BODY[] \"no\")\r\n"
                                     "* 1 FETCH (UID 4 BODY[] \"yes\")\r\n* 1 FETCH (UID 4 BODY[] \"again\")\r\n"
                                     "* 2 FETCH (UID 9 BODY[] NIL)\r\n$ OK\r\n"}}),
                           true, 1000)
                        .run();
  CHECK(way.ids() == Lines{"7.4", "7.9", "7.11"});
  REQUIRE(talk.fetched.size() == 1);
  CHECK(talk.fetched[0].octets == "yes");
  CHECK(way.outcome().refused == 2);
  CHECK_FALSE(way.outcome().stopped_at.has_value());
}

TEST_CASE("fetch imap: many come in batches, the newest first") {
  std::string found = "* SEARCH";
  for (int uid = 1; uid <= 120; ++uid) found += " " + std::to_string(uid);
  ImapWay way(imap_wish());
  const Talk talk = Server(way, changed({{"UID SEARCH", found + "\r\n$ OK\r\n"}, {"UID FETCH", "$ NO\r\n"}}), true, 1000).run();
  CHECK(talk.said[5] == "UID FETCH 71:120 (UID BODY.PEEK[])");
  CHECK(talk.said[6] == "UID FETCH 21:70 (UID BODY.PEEK[])");
  CHECK(talk.said[7] == "UID FETCH 1:20 (UID BODY.PEEK[])");
  CHECK(way.outcome().refused == 120);
}

TEST_CASE("fetch imap: the password is marked in what is told") {
  for (const char* const capability : {"IMAP4rev1", "LOGINDISABLED AUTH=PLAIN SASL-IR", "LOGINDISABLED AUTH=LOGIN"}) {
    ImapWay way(imap_wish());
    Answers answers = changed({{"CAPABILITY", "* CAPABILITY " + std::string(capability) + "\r\n$ OK\r\n"}});
    answers["AUTHENTICATE"] = "+ VXNlcm5hbWU6\r\n";
    answers["YWxpY2U="] = "+ UGFzc3dvcmQ6\r\n";
    for (const fetch::Told& told : Server(way, answers, true, 1000).run().told) {
      const std::string shown = core::mask(told.line, told.secrets);
      CHECK(shown.find("the-code") == std::string::npos);
      CHECK(shown.find("dGhlLWNvZGU") == std::string::npos);
      CHECK(shown.find("AGFsaWNl") == std::string::npos);
    }
  }
}
