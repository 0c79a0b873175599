#include "client/explain/pasted.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/explain/code.h"
#include "client/explain/intake.h"
#include "client/explain/said_secrets.h"
#include "client/explain/secrets.h"
#include "client/explain/tokens.h"
#include "core/show.h"

namespace {

using explain::Speaker;

std::string masked(const std::string& text) { return core::show_masked(text, explain::find_secrets(text)); }

std::string joined_tokens(const std::vector<explain::Token>& tokens) {
  std::string all;
  for (const explain::Token& token : tokens) all += (all.empty() ? "" : " ") + token.text;
  return all;
}

}  // namespace

TEST_CASE("explain: escapes of programs are undone") {
  struct Row {
    std::string text;
    std::string want;
  };
  for (const Row& row :
       {Row{R"(a\r\nb)", "a\nb"}, Row{R"(a\\nb)", "a\nb"}, Row{R"(say \"no\")", "say \"no\""}, Row{R"(\xe4\xbd\xa0)", "你"},
        Row{R"(报错 b'Error: \xc7\xeb\xca\xb9\xd3\xc3\xca\xda\xc8\xa8\xc2\xeb 535')", "报错 b'Error: 请使用授权码 535'"},
        Row{R"(\xd5^ ok, \\xc2\\xbc)", "誢 ok, ¼"}, Row{R"(\xe4\xbd\xa0hi)", "你hi"}, Row{R"(\u4f60)", "你"},
        Row{"&#39;a&#39; &lt;b&gt; &amp;", "'a' <b> &"}, Row{"a<br>b<BR/>c", "a\nb\nc"},
        Row{R"(C:\new\reports\x.py)", R"(C:\new\reports\x.py)"}, Row{R"(\x1b[31m)", R"(\x1b[31m)"}, Row{R"(\x)", R"(\x)"},
        Row{R"(\ud800)", R"(\ud800)"}, Row{"\\", "\\"}, Row{"", ""}}) {
    CAPTURE(row.text);
    CHECK(explain::unescape(row.text) == row.want);
  }
}

TEST_CASE("explain: who speaks in a line, and where the words begin") {
  struct Row {
    std::string line;
    Speaker speaker;
    std::string words;
  };
  for (const Row& row :
       {Row{"2024-05-06 07:08:09\tSERVER -> CLIENT: 220 mx", Speaker::kServer, "220 mx"},
        Row{"CLIENT -> SERVER: AUTH LOGIN", Speaker::kClient, "AUTH LOGIN"}, Row{"<** 535 no", Speaker::kServer, "535 no"},
        Row{" -> EHLO a", Speaker::kClient, "EHLO a"}, Row{"mta: 0xea6710: <<< 554 no", Speaker::kServer, "554 no"},
        Row{"S: 250 ok", Speaker::kServer, "250 ok"}, Row{"reply: b'250 ok'", Speaker::kServer, "b'250 ok'"},
        Row{"> 550 5.1.1 no", Speaker::kUnknown, "550 5.1.1 no"}, Row{"MAIL FROM:<a@b>", Speaker::kClient, "MAIL FROM:<a@b>"},
        Row{"Mail server connection failed", Speaker::kUnknown, "Mail server connection failed"},
        Row{"DATA", Speaker::kClient, "DATA"}, Row{"data not accepted", Speaker::kUnknown, "data not accepted"},
        Row{"quit: 221 Bye", Speaker::kUnknown, "quit: 221 Bye"}, Row{"", Speaker::kUnknown, ""},
        Row{"[2024-04-16T11:04:09+0200] error: no", Speaker::kUnknown, "error: no"}}) {
    CAPTURE(row.line);
    std::size_t begins = 0;
    CHECK(explain::speaker_of(row.line, begins) == row.speaker);
    CHECK(row.line.substr(begins) == row.words);
  }
}

