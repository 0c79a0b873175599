#include "mime/read.h"

#include <ctime>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using List = std::vector<std::string>;

// A multipart in a multipart in a …
std::string nested(std::size_t depth) {
  std::string message = "From: a@b.example\r\nMIME-Version: 1.0\r\n";
  for (std::size_t i = 0; i < depth; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    message += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
  }
  return message + "Content-Type: text/plain\r\n\r\nhello\r\n";
}

}  // namespace

TEST_CASE("mime read: fields and text come out decoded") {
  struct Row {
    const char* name;
    std::string message;
    std::string value;  // of the first field
    std::string text;
  };
  for (const Row& row : {
           Row{"plain", "Subject: Hello\r\n\r\nDear Bob\r\n", "Hello", "Dear Bob\r\n"},
           Row{"LF alone", "Subject: Hello\n\nDear Bob\n", "Hello", "Dear Bob\n"},
           Row{"folded", "Subject: one\r\n two\r\n\r\n", "one two", ""},
           Row{"encoded-words", "Subject: =?utf-8?B?5L2g5aW9?=\r\n\r\n", "你好", ""},
           Row{"base64 in GBK",
               "Subject: x\r\nContent-Type: text/plain; charset=gbk\r\nContent-Transfer-Encoding: "
               "base64\r\n\r\nxOO6w7fixrE=\r\n",
               "x", "你好封票"},
           Row{"quoted-printable",
               "Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
               "quoted-printable\r\n\r\n=E4=BD=A0=\r\n!",
               "x", "你!"},
           Row{"no header at all", "just some words\r\nand more\r\n", "", "just some words\r\nand more\r\n"},
           Row{"only a field about the content",
               "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5L2g5aW9\r\n",
               "text/plain; charset=utf-8", "你好"},
           Row{"not UTF-8", "Subject: x\r\n\r\n\xff\xfe", "x", "\xff\xfe"},
           Row{"text and an attachment",
               "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n--b\r\nContent-Type: "
               "image/png\r\n\r\nPNG\r\n--b--\r\n",
               "x", "words"},
           Row{"a message in the message",
               "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
               "Subject: y\r\n\r\nits own\r\n--b\r\n\r\nwords\r\n--b--\r\n",
               "x", "words"},
       }) {
    CAPTURE(row.name);
    const mime::Read read = mime::read(row.message);
    CHECK((read.fields.empty() ? "" : read.fields.front().value) == row.value);
    CHECK((read.texts.empty() ? "" : read.texts.front()) == row.text);
  }
  CHECK(mime::read("").fields.empty());
}

