#include "smtp/address.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/domain.h"
#include "core/show.h"
#include "tests/core/chinese.h"
#include "tests/smtp/describe.h"

namespace {

constexpr smtp::PathKind kReverse = smtp::PathKind::kReverse;
constexpr smtp::PathKind kForward = smtp::PathKind::kForward;

struct Good {
  std::string name;
  std::string text;
  std::string local_part;
  std::string domain;
};

const std::array kMailboxes{
    Good{"a plain one", "alice@example.com", "alice", "example.com"},
    Good{"the shortest", "a@b", "a", "b"},
    Good{"dots in the local part", "a.b.c@d.e", "a.b.c", "d.e"},
    Good{"every character of atext", "!#$%&'*+-/=?^_`{|}~@x", "!#$%&'*+-/=?^_`{|}~", "x"},
    Good{"a number of QQ", "12345678@qq.com", "12345678", "qq.com"},
    Good{"letter case is kept", "Alice@Example.COM", "Alice", "Example.COM"},
    Good{"a hyphen inside a label", "a@b-c.d--e", "a", "b-c.d--e"},
    Good{"a label of digits", "alice@163.com", "alice", "163.com"},
    Good{"a domain of digits", "a@1.2.3.4", "a", "1.2.3.4"},
    Good{"an international domain in ASCII", "a@xn--fiqs8s", "a", "xn--fiqs8s"},
    Good{"a quoted local part", "\"alice\"@b", "\"alice\"", "b"},
    Good{"a space in quotes", "\"a b\"@c", "\"a b\"", "c"},
    Good{"an at sign in quotes", "\"a@b\"@c", "\"a@b\"", "c"},
    Good{"a dot at the start, in quotes", "\".a\"@c", "\".a\"", "c"},
    Good{"brackets, comma and colon in quotes", "\"<a,b:c>\"@d", "\"<a,b:c>\"", "d"},
    Good{"a quoted quote", "\"a\\\"b\"@c", "\"a\\\"b\"", "c"},
    Good{"a quoted backslash", "\"a\\\\\"@c", "\"a\\\\\"", "c"},
    Good{"a quoted letter", "\"\\a\"@c", "\"\\a\"", "c"},
    Good{"empty quotes", "\"\"@c", "\"\"", "c"},
    Good{"an IPv4 literal", "a@[192.0.2.1]", "a", "[192.0.2.1]"},
    Good{"an IPv6 literal", "a@[IPv6:2001:db8::1]", "a", "[IPv6:2001:db8::1]"},
    Good{"a tagged literal", "a@[x400:c=de]", "a", "[x400:c=de]"},
};

struct Bad {
  std::string name;
  std::string text;
};

const std::array kNoMailboxes{
    Bad{"nothing", ""},
    Bad{"an at sign", "@"},
    Bad{"no domain", "alice"},
    Bad{"an empty domain", "alice@"},
    Bad{"an empty local part", "@example.com"},
    Bad{"two at signs together", "a@@b"},
    Bad{"two at signs", "a@b@c"},
    Bad{"a dot at the start", ".a@b"},
    Bad{"a dot before the at sign", "a.@b"},
    Bad{"two dots together", "a..b@c"},
    Bad{"a space in the local part", "a b@c"},
    Bad{"a space in the domain", "a@b c"},
    Bad{"a space at the start", " a@b"},
    Bad{"a space at the end", "a@b "},
    Bad{"a tab", "a\t@b"},
    Bad{"a comma", "a,b@c"},
    Bad{"a colon", "a:b@c"},
    Bad{"a semicolon", "a;b@c"},
    Bad{"brackets around", "<a@b>"},
    Bad{"parentheses", "a(b)@c"},
    Bad{"square brackets in the local part", "a[b]@c"},
    Bad{"a backslash without quotes", "a\\b@c"},
    Bad{"a quote inside", "a\"b@c"},
    Bad{"an open quote", "\"a@b"},
    Bad{"text behind the quotes", "\"a\"b@c"},
    Bad{"text before the quotes", "a\"b\"@c"},
    Bad{"quotes in a dot string", "a.\"b\"@c"},
    Bad{"the closing quote is quoted", "\"a\\\"@b"},
    Bad{"a backslash at the end", "\"a\\"},
    Bad{"a control character in quotes", "\"a\x01\"@b"},
    Bad{"a quoted control character", "\"a\\\x01\"@b"},
    Bad{"a line end in quotes", "\"a\r\n\"@b"},
    Bad{"a NUL", std::string("a\0@b", 4)},
    Bad{"DEL", "a\x7f@b"},
    Bad{"a hyphen at the start of a label", "a@-b"},
    Bad{"a hyphen at the end of a label", "a@b-.c"},
    Bad{"a hyphen at the end", "a@b-"},
    Bad{"a dot at the start of the domain", "a@.b"},
    Bad{"a dot at the end of the domain", "a@b."},
    Bad{"two dots in the domain", "a@b..c"},
    Bad{"an underscore in the domain", "a@b_c"},
    Bad{"a literal that is not closed", "a@[192.0.2.1"},
    Bad{"a literal with text behind it", "a@[192.0.2.1]x"},
    Bad{"a literal that is no address", "a@[999.0.2.1]"},
    Bad{"an empty literal", "a@[]"},
    Bad{"an octet above 127 in the local part", "\xe5\xbc\xa0@b"},
    Bad{"an octet above 127 in the domain", "a@\xe5\xbc\xa0"},
    Bad{"an octet above 127 in quotes", "\"\xe5\xbc\xa0\"@b"},
};

struct Literal {
  std::string name;
  std::string text;
  bool is_one;
};

const std::array kLiterals{
    Literal{"IPv4", "[192.0.2.1]", true},
    Literal{"the lowest", "[0.0.0.0]", true},
    Literal{"the highest", "[255.255.255.255]", true},
    Literal{"too high", "[192.0.2.256]", false},
    Literal{"three numbers", "[192.0.2]", false},
    Literal{"five numbers", "[1.2.3.4.5]", false},
    Literal{"an empty number", "[1..2.3]", false},
    Literal{"a dot behind", "[1.2.3.4.]", false},
    Literal{"four digits", "[1.2.3.0004]", false},
    Literal{"a huge number", "[1.2.3.99999999999999999999]", false},
    Literal{"a sign", "[1.2.3.+4]", false},
    Literal{"spaces inside", "[ 1.2.3.4 ]", false},
    Literal{"no brackets", "192.0.2.1", false},
    Literal{"not closed", "[192.0.2.1", false},
    Literal{"not opened", "192.0.2.1]", false},
    Literal{"closed twice", "[192.0.2.1]]", false},
    Literal{"empty", "[]", false},
    Literal{"nothing", "", false},
    Literal{"a bracket", "[", false},
    Literal{"a name", "[example.com]", false},
    Literal{"IPv6 written out", "[IPv6:2001:db8:0:0:0:0:0:1]", true},
    Literal{"IPv6 shortened", "[IPv6:2001:db8::1]", true},
    Literal{"the tag in lower case", "[ipv6:2001:db8::1]", true},
    Literal{"the loopback", "[IPv6:::1]", true},
    Literal{"all zeros", "[IPv6:::]", true},
    Literal{"shortened at the end", "[IPv6:2001:db8::]", true},
    Literal{"hexadecimal in both cases", "[IPv6:ABCD:ef01::]", true},
    Literal{"six groups and ::", "[IPv6:1:2:3::4:5:6]", true},
    Literal{"seven groups and ::", "[IPv6:1:2:3:4::5:6:7]", false},
    Literal{"eight groups and ::", "[IPv6:1:2:3:4::5:6:7:8]", false},
    Literal{"seven groups", "[IPv6:1:2:3:4:5:6:7]", false},
    Literal{"nine groups", "[IPv6:1:2:3:4:5:6:7:8:9]", false},
    Literal{":: twice", "[IPv6:1::2::3]", false},
    Literal{"three colons", "[IPv6:1:::2]", false},
    Literal{"a group of five digits", "[IPv6:12345::1]", false},
    Literal{"a letter that is no digit", "[IPv6:g::1]", false},
    Literal{"a colon at the start", "[IPv6:1]", false},
    Literal{"a lone colon before a group", "[IPv6::1]", false},
    Literal{"a colon at the end", "[IPv6:1:2:3:4:5:6:7:]", false},
    Literal{"nothing behind the tag", "[IPv6:]", false},
    Literal{"a tag that nobody registered", "[2001:db8::1]", true},
    Literal{"a tail of IPv4", "[IPv6:::ffff:192.0.2.1]", true},
    Literal{"six groups and a tail of IPv4", "[IPv6:1:2:3:4:5:6:192.0.2.1]", true},
    Literal{"seven groups and a tail of IPv4", "[IPv6:1:2:3:4:5:6:7:192.0.2.1]", false},
    Literal{"five groups and a tail of IPv4", "[IPv6:1:2:3:4:5:192.0.2.1]", false},
    Literal{"a bad tail of IPv4", "[IPv6:::ffff:192.0.2.256]", false},
    Literal{"IPv4 under the tag of IPv6", "[IPv6:192.0.2.1]", false},
    Literal{"another tag", "[x400:c=de]", true},
    Literal{"another tag, no content", "[x400:]", false},
    Literal{"no tag", "[:content]", false},
    Literal{"a space in the content", "[tag:a b]", false},
    Literal{"a bracket in the content", "[tag:a[b]", false},
    Literal{"a backslash in the content", "[tag:a\\b]", false},
    Literal{"a tag that ends in a hyphen", "[tag-:a]", false},
    Literal{"an octet above 127", "[tag:\xe9]", false},
};

// What parse_path made of an argument: "<a@b> 5 (remarks)" or "no (remarks)".
std::string read_path(std::string_view argument, smtp::PathKind kind = kReverse, smtp::PathLeniency leniency = {}) {
  std::vector<smtp::Remark> remarks;
  const auto parsed = smtp::parse_path(argument, kind, leniency, remarks);
  if (!parsed) {
    CHECK(parsed.error().blame == core::Blame::kPeer);
    CHECK_FALSE(parsed.error().text.en.empty());
    CHECK(core::show_bytes(parsed.error().text.en) == parsed.error().text.en);
    test::check_chinese(parsed.error());
    CHECK(test::spans_fit(remarks, argument.size()));
    return "no (" + test::describe(remarks) + ")";
  }
  CHECK(test::spans_fit(remarks, argument.size()));
  CHECK(parsed->length <= argument.size());
  return parsed->path.text() + " " + std::to_string(parsed->length) + " (" + test::describe(remarks) + ")";
}

struct PathRow {
  std::string name;
  std::string argument;
  std::string read;
};

}  // namespace

