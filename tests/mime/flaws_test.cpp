#include "mime/flaws.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using mime::Flaw;

TEST_CASE("mime flaws: each is found where it is, and nowhere else") {
  using namespace std::string_literals;
  struct Row {
    const char* name;
    std::string message;
    std::vector<Flaw> flaws;
  };
  const std::string subject = "Subject: x\r\n";
  for (const Row& row : {
           Row{"in order", "From: a@b.example\r\nSubject: =?utf-8?B?5L2g5aW9?=\r\n\r\nDear Bob\r\n", {}},
           Row{"nothing", "", {}},
           Row{"no header", "just some words\r\n", {}},
           Row{"a header alone", subject, {}},
           Row{"NUL", subject + "\r\na\0b"s, {Flaw::kNulInText}},
           Row{"us-ascii over UTF-8", "Content-Type: text/plain; charset=us-ascii\r\n\r\n你好", {Flaw::kCharsetMismatch}},
           Row{"UTF-8 over Latin-1", "Content-Type: text/plain; charset=\"utf-8\"\r\n\r\nsec\xe9ret", {Flaw::kCharsetMismatch}},
           Row{"UTF-8 as it says", "Content-Type: text/plain; charset=utf-8\r\n\r\n你好", {}},
           Row{"no charset named", "Content-Type: text/plain\r\n\r\n你好", {}},
           Row{"boundary never comes",
               "Content-Type: multipart/mixed; boundary=b\r\n\r\nwords\r\n",
               {Flaw::kMultipartBoundary}},
           Row{"boundary not named", "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n", {Flaw::kMultipartBoundary}},
           Row{"boundary in two pieces",
               "Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\r\n\r\n--ab\r\n\r\nx\r\n--ab--\r\n",
               {}},
           Row{"a part in a wrong charset",
               "Content-Type: multipart/mixed;\r\n boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; "
               "charset=utf-8\r\n\r\n\xe9\r\n--b--\r\n",
               {Flaw::kCharsetMismatch}},
           Row{"no empty line", subject + "Dear Bob,\r\n", {Flaw::kNoBlankLine}},
           Row{"mailbox file", "From x Mon Jan  1 00:00:00 2024\r\n" + subject + "\r\nwords", {Flaw::kMboxFromLine}},
           Row{"From with a blank before its colon", "From : a@b.example\r\n\r\nwords", {}},
           Row{"cut", "Subject: =?utf-8?Q?=E4=BD=A0=E5=A5?= =?utf-8?Q?=BD?=\r\n\r\n", {Flaw::kEncodedWordCut}},
           Row{"address in a word", "From: =?utf-8?B?5byg5LiJPGFsaWNlQHFxLmNvbT4=?=\r\n\r\n", {Flaw::kAddressInEncodedWord}},
           Row{"address beside a word", "From: =?utf-8?B?5byg5LiJ?= <alice@qq.com>\r\n\r\n", {}},
           Row{"an @ in the name, an address beside it", "From: =?utf-8?Q?a=40b?= <alice@qq.com>\r\n\r\n", {}},
           Row{"an address in the subject", "Subject: =?utf-8?Q?a=40b?=\r\n\r\n", {}},
       }) {
    CAPTURE(row.name);
    CHECK(mime::flaws_in(row.message) == row.flaws);
  }
}
