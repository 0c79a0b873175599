#include "imap/response.h"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "imap/response_stream.h"

namespace {

using namespace imap::response;

struct SaidRow {
  std::string name;
  std::string wire;
  Response meant;
};

Fetched mail(std::uint32_t number, std::optional<std::uint32_t> uid, std::string octets) {
  Fetched one;
  one.number = number;
  one.uid = uid;
  const std::size_t size = octets.size();
  one.message = Octets{std::move(octets), size};
  return one;
}

const std::vector<SaidRow> kSaid{
    {"a greeting", "* OK [CAPABILITY IMAP4rev1 ID] ready\r\n",
     Status{"", Condition::kOk, "CAPABILITY IMAP4rev1 ID", "ready", "[CAPABILITY IMAP4rev1 ID] ready"}},
    {"a bare one", "* OK\r\n", Status{"", Condition::kOk, "", "", ""}},
    {"PREAUTH", "* PREAUTH hello\r\n", Status{"", Condition::kPreauth, "", "hello", "hello"}},
    {"BYE", "* BYE Too many connections\r\n", Status{"", Condition::kBye, "", "Too many connections", "Too many connections"}},
    {"NetEase without ID", "a4 NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n",
     Status{"a4", Condition::kNo, "", "SELECT Unsafe Login. Please contact kefu@188.com for help",
            "SELECT Unsafe Login. Please contact kefu@188.com for help"}},
    {"a code", "A2 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\r\n",
     Status{"A2", Condition::kNo, "AUTHENTICATIONFAILED", "Invalid credentials (Failure)",
            "[AUTHENTICATIONFAILED] Invalid credentials (Failure)"}},
    {"words in small letters, LF alone", "a1 bad what\n", Status{"a1", Condition::kBad, "", "what", "what"}},
    {"a code that never ends", "a1 OK [READ-ONLY\r\n", Status{"a1", Condition::kOk, "", "[READ-ONLY", "[READ-ONLY"}},
    {"what looks like a literal and is text", "* OK see {7}\r\n", Status{"", Condition::kOk, "", "see {7}", "see {7}"}},
    {"the same behind a tag", "a1 NO {99999}\r\n", Status{"a1", Condition::kNo, "", "{99999}", "{99999}"}},
    {"go on", "+ ready for {3}\r\n", Continuation{"ready for {3}"}},
    {"go on, bare", "+\r\n", Continuation{""}},
    {"capabilities", "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n", Capabilities{{"IMAP4rev1", "STARTTLS", "AUTH=PLAIN"}}},
    {"a count", "* 23 EXISTS\r\n", Count{"EXISTS", 23}},
    {"a count in small letters", "* 1 expunge\r\n", Count{"EXPUNGE", 1}},
    {"search", "* SEARCH 2 3 6\r\n", Found{{2, 3, 6}}},
    {"search, nothing", "* SEARCH\r\n", Found{{}}},
    {"search, a blank behind it", "* SEARCH 4 \r\n", Found{{4}}},
    {"search with MODSEQ", "* SEARCH 4 (MODSEQ 9)\r\n", Found{{4}}},
    {"search, no number", "* SEARCH 4 x\r\n", Other{"SEARCH"}},
    {"search, too great a number", "* SEARCH 99999999999\r\n", Other{"SEARCH"}},
    {"list", "* LIST (\\HasNoChildren \\Sent) \"/\" \"&XfJT0ZAB-\"\r\n",
     Listed{{"\\HasNoChildren", "\\Sent"}, "/", "&XfJT0ZAB-"}},
    {"list, NIL and an atom", "* LSUB () NIL INBOX\r\n", Listed{{}, "", "INBOX"}},
    {"list, a literal", "* LIST () \"/\" {3}\r\na\"b\r\n", Listed{{}, "/", "a\"b"}},
    {"list, broken", "* LIST ( \"/\" a\r\n", Other{"LIST"}},
    {"a mail", "* 12 FETCH (UID 5 BODY[] {5}\r\nab\r\nc)\r\n", mail(12, 5, "ab\r\nc")},
    {"UID behind it", "* 12 FETCH (BODY[] {2}\r\n)( UID 5)\r\n", mail(12, 5, ")(")},
    {"a mail as RFC822", "* 1 FETCH (RFC822 {0}\r\n)\r\n", mail(1, std::nullopt, "")},
    {"a mail in quotes", "* 1 FETCH (UID 9 BODY[] \"a\\\"b\\\\\")\r\n", mail(1, 9, "a\"b\\")},
    {"literal8", "* 1 FETCH (UID 9 BODY[] ~{2}\r\n\r\n)\r\n", mail(1, 9, "\r\n")},
    {"a mail that holds what looks like its end", "* 1 FETCH (UID 9 BODY[] {21}\r\n)\r\na5 OK FETCH done\r\n)\r\n",
     mail(1, 9, ")\r\na5 OK FETCH done\r\n")},
    {"more than was asked for",
     "* 3 FETCH (FLAGS (\\Seen $x) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 44827 ENVELOPE (\"d\" NIL ((\"a\" "
     "NIL \"b\" \"c\"))) BODY[HEADER.FIELDS (TO CC)]<0> \"x\" MODSEQ (7) UID 4)\r\n",
     Fetched{3, 4, std::vector<std::string>{"\\Seen", "$x"}, 44827, "17-Jul-1996 02:44:25 -0700", std::nullopt}},
    {"no mail", "* 3 FETCH (UID 4 BODY[] NIL)\r\n", Fetched{3, 4}},
    {"too many blanks", "* 3  FETCH  ( UID  4  BODY[]  NIL )\r\n", Fetched{3, 4}},
    {"never closed", "* 3 FETCH (UID 4\r\n", Other{"3"}},
    {"UID 0", "* 3 FETCH (UID 0)\r\n", Other{"3"}},
    {"something else", "* VANISHED (EARLIER) 1:3\r\n", Other{"VANISHED"}},
    {"nothing", "* \r\n", Other{""}},
};

struct Heard {
  std::vector<Response> responses;
  bool failed = false;
};

Heard hear(const std::string& wire, std::size_t chunk) {
  Stream stream;
  Heard heard;
  for (std::size_t at = 0; at < wire.size(); at += chunk) {
    stream.receive(std::string_view(wire).substr(at, chunk));
    while (true) {
      auto response = stream.next();
      if (!response) {
        heard.failed = true;
        break;
      }
      if (!*response) break;
      heard.responses.push_back(std::move(**response));
    }
  }
  return heard;
}

}  // namespace

