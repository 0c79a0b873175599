#include "dialogue/text_lines.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/dialogue/sample.h"

namespace {

using dialogue::Kind;

TEST_CASE("text lines: dialogues as RFCs print them") {
  dialogue::Event silence = test::note(Kind::kNote, "nothing came for 10 s");
  silence.remarks.push_back({smtp::RemarkKind::kMissingCrlf, {}});
  dialogue::Event failure = test::note(Kind::kClosed, "reset");
  failure.closed_by = dialogue::ClosedBy::kFailure;
  dialogue::Event expired = test::note(Kind::kClosed, "the certificate has expired");
  expired.closed_by = dialogue::ClosedBy::kFailure;
  expired.failure = "tls-expired";
  dialogue::Event dropped = test::octets(Kind::kClient, "");
  dropped.dropped = 1'000'000;
  struct Row {
    std::string name;
    dialogue::Event event;
    std::vector<std::string> lines;
  };
  const std::vector<Row> rows{
      {"a command", test::octets(Kind::kClient, "HELO a\r\n"), {"C: HELO a"}},
      {"a line that nobody reads",
       test::octets(Kind::kServer, std::string(20000, 'x') + "\r\n"),
       {"S: " + std::string(16384, 'x') + " … (3616 octets)"}},
      {"octets that were let go", dropped, {"C: (1000000 octets)"}},
      {"a reply of two lines", test::server_reply(250, {"a", "b"}), {"S: 250-a", "S: 250 b"}},
      {"a message", test::octets(Kind::kClient, "Subject: x\r\n\r\n.\r\n"), {"C: Subject: x", "C: ", "C: ."}},
      {"LF alone", test::octets(Kind::kClient, "HELO a\n"), {"C: HELO a␊"}},
      {"CR inside", test::octets(Kind::kClient, "HELO a\rb\r\n"), {"C: HELO a␍b"}},
      {"no end", test::octets(Kind::kClient, "HELO a"), {"C: HELO a (no line end)"}},
      {"hostile", test::octets(Kind::kServer, "250 \x1b[2J\x07\r\n"), {"S: 250 \\x1b[2J\\x07"}},
      {"a password", test::response_line("c2VjcmV0\r\n", true), {"C: ********"}},
      {"a password in AUTH", test::client_line("AUTH PLAIN AGEAYg==\r\n"), {"C: AUTH PLAIN ********"}},
      {"connected", test::note(Kind::kConnected, "127.0.0.1:40125"), {"-- connected: 127.0.0.1:40125"}},
      {"silence", silence, {"-- nothing came for 10 s [missing-crlf]"}},
      {"closed", test::note(Kind::kClosed, ""), {"-- closed by the server"}},
      {"failed", failure, {"-- closed by a failure: reset"}},
      {"failed, with an id", expired, {"-- closed by a failure: the certificate has expired [tls-expired]"}},
      {"secured", test::note(Kind::kSecured, "TLS 1.2, TLS-ECDHE"), {"-- secured: TLS 1.2, TLS-ECDHE"}},
      {"a hostile note", test::note(Kind::kNote, "a\nb"), {"-- a␊b"}},
      {"nothing", test::octets(Kind::kClient, ""), {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(dialogue::text_lines(row.event) == row.lines);
  }
}

TEST_CASE("text lines: secrets are shown when asked for") {
  CHECK(dialogue::text_lines(test::response_line("c2VjcmV0\r\n", true), {.show_secrets = true}) ==
        std::vector<std::string>{"C: c2VjcmV0"});
}

}  // namespace