TEST_CASE("smtp address: mailboxes of the grammar are taken apart and put together again") {
  for (const Good& row : kMailboxes) {
    CAPTURE(row.name);
    const auto mailbox = smtp::Mailbox::parse(row.text);
    REQUIRE(mailbox.has_value());
    CHECK(mailbox->local_part() == row.local_part);
    CHECK(mailbox->domain() == row.domain);
    CHECK(mailbox->text() == row.text);
    CHECK(mailbox->same_as(*mailbox));
    CHECK(read_path("<" + row.text + ">") == "<" + row.text + "> " + std::to_string(row.text.size() + 2) + " ()");
  }
}

TEST_CASE("smtp address: what the grammar forbids is no mailbox, and no path either") {
  for (const Bad& row : kNoMailboxes) {
    CAPTURE(row.name);
    const auto mailbox = smtp::Mailbox::parse(row.text);
    REQUIRE_FALSE(mailbox.has_value());
    CHECK(mailbox.error().blame == core::Blame::kPeer);
    CHECK_FALSE(mailbox.error().text.en.empty());
    CHECK(core::show_bytes(mailbox.error().text.en) == mailbox.error().text.en);
    CHECK(core::show_bytes(mailbox.error().place.en) == mailbox.error().place.en);
    if (!row.text.empty()) CHECK(read_path("<" + row.text + ">").find("no (") == 0);
  }
}