TEST_CASE("explain: lines keep the number they had, and have bounds") {
  const auto lines = explain::read_lines("one\r\ntwo\\nhalf\nthree");
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].text == "one");
  CHECK(lines[2].text == "half");
  CHECK(lines[2].number == 2);
  CHECK(lines[3].number == 3);
  CHECK(explain::read_lines(std::string(100'000, '\n')).size() == explain::kMostLines);
  CHECK(explain::read_lines(std::string(100'000, 'x')).front().text.size() == explain::kLongestLine);
  CHECK(explain::read_lines("\xc7\xeb\xca\xb9\xd3\xc3").front().text == "请使用");
}

TEST_CASE("explain: words are compared without what stands between them") {
  CHECK(joined_tokens(explain::tokens("[SSL: WRONG_VERSION_NUMBER] wrong", 9)) == "ssl wrong version number wrong");
  CHECK(joined_tokens(explain::tokens("授权码，好", 9)) == "授 权 码 好");
  CHECK(joined_tokens(explain::tokens("a-b\xff"
                                      "c",
                                      2)) == "a b");
  CHECK(explain::without_addresses("to <bob@example.org> at 192.0.2.7 see https://a.example/b") ==
        "to <               > at           see                    ");
}

TEST_CASE("explain: what is repeated of a text has no passwords in it") {
  struct Row {
    std::string text;
    std::string want;
  };
  for (const Row& row :
       {Row{"password=hunter2 x", "password=******** x"},
        Row{"\"pass\": \"a b\"", "\"pass\": \"********\""},
        Row{"pass = 'it; x', user", "pass = '********', user"},
        Row{"密码：abc", "密码：********"},
        Row{"AUTH PLAIN AGEAYg==", "AUTH PLAIN ********"},
        Row{"smtp://me:secret@mx", "smtp://me:********@mx"},
        Row{"got AGFsaWNlAHNlY3JldA==", "got ********"},
        Row{"s.login('me', 'secret')", "s.login('me', '********')"},
        Row{"Bad username / password", "Bad username / password"},
        Row{"password=bobby", "password=********"},
        Row{"password=b'bobby'", "password=b'********'"},
        Row{"334 UGFzc3dvcmQ6", "334 UGFzc3dvcmQ6"},
        Row{"\"Password:\" in \"base64\"", "\"Password:\" in \"base64\""},
        Row{"Subject: =?utf-8?B?aGVsbG8gd29ybGQ=?=", "Subject: =?utf-8?B?aGVsbG8gd29ybGQ=?="},
        Row{"what is c2VjcmV0", "what is ********"},
        Row{"what is c2VjcmV0LXNlY3JldA", "what is ********"},
        Row{"<UserType:OutlookCom> rejected Mailbox", "<UserType:OutlookCom> rejected Mailbox"},
        Row{"AUTHPLAINAGEAYgBjZGVm", "AUTHPLAIN********"},
        Row{"auth=Bearer ya29.x; y", "auth=********; y"},
        Row{"Authorization: Bearer ya29.x", "Authorization: ********"},
        Row{"MAIL FROM:<a@b.example> AUTH=b@c.example SIZE=1", "MAIL FROM:<a@b.example> AUTH=b@c.example SIZE=1"},
        Row{"MAIL FROM:<a@b.example> AUTH=c2VjcmV0 SIZE=1", "MAIL FROM:<a@b.example> AUTH=******** SIZE=1"},
        Row{"554 DT:SPM smtp5,c24Jt0wDGGdpQAAA", "554 DT:SPM smtp5,c24Jt0wDGGdpQAAA"}}) {
    CAPTURE(row.text);
    CHECK(masked(row.text) == row.want);
  }
}

TEST_CASE("explain: a line with a login that a reply repeats is hidden, what a reply says of a login is not") {
  struct Row {
    std::string text;
    std::string want;
  };
  for (const Row& row :
       {Row{"Unknown: \"PASS a b\" here", "Unknown: \"PASS ********\" here"},
        Row{"Unknown: PASS HVKQXZDNRT", "Unknown: PASS ********"}, Row{"no 'pass sesame'", "no 'pass ********'"},
        Row{"what is a1 LOGIN alice sesame", "what is a1 LOGIN ********"}, Row{"no `AUTH sesame'", "no `AUTH ********'"},
        Row{"no <AUTHENTICATE PLAIN x>", "no <AUTHENTICATE PLAIN ********>"},
        Row{"AUTH PLAIN alice sesame", "AUTH PLAIN ********"}, Row{"what is APOP a 1f3870be", "what is APOP ********"}}) {
    CAPTURE(row.text);
    CHECK(masked(row.text) == row.want);
  }
  for (const std::string text :
       {"AUTH PLAIN is not supported", "AUTH LOGIN (or PLAIN) first", "AUTH LOGIN 失败", "AUTH PLAIN LOGIN XOAUTH2 XALIOAUTH",
        "AUTH=PLAIN AUTH=XOAUTH2", "NO LOGIN failed", "'LOGIN failed'", "AUTHENTICATE failed.", "-ERR PASS command unknown",
        "LOGIN, PLAIN", "Send AUTH LOGIN, then MAIL", "SURPASS 100 mails", "spf=PASS dkim=FAIL", "'AUTH' is not known",
        "error 'auth command rejected'", "authentication failed: bad login"}) {
    CAPTURE(text);
    CHECK(masked(text) == text);
  }
}

TEST_CASE("explain: what the client says in a pasted dialogue is hidden where a reply repeats it") {
  struct Row {
    std::string pasted;
    std::string words;
    std::string want;
  };
  for (const Row& row : {Row{"C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: Alice12\nS: 334 UGFzc3dvcmQ6\nC: Sesame12",
                             "Alice12: what is Sesame12", "Alice12: what is ********"},
                         Row{"C: AUTH LOGIN\nC: Alice12\n\nC: Sesame12", "Alice12: 'Sesame12'", "Alice12: '********'"},
                         Row{"C: AUTH LOGIN\nC: *\nC: Sesame12", "what is Sesame12", "what is ********"},
                         Row{"334 UGFzc3dvcmQ6\nSesame12\n", "what is Sesame12", "what is ********"},
                         Row{"334 UGFzc3dvcmQ6\nConnection closed\n", "Connection closed", "Connection closed"},
                         Row{"AUTH PLAIN AGFsaWNlAFNlc2FtZTEy", "VRFY Sesame12", "VRFY ********"},
                         Row{"C: AUTH PLAIN AGFsaWNlAFNlc2FtZTEy\nC: QUIT\nC: Unknown12", "Unknown12", "Unknown12"},
                         Row{"C: PASS Sesame12\nC: QUIT", "QUIT Sesame12", "QUIT ********"},
                         Row{"S: +OK\nC: PASS Sesame12\nS: -ERR", "no such user Sesame12", "no such user ********"},
                         Row{"S: +OK\nC: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC: YWxpY2U=\nS: + UGFzc3dvcmQ6\nC: U2VzYW1lMTI=",
                             "alice Sesame12", "alice ********"},
                         Row{"C: Sesame12", "Sesame12", "Sesame12"}, Row{"", "Sesame12", "Sesame12"}}) {
    CAPTURE(row.pasted);
    const auto spans = explain::find_repeated(explain::read_lines(row.pasted), row.words, explain::spoken_in(row.pasted));
    CHECK(core::show_masked(row.words, spans) == row.want);
  }
}

TEST_CASE("explain: of a long stream the beginning and the end are kept") {
  std::istringstream small("550 User unknown\n");
  const explain::Intake whole = explain::take_in(small);
  CHECK(whole.text == "550 User unknown\n");
  CHECK(whole.left_out == 0);

  std::string text = "first\n";
  while (text.size() < 3'000'000) text += "nothing to see\n";
  text += "550 User unknown\n";
  std::istringstream long_one(text);
  const explain::Intake part = explain::take_in(long_one);
  CHECK(part.text.size() <= explain::kFirstPart + explain::kLastPart + 1);
  CHECK(part.text.starts_with("first\n"));
  CHECK(part.text.ends_with("550 User unknown\n"));
  CHECK(part.text.size() - 1 + part.left_out == text.size());
  const auto lines = explain::read_lines(part.text, part.gap);
  CHECK(lines.back().number == static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  CHECK(lines[1].number == 2);
  CHECK(explain::read_lines("a\nb\n\nc", {3, 10}).back().number == 13);
  std::istringstream one_line(std::string(1'000'000, 'x') + "\nlast");
  const explain::Intake cut = explain::take_in(one_line);
  CHECK(explain::read_lines(cut.text, cut.gap).back().number == 2);
}

TEST_CASE("explain: passwords in a command line are masked") {
  using Words = std::vector<std::string>;
  CHECK(explain::without_secrets({"./client", "--password=hunter2", "--smtp-password", "hunter2", "smtp://me:hunter2@mx"}) ==
        Words{"./client", "--password=********", "--smtp-password", "********", "smtp://me:********@mx"});
  const Words harmless{"swaks", "--auth", "LOGIN", "--login", "alice", "--password", "{password}", "-p", "2525", "--token"};
  CHECK(explain::without_secrets(harmless) == harmless);
}