TEST_CASE("mime read: what a sender chooses cannot exhaust the reader") {
  CHECK(mime::read(nested(3)).texts == List{"hello\r\n"});
  CHECK(mime::read(nested(20'000)).fields.size() == 3);
  std::string many;
  for (std::size_t i = 0; i < mime::kMostFields + 10; ++i) many += "X: y\r\n";
  CHECK(mime::read(many + "\r\n").fields.size() == mime::kMostFields);
  CHECK(mime::read("A: b\r\n\r\n" + std::string(mime::kLongestText + 10, 'x')).texts.front().size() == mime::kLongestText);
  std::string parts = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (int i = 0; i < 200'000; ++i) parts += "--b\r\n\r\nx\r\n";
  CHECK(mime::read(parts).texts.size() < 1000);
}

TEST_CASE("mime read: a million fields are not read, in whatever part they stand, and the text behind them is") {
  std::string fields;
  for (std::size_t i = 0; i < 1'000'000; ++i) fields += "A: b\r\n";
  const auto began = std::clock();
  CHECK(mime::read("Subject: x\r\n" + fields + "\r\nhello").texts == List{"hello"});
  const std::string part = "--b\r\n" + fields.substr(0, 6000) + "\r\nx\r\n";
  std::string parts = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (int i = 0; i < 1000; ++i) parts += part;
  CHECK(mime::read(parts).texts.size() < 20);
  CHECK(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC < 3);  // of the processor; unbounded it is eighty
}

TEST_CASE("mime read: a sender does not choose how deep the reader recurses") {
  std::string groups = "From: ";
  for (int i = 0; i < 200'000; ++i) groups += "a:";
  CHECK(mime::read(groups + "\r\n\r\nx").texts == List{"x"});
  CHECK(mime::read("Content-Type: message/rfc822\r\n\r\n" + groups + "\r\n\r\nx").texts.empty());
  CHECK(mime::mailboxes_in(groups).empty());
}

TEST_CASE("mime read: the addresses of a field") {
  CHECK(mime::mailboxes_in("Alice <a@b.example>, c@d.example") == List{"a@b.example", "c@d.example"});
  CHECK(mime::mailboxes_in("").empty());
  CHECK(mime::mailboxes_in("nobody").empty());
  CHECK(mime::mailboxes_in("friends: a@b.example, c@d.example;") == List{"a@b.example", "c@d.example"});
  CHECK(mime::mailboxes_in("a@b.example (c)") == List{"a@b.example"});
  for (const char* const open : {"a@b.example (", "a@[] (\"", "[\", a@[](\"", "a@b.example (\\)", "\"(\\\"\" <a@b.example>"}) {
    CAPTURE(open);
    CHECK(mime::mailboxes_in(open).empty());  // GMime would lose memory
  }
  std::string words;
  while (words.size() < 1'000'000) words += "a,b ";
  CHECK(mime::mailboxes_in(words + "<c@d.example>").empty());  // GMime would take minutes
}

TEST_CASE("mime read: nothing is lost and nothing is made up") {
  struct Row {
    const char* name;
    std::string message;
    List texts;
  };
  using namespace std::string_literals;
  for (const Row& row : {
           Row{"NUL in the text", "Subject: x\r\n\r\nbefore\0behind"s, {"before\0behind"s}},
           Row{"us-ascii over UTF-8", "Content-Type: text/plain; charset=us-ascii\r\n\r\n你好", {"你好"}},
           Row{"us-ascii over Latin-1", "Content-Type: text/plain; charset=us-ascii\r\n\r\nsec\xe9ret", {"sec\xe9ret"}},
           Row{"us-ascii over GBK", "Content-Type: text/plain; charset=us-ascii\r\n\r\n\xc4\xe3\xba\xc3", {"你好"}},
           Row{"gbk over UTF-8 of odd length", "Content-Type: text/plain; charset=gbk\r\n\r\n你!", {"你!"}},
           Row{"a charset that is none", "Content-Type: text/plain; charset=x-none\r\n\r\n你好", {"你好"}},
           Row{"a boundary that never comes", "Content-Type: multipart/mixed; boundary=b\r\n\r\nwords\r\n", {"words\r\n"}},
           Row{"no boundary at all", "Content-Type: multipart/mixed\r\n\r\nwords\r\n", {"words\r\n"}},
           Row{"no empty line", "Subject: x\r\nDear Bob,\r\nwords\r\n", {"Dear Bob,\r\nwords\r\n"}},
           Row{"a line of a mailbox file", "From x Mon Jan  1 00:00:00 2024\r\nSubject: x\r\n\r\nwords", {"words"}},
           Row{"two parts",
               "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsec\r\n--b\r\n\r\nret\r\n--b--\r\n",
               {"sec", "ret"}},
       }) {
    CAPTURE(row.name);
    const mime::Read read = mime::read(row.message);
    CHECK(read.texts == row.texts);
  }
  const mime::Read mbox = mime::read("From x Mon Jan  1 00:00:00 2024\nSubject: y\n\n");
  REQUIRE(mbox.fields.size() == 1);
  CHECK(mbox.fields.front().value == "y");
  CHECK(mime::read("Subject: a\0b\r\n\r\n"s).fields.front().value == "a\0b"s);
  // 好 is e5 a5 bd: cut behind the second octet.
  CHECK(mime::read("Subject: =?utf-8?Q?=E4=BD=A0=E5=A5?=\r\n =?utf-8?Q?=BD?=\r\n\r\n").fields.front().value == "你好");
  CHECK(mime::read("Subject: =?utf-8?B?5L2g5aU=?= =?UTF-8?B?vQ==?= ok\r\n\r\n").fields.front().value == "你好 ok");
  CHECK(mime::read("Subject: a =?utf-8?Q?b?= c\r\n\r\n").fields.front().value == "a b c");
}

TEST_CASE("mime read: comments are no part of an address") {
  CHECK(mime::mailboxes_in("Pete(A nice \\) chap) <pete@silly.test>") == List{"pete@silly.test"});  // RFC 5322 A.5
  CHECK(mime::mailboxes_in("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;").empty());
  CHECK(mime::mailboxes_in("a@b.example (c (d) e)") == List{"a@b.example"});
}