TEST_CASE("smtp address: octets above 127 need SMTPUTF8, and must be UTF-8 then") {
  CHECK(smtp::Mailbox::parse("张三@例子.中国", true).has_value());
  CHECK(smtp::Mailbox::parse("\"张 三\"@b", true).has_value());
  CHECK_FALSE(smtp::Mailbox::parse("\xff@b", true).has_value());
  CHECK_FALSE(smtp::Mailbox::parse("a@\xe4\xbd", true).has_value());
  CHECK_FALSE(smtp::Mailbox::parse("张三@b").has_value());
  CHECK(read_path("<张三@b>", kReverse, {false, true}) == "<张三@b> 10 ()");
  CHECK(read_path("<张三@b>").find("non-ascii-address") != std::string::npos);
}

TEST_CASE("smtp address: literals are those of RFC 5321 §4.1.3") {
  for (const Literal& row : kLiterals) {
    CAPTURE(row.name);
    CAPTURE(row.text);
    CHECK(smtp::is_address_literal(row.text) == row.is_one);
    CHECK(smtp::Mailbox::parse("a@" + row.text).has_value() == (row.is_one || row.text == "192.0.2.1"));
  }
}

TEST_CASE("smtp address: domains are letters, digits and hyphens between dots") {
  const std::array rows{
      Literal{"one label", "localhost", true},
      Literal{"two labels", "a.b", true},
      Literal{"one letter", "a", true},
      Literal{"digits", "163.com", true},
      Literal{"a hyphen", "a-b.c", true},
      Literal{"nothing", "", false},
      Literal{"a dot", ".", false},
      Literal{"a dot before", ".a", false},
      Literal{"a dot behind", "a.", false},
      Literal{"two dots", "a..b", false},
      Literal{"a hyphen before", "-a", false},
      Literal{"a hyphen behind", "a-", false},
      Literal{"a hyphen before a dot", "a-.b", false},
      Literal{"a space", "a b", false},
      Literal{"an underscore", "a_b", false},
      Literal{"an at sign", "a@b", false},
      Literal{"a slash", "a/b", false},
      Literal{"a NUL", std::string("a\0", 2), false},
      Literal{"an octet above 127", "\xe9.b", false},
      Literal{"a literal", "[192.0.2.1]", false},
  };
  for (const Literal& row : rows) {
    CAPTURE(row.name);
    CHECK(core::is_domain(row.text) == row.is_one);
  }
}

