#include "mockserver/scenario/judge.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using scenario::Judgement;
using scenario::PasswordUsed;

TEST_CASE("judge: the classic mistakes with credentials are told apart") {
  const std::vector<scenario::Account> accounts{{"alice@163.com", "CODE", "web"}, {"bob@163.com", "BOB", ""}};
  struct Row {
    const char* name;
    const char* user;
    const char* password;
    Judgement want;
    const char* authorization = "";
  };
  for (const Row& row : {
           Row{"right", "alice@163.com", "CODE", {PasswordUsed::kRight, true}},
           Row{"user names ignore case", "Alice@163.COM", "CODE", {PasswordUsed::kRight, true}},
           Row{"passwords do not", "alice@163.com", "code", {PasswordUsed::kWrong, true}},
           Row{"the web password", "alice@163.com", "web", {PasswordUsed::kWeb, true}},
           Row{"right with LF", "alice@163.com", "CODE\n", {PasswordUsed::kNewline, true}},
           Row{"right with CRLF", "alice@163.com", "CODE\r\n", {PasswordUsed::kNewline, true}},
           Row{"web with LF", "alice@163.com", "web\n", {PasswordUsed::kNewline, true}},
           Row{"two line ends are just wrong", "alice@163.com", "CODE\n\n", {PasswordUsed::kWrong, true}},
           Row{"a wrong one with LF", "alice@163.com", "x\n", {PasswordUsed::kWrong, true}},
           Row{"only a LF, where there is no web password", "bob@163.com", "\n", {PasswordUsed::kWrong, true}},
           Row{"empty", "alice@163.com", "", {PasswordUsed::kEmpty, true}},
           Row{"empty where there is no web password", "bob@163.com", "", {PasswordUsed::kEmpty, true}},
           Row{"empty of somebody unknown", "carol@163.com", "", {PasswordUsed::kEmpty, false}},
           Row{"wrong", "alice@163.com", "x", {PasswordUsed::kWrong, true}},
           Row{"the password of another", "alice@163.com", "BOB", {PasswordUsed::kWrong, true}},
           Row{"unknown user", "carol@163.com", "CODE", {PasswordUsed::kWrong, false}},
           Row{"only half of the name", "alice", "CODE", {PasswordUsed::kWrong, false}},
           Row{"no name", "", "CODE", {PasswordUsed::kWrong, false}},
           Row{"line end behind the name", "alice@163.com\n", "CODE", {PasswordUsed::kNewline, false}},
           Row{"line end behind both", "alice@163.com\r\n", "CODE\n", {PasswordUsed::kNewline, false}},
           Row{"line end behind the name, and wrong", "alice@163.com\n", "x", {PasswordUsed::kWrong, false}},
           Row{"acting as oneself", "alice@163.com", "CODE", {PasswordUsed::kRight, true}, "alice@163.com"},
           Row{"acting as another", "alice@163.com", "CODE", {PasswordUsed::kWrong, true}, "bob@163.com"},
       }) {
    CAPTURE(row.name);
    const sasl::Claim claim{row.authorization, row.user, core::Secret(row.password)};
    const Judgement got = scenario::judge(claim, accounts);
    CHECK(got.password == row.want.password);
    CHECK(got.user_known == row.want.user_known);
    CHECK(got.accepted() == (row.want == Judgement{PasswordUsed::kRight, true}));
  }
}

TEST_CASE("judge: without accounts everybody who gives a name is let in") {
  CHECK(scenario::judge({"", "anybody", core::Secret("")}, {}).accepted());
  CHECK_FALSE(scenario::judge({"", "", core::Secret("x")}, {}).accepted());
}
