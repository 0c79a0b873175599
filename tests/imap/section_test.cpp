#include "imap/section.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/imap/mailbox_of.h"

namespace {

using imap::Section;
using What = Section::What;

// Parts 1, 2 (a message with the parts 2.1 and 2.2) and 3.
const std::string kMessage =
    "Subject: s\r\nX: y\r\n folded\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\npre\r\n"
    "--b\r\n\r\none\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: in\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
    "--c\r\n\r\nc1\r\n--c\r\nContent-Type: text/html\r\n\r\nc2\r\n--c--\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: dd\r\n\r\nplain\r\n"
    "--b--\r\nepi\r\n";

// What comes, pulled to its end; its length has been told right.
std::string fetched(imap::StoredMessage& message, const Section& section, const std::optional<imap::Partial>& partial = {}) {
  const auto source = imap::open_section(message, section, partial);
  REQUIRE(source);
  const std::uint64_t size = (*source)->size();
  std::string octets;
  for (;;) {
    const auto piece = (*source)->next();
    REQUIRE(piece);
    if (piece->empty()) break;
    octets += *piece;
  }
  CHECK(octets.size() == size);
  CHECK((*source)->size() == size);
  return octets;
}

}  // namespace

TEST_CASE("imap section: each part by its number") {
  test::MailboxOf box({{kMessage}});
  struct Row {
    const char* name;
    Section section;
    std::string octets;
  };
  for (const Row& row : {
           Row{"BODY[]", {}, kMessage},
           Row{"BODY[HEADER]", {{}, What::kHeader}, kMessage.substr(0, kMessage.find("pre"))},
           Row{"BODY[TEXT]", {{}, What::kText}, kMessage.substr(kMessage.find("pre"))},
           Row{"BODY[1]", {{1}}, "one"},
           Row{"BODY[1.MIME]", {{1}, What::kMime}, "\r\n"},
           Row{"BODY[1.HEADER]", {{1}, What::kHeader}, ""},
           Row{"BODY[1.TEXT]", {{1}, What::kText}, ""},
           Row{"BODY[1.1]", {{1, 1}}, ""},
           Row{"BODY[2.MIME]", {{2}, What::kMime}, "Content-Type: message/rfc822\r\n\r\n"},
           Row{"BODY[2.HEADER]", {{2}, What::kHeader}, "Subject: in\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"},
           Row{"BODY[2.TEXT]", {{2}, What::kText}, "--c\r\n\r\nc1\r\n--c\r\nContent-Type: text/html\r\n\r\nc2\r\n--c--\r\n"},
           Row{"BODY[2.1]", {{2, 1}}, "c1"},
           Row{"BODY[2.2]", {{2, 2}}, "c2"},
           Row{"BODY[2.2.MIME]", {{2, 2}, What::kMime}, "Content-Type: text/html\r\n\r\n"},
           Row{"BODY[2.3]", {{2, 3}}, ""},
           Row{"BODY[3]", {{3}}, "Subject: dd\r\n\r\nplain"},
           Row{"BODY[3.1]", {{3, 1}}, "plain"},
           Row{"BODY[3.1.MIME]", {{3, 1}, What::kMime}, "Subject: dd\r\n\r\n"},
           Row{"BODY[3.2]", {{3, 2}}, ""},
           Row{"BODY[3.TEXT]", {{3}, What::kText}, "plain"},
           Row{"BODY[4]", {{4}}, ""},
           Row{"BODY[0]", {{0}}, ""},
           Row{"BODY[HEADER.FIELDS (subject x)]",
               {{}, What::kHeaderFields, {"subject", "x"}},
               "Subject: s\r\nX: y\r\n folded\r\n\r\n"},
           Row{"BODY[HEADER.FIELDS (nope)]", {{}, What::kHeaderFields, {"nope"}}, "\r\n"},
           Row{"BODY[HEADER.FIELDS.NOT (x)]",
               {{}, What::kHeaderFieldsNot, {"x"}},
               "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"},
           Row{"BODY[3.HEADER.FIELDS (Subject)]", {{3}, What::kHeaderFields, {"Subject"}}, "Subject: dd\r\n\r\n"},
           Row{"BODY[1.HEADER.FIELDS (Subject)]", {{1}, What::kHeaderFields, {"Subject"}}, ""},
       }) {
    CAPTURE(row.name);
    imap::StoredMessage message(box.folder(), box.entry(0));
    CHECK(fetched(message, row.section) == row.octets);
    for (const imap::Partial partial : {imap::Partial{0, 5}, {3, 4}, {2, 100'000}, {100'000, 1}}) {
      const std::string piece = partial.offset < row.octets.size() ? row.octets.substr(partial.offset, partial.size) : "";
      CHECK(fetched(message, row.section, partial) == piece);
    }
  }
}

TEST_CASE("imap section: a message that is no multipart has part 1") {
  test::MailboxOf box({{"Subject: s\r\n\r\nbody\r\n"}});
  imap::StoredMessage message(box.folder(), box.entry(0));
  CHECK(fetched(message, {{1}}) == "body\r\n");
  CHECK(fetched(message, {{1}, What::kMime}) == "Subject: s\r\n\r\n");
  CHECK(fetched(message, {{1, 1}}).empty());
  CHECK(fetched(message, {{2}}).empty());
}

TEST_CASE("imap section: what has no empty line gets none") {
  test::MailboxOf box({{"Subject: s\r\nX: y"}});
  imap::StoredMessage message(box.folder(), box.entry(0));
  CHECK(fetched(message, {{}, What::kHeaderFields, {"X"}}) == "X: y");
  CHECK(fetched(message, {{}, What::kHeaderFieldsNot, {"X"}}) == "Subject: s\r\n");
}

TEST_CASE("imap section: lines end in CRLF, and NUL is another octet") {
  test::MailboxOf box({{std::string("A: b\n\nx\0y\n", 10)}});
  imap::StoredMessage message(box.folder(), box.entry(0));
  CHECK(fetched(message, {}) == "A: b\r\n\r\nx\x80y\r\n");
  CHECK(fetched(message, {{}, What::kText}, imap::Partial{1, 2}) == "\x80y");
}

TEST_CASE("imap section: RFC822 and its kin are sections") {
  using Item = imap::FetchItem;
  CHECK(imap::section_of({.what = Item::What::kRfc822}) == Section{});
  CHECK(imap::section_of({.what = Item::What::kRfc822Header}) == Section{{}, What::kHeader});
  CHECK(imap::section_of({.what = Item::What::kRfc822Text}) == Section{{}, What::kText});
  CHECK(imap::section_of({.what = Item::What::kSection, .section = {{1, 2}, What::kMime}}) == Section{{1, 2}, What::kMime});
}

TEST_CASE("imap section: a message that has gone says so") {
  test::MailboxOf box({{"A: b\r\n\r\nx"}});
  REQUIRE(box.folder().expunge({{1}}));
  imap::StoredMessage message(box.folder(), box.entry(0));
  const auto source = imap::open_section(message, {}, {});
  REQUIRE_FALSE(source);
  CHECK(source.error().id == "message-gone");
}