TEST_CASE("smtp address: the same mailbox may be written in several ways") {
  struct Same {
    std::string a;
    std::string b;
    bool same;
  };
  const std::array rows{
      Same{"a@b.c", "a@B.C", true},
      Same{"\"a\"@b", "a@b", true},
      Same{"\"\\a\"@b", "a@b", true},
      Same{"\"a\\ b\"@c", "\"a b\"@c", true},
      Same{"A@b", "a@b", false},
      Same{"a@b", "a@c", false},
      Same{"\"a b\"@c", "\"a  b\"@c", false},
      Same{"a@[IPv6:AB::1]", "a@[ipv6:ab::1]", true},
      Same{"\"a\\\\\"@b", "\"a\\\"\"@b", false},
  };
  for (const Same& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    const auto a = smtp::Mailbox::parse(row.a);
    const auto b = smtp::Mailbox::parse(row.b);
    REQUIRE(a.has_value());
    REQUIRE(b.has_value());
    CHECK(a->same_as(*b) == row.same);
    CHECK(b->same_as(*a) == row.same);
  }
}

TEST_CASE("smtp path: a path ends at its bracket") {
  const std::array rows{
      PathRow{"an address", "<a@b>", "<a@b> 5 ()"},
      PathRow{"parameters follow", "<a@b> SIZE=1", "<a@b> 5 ()"},
      PathRow{"the null path", "<>", "<> 2 ()"},
      PathRow{"the null path and parameters", "<> BODY=8BITMIME", "<> 2 ()"},
      PathRow{"a bracket in quotes", "<\"a>b\"@c>", "<\"a>b\"@c> 9 ()"},
      PathRow{"a literal", "<a@[192.0.2.1]>", "<a@[192.0.2.1]> 15 ()"},
      PathRow{"a source route", "<@a.b:c@d>", "<c@d> 10 (source-route)"},
      PathRow{"a source route of two", "<@a.b,@e.f:c@d>", "<c@d> 15 (source-route)"},
      PathRow{"a source route through a literal", "<@[192.0.2.1]:c@d>", "<c@d> 18 (source-route)"},
  };
  for (const PathRow& row : rows) {
    CAPTURE(row.name);
    CHECK(read_path(row.argument) == row.read);
  }
}