TEST_CASE("imap response: what is said, and what it means, in any chunking") {
  for (const SaidRow& row : kSaid) {
    CAPTURE(row.name);
    for (const std::size_t chunk : {1, 2, 3, 1000}) {
      CAPTURE(chunk);
      const Heard heard = hear(row.wire + "* 1 EXISTS\r\n", chunk);
      CHECK_FALSE(heard.failed);
      REQUIRE(heard.responses.size() == 2);
      CHECK(heard.responses.back() == Response(Count{"EXISTS", 1}));
      CHECK((heard.responses.front() == row.meant));
    }
  }
}

TEST_CASE("imap response: what is none ends the reading") {
  for (const char* const wire :
       {"+OK POP3\r\n* 1 EXISTS\r\n", "220 smtp\r\n", "a1\r\n", "a1 WHAT\r\n", " OK\r\n", "\r\n", "*\r\n", "a(1 OK x\r\n"}) {
    CAPTURE(wire);
    for (const std::size_t chunk : {1, 1000}) {
      const Heard heard = hear(wire, chunk);
      if (std::string_view(wire).starts_with("+OK")) continue;  // by its grammar "+" and words: go on
      CHECK(heard.failed);
      CHECK(heard.responses.empty());
    }
  }
}

TEST_CASE("imap response: what a server may say is bounded") {
  CHECK(hear("* 1 FETCH (BODY[] {99999999999}\r\n", 1000).failed);
  CHECK(hear("* 1 FETCH (BODY[] {99999999999999999999999999}\r\n", 1000).failed);
  CHECK(hear("* LIST () \"" + std::string(Stream::kMaxText, 'a'), 1 << 20).failed);
  std::string many = "* 1 FETCH (";
  for (std::size_t i = 0; i <= Stream::kMaxLiterals; ++i) many += "X {0}\r\n";
  CHECK(hear(many, 1000).failed);
  const std::string deep = "* 1 FETCH (X " + std::string(100'000, '(') + "\r\n";
  CHECK(hear(deep, 1 << 20).responses.front() == Response(Other{"1"}));
}

TEST_CASE("imap response: of a mail that is too large the beginning is kept") {
  Stream stream;
  const std::uint64_t size = Stream::kMaxKept + 1000;
  stream.receive("* 1 FETCH (UID 1 BODY[] {" + std::to_string(size) + "}\r\n");
  const std::string piece(1 << 20, 'x');
  for (std::uint64_t left = size; left > 0;) {
    const std::size_t here = std::min<std::uint64_t>(left, piece.size());
    stream.receive(std::string_view(piece).substr(0, here));
    CHECK_FALSE(stream.next().value().has_value());
    left -= here;
  }
  stream.receive(")\r\n");
  auto response = stream.next();
  REQUIRE(response.has_value());
  const auto& fetched = std::get<Fetched>(response->value());
  CHECK(fetched.message->size == size);
  CHECK(fetched.message->kept.size() == Stream::kMaxKept);
}

TEST_CASE("imap response: what stands in codes") {
  CHECK(capabilities_in("CAPABILITY IMAP4rev1 ID") == std::vector<std::string>{"IMAP4rev1", "ID"});
  CHECK(capabilities_in("UIDVALIDITY 1").empty());
  CHECK(number_of("UIDVALIDITY 17", "UIDVALIDITY") == 17);
  CHECK_FALSE(number_of("UIDNEXT 17", "UIDVALIDITY").has_value());
  CHECK_FALSE(number_of("UIDVALIDITY x", "UIDVALIDITY").has_value());
}
