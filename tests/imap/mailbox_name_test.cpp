#include "imap/mailbox_name.h"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "tests/core/chinese.h"

using imap::NameForm;
using mailbox::FolderName;

TEST_CASE("imap name: both forms, there and back") {
  struct Row {
    std::string name;
    std::string utf7;
    std::string written;  // as astring, in UTF-7
    std::string written_utf8;
  };
  for (const Row& row : {
           Row{"INBOX", "INBOX", "INBOX", "INBOX"},
           Row{"Sent Messages", "Sent Messages", "\"Sent Messages\"", "\"Sent Messages\""},
           Row{"已发送", "&XfJT0ZAB-", "&XfJT0ZAB-", "\"已发送\""},
           Row{"R&D", "R&-D", "R&-D", "R&D"},
           Row{"a.台北.日本語", "a.&U,BTFw-.&ZeVnLIqe-", "a.&U,BTFw-.&ZeVnLIqe-", "\"a.台北.日本語\""},
           Row{"a\"b", "a\"b", "\"a\\\"b\"", "\"a\\\"b\""},
       }) {
    CAPTURE(row.name);
    const auto utf8 = imap::parse_mailbox_name(row.name, NameForm::kUtf8);
    const auto utf7 = imap::parse_mailbox_name(row.utf7, NameForm::kUtf7);
    REQUIRE(utf8);
    REQUIRE(utf7);
    CHECK(*utf8 == *utf7);
    CHECK(imap::mailbox_name_text(*utf7, NameForm::kUtf7) == row.utf7);
    CHECK(imap::mailbox_name_text(*utf7, NameForm::kUtf8) == row.name);
    std::string written;
    imap::append_mailbox_name(written, *utf7, NameForm::kUtf7);
    CHECK(written == row.written);
    written.clear();
    imap::append_mailbox_name(written, *utf7, NameForm::kUtf8);
    CHECK(written == row.written_utf8);
  }
}

TEST_CASE("imap name: INBOX in any letter case") {
  for (const NameForm form : {NameForm::kUtf7, NameForm::kUtf8}) CHECK(imap::parse_mailbox_name("iNbOx", form)->is_inbox());
}

TEST_CASE("imap name: raw UTF-8 is understood without ENABLE") {
  CHECK(imap::parse_mailbox_name("草稿", NameForm::kUtf7)->text() == "草稿");
}

TEST_CASE("imap name: modified UTF-7 has one way to write a name") {
  for (const char* const name : {
           "&",                   // no end
           "a&b",                 // likewise
           "&Jjo!-",              // RFC 3501 §5.1.3: no base64
           "&U,BTFw-&ZeVnLIqe-",  // RFC 3501 §5.1.3: a superfluous shift
           "&AGE-",               // "a" stands for itself
           "&ACY-",               // & is &-
           "&XfJT0ZAB=-",         // padding
           "&XfJT0ZA-",           // half a character
           "&XfI/-",              // "/" is "," here
           "&2D0-",               // half a surrogate pair
           "&3gA-",               // the other half
           "&XfJT0ZABA-",         // octets behind the last character
           "&XfJT0ZAB-&",
           "\xE4&AOQ-",  // neither
           "&AAo-",      // a line end
       }) {
    CAPTURE(name);
    const auto parsed = imap::parse_mailbox_name(name, NameForm::kUtf7);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().blame == core::Blame::kPeer);
    test::check_chinese(parsed.error());
  }
}

TEST_CASE("imap name: no UTF-8 is no name") {
  CHECK_FALSE(imap::parse_mailbox_name("\xE4", NameForm::kUtf8));
  CHECK_FALSE(imap::parse_mailbox_name("\xE4", NameForm::kUtf7));
}

TEST_CASE("imap name: patterns of LIST") {
  struct Row {
    std::string reference;
    std::string pattern;
    std::string name;
    bool matches;
  };
  for (const Row& row : {
           Row{"", "*", "a.b.c", true},     Row{"", "%", "a", true},        Row{"", "%", "a.b", false},
           Row{"", "a.%", "a.b", true},     Row{"", "a.%", "a.b.c", false}, Row{"", "a.%", "a", false},
           Row{"a.", "%", "a.b", true},     Row{"a", ".%", "a.b", true},    Row{"", "a*", "a", true},
           Row{"", "a*c", "a.b.c", true},   Row{"", "%.%", "a.b", true},    Row{"", "%.%", "a.b.c", false},
           Row{"", "*.%", "a.b.c", true},   Row{"", "%b", "ab", true},      Row{"", "A", "a", false},
           Row{"", "inbox", "INBOX", true}, Row{"", "InB%", "INBOX", true}, Row{"", "inbox.a", "INBOX.a", true},
           Row{"", "", "a", false},         Row{"", "**%%*", "a", true},    Row{"", "&XfJT0ZAB-", "已发送", true},
           Row{"", "已*", "已发送", true},  Row{"", "R&-D", "R&D", true},
       }) {
    CAPTURE(row.reference + "|" + row.pattern + "|" + row.name);
    const auto name = FolderName::parse(row.name);
    REQUIRE(name);
    CHECK(imap::ListPattern(row.reference, row.pattern, NameForm::kUtf7).matches(*name) == row.matches);
  }
  CHECK(imap::ListPattern("", "R&D", NameForm::kUtf8).matches(*FolderName::parse("R&D")));
}

TEST_CASE("imap name: a pattern of wildcards alone takes no time") {
  std::string pattern;
  for (int i = 0; i < 2000; ++i) pattern += "*%a";
  const auto name = FolderName::parse(std::string(200, 'a'));
  const auto begin = std::chrono::steady_clock::now();
  CHECK_FALSE(imap::ListPattern("", pattern + "b", NameForm::kUtf7).matches(*name));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}