TEST_CASE("smtp path: a broken source route is no path") {
  for (const std::string argument : {"<@a.b>", "<@a.b:>", "<@a.b c@d>", "<@a.b,e.f:c@d>", "<@a.b,:c@d>", "<@:c@d>",
                                     "<@a.b,@e.f>", "<@a.b::c@d>", "<@-a:c@d>", "<:c@d>"}) {
    CAPTURE(argument);
    CHECK(read_path(argument).find("no (") == 0);
  }
}

TEST_CASE("smtp path: the null path is for MAIL only") {
  CHECK(read_path("<>", kReverse) == "<> 2 ()");
  CHECK(read_path("<>", kForward) == "no (empty-address)");
}

TEST_CASE("smtp path: Postmaster needs no domain, where it is allowed") {
  CHECK(read_path("<Postmaster>", kForward) == "<Postmaster> 12 ()");
  CHECK(read_path("<postmaster>", kForward) == "<postmaster> 12 ()");
  CHECK(read_path("<POSTMASTER> NOTIFY=NEVER", kForward) == "<POSTMASTER> 12 ()");
  CHECK(read_path("<Postmaster@b>", kForward) == "<Postmaster@b> 14 ()");
  CHECK(read_path("<Postmaster>", kReverse).find("no (") == 0);
  CHECK(read_path("<Postmasters>", kForward).find("no (") == 0);
  CHECK(read_path("<alice>", kForward).find("no (") == 0);
}

TEST_CASE("smtp path: each kind of mistake has its remark") {
  const std::array rows{
      PathRow{"nothing", "", "no (empty-address)"},
      PathRow{"no brackets", "a@b", "no (no-angle-brackets)"},
      PathRow{"no closing bracket", "<a@b", "no (bad-address)"},
      PathRow{"a display name outside", "Alice <a@b>", "no (display-name-in-envelope)"},
      PathRow{"a display name in quotes", "\"Alice\" <a@b>", "no (display-name-in-envelope)"},
      PathRow{"a display name inside", "<Alice <a@b>>", "no (display-name-in-envelope)"},
      PathRow{"two with a comma", "<a@b,c@d>", "no (several-recipients-in-one-rcpt)"},
      PathRow{"two with a semicolon", "<a@b;c@d>", "no (several-recipients-in-one-rcpt)"},
      PathRow{"no at sign", "<bob>", "no (bad-address)"},
      PathRow{"two at signs", "<a@b@c>", "no (bad-address)"},
      PathRow{"an empty domain", "<a@>", "no (bad-address)"},
      PathRow{"two dots", "<a@b..c>", "no (bad-address)"},
      PathRow{"a blank inside", "<a b@c>", "no (bad-address)"},
      PathRow{"not ASCII", "<张三@example.com>", "no (non-ascii-address)"},
  };
  for (const PathRow& row : rows) {
    CAPTURE(row.name);
    CHECK(read_path(row.argument) == row.read);
  }
}

TEST_CASE("smtp path: brackets may be left out where the server lets them") {
  const smtp::PathLeniency lenient{true, false};
  CHECK(read_path("a@b", kReverse, lenient) == "<a@b> 3 (no-angle-brackets)");
  CHECK(read_path("a@b SIZE=1", kReverse, lenient) == "<a@b> 3 (no-angle-brackets)");
  CHECK(read_path("<a@b>", kReverse, lenient) == "<a@b> 5 ()");
  CHECK(read_path("\"a b\"@c SIZE=1", kReverse, lenient) == "<\"a b\"@c> 7 (no-angle-brackets)");
  CHECK(read_path("bob", kReverse, lenient).find("no (") == 0);
  CHECK(read_path("", kReverse, lenient).find("no (") == 0);
  CHECK(read_path("a@b>", kReverse, lenient).find("no (") == 0);
}
