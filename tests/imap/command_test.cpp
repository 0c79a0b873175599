// Commands become values; what is wrong with one is told, and never a crash.
#include "imap/command.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using imap::Input;
using imap::parse_command;

struct CommandRow {
  std::string line;
  Input verb;
  bool fits;
};

}  // namespace

TEST_CASE("imap: which commands fit their grammar") {
  const std::vector<CommandRow> rows{
      {"a NOOP", Input::kNoop, true},
      {"a  noop ", Input::kNoop, true},
      {"a NOOP x", Input::kNoop, false},
      {"a", Input::kUnknown, false},
      {"a ", Input::kUnknown, false},
      {"", Input::kUnknown, false},
      {"+ NOOP", Input::kUnknown, false},
      {"* NOOP", Input::kUnknown, false},
      {"a(b NOOP", Input::kUnknown, false},
      {"a XYZZY", Input::kUnknown, false},
      {"a LOGIN x y", Input::kLogin, true},
      {"a LOGIN x", Input::kLogin, false},
      {"a LOGIN x \"y", Input::kLogin, false},
      {"a LOGIN x \"y\\z\"", Input::kLogin, false},
      {"a LOGIN {1}\r\nx {1+}\r\ny", Input::kLogin, true},
      {"a LOGIN x y z", Input::kLogin, false},
      {"a AUTHENTICATE PLAIN", Input::kAuthenticate, true},
      {"a AUTHENTICATE PLAIN =", Input::kAuthenticate, true},
      {"a AUTHENTICATE", Input::kAuthenticate, false},
      {"a ID NIL", Input::kId, true},
      {"a ID ()", Input::kId, true},
      {"a ID (\"x\" NIL)", Input::kId, true},
      {"a ID (\"x\")", Input::kId, false},
      {"a ID x", Input::kId, false},
      {"a SELECT INBOX", Input::kSelect, true},
      {"a SELECT \"\"", Input::kSelect, true},
      {"a SELECT", Input::kSelect, false},
      {"a SELECT (x)", Input::kSelect, false},
      {"a LIST \"\" *", Input::kList, true},
      {"a LIST \"\" \"%\"", Input::kList, true},
      {"a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (a b) RETURN (CHILDREN STATUS (MESSAGES))", Input::kList, true},
      {"a LIST (RECURSIVEMATCH) \"\" *", Input::kList, false},
      {"a LIST () \"\" *", Input::kList, true},
      {"a LIST \"\" ()", Input::kList, false},
      {"a LIST \"\" * RETURN (XYZZY)", Input::kList, false},
      {"a LIST \"\" * XYZZY", Input::kList, false},
      {"a STATUS x (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE)", Input::kStatus, true},
      {"a STATUS x ()", Input::kStatus, false},
      {"a STATUS x MESSAGES", Input::kStatus, false},
      {"a APPEND x {1}\r\ny", Input::kAppend, true},
      {"a APPEND x (\\Seen $y) \"17-Jul-1996 02:44:25 -0700\" {1+}\r\ny", Input::kAppend, true},
      {"a APPEND x (\\Recent) {1}\r\ny", Input::kAppend, false},
      {"a APPEND x \"17-Jul-1996\" {1}\r\ny", Input::kAppend, false},
      {"a APPEND x y", Input::kAppend, false},
      {"a APPEND x {2}\r\ny", Input::kAppend, false},
      {"a FETCH 1 FLAGS", Input::kFetch, true},
      {"a FETCH 1:*,3 (FLAGS UID)", Input::kFetch, true},
      {"a FETCH 1 ALL", Input::kFetch, true},
      {"a FETCH 1 (ALL)", Input::kFetch, false},
      {"a FETCH 1 ()", Input::kFetch, false},
      {"a FETCH 0 FLAGS", Input::kFetch, false},
      {"a FETCH 01 FLAGS", Input::kFetch, false},
      {"a FETCH 4294967296 FLAGS", Input::kFetch, false},
      {"a FETCH $ FLAGS", Input::kFetch, true},
      {"a FETCH 1 BODY", Input::kFetch, true},
      {"a FETCH 1 BODY[]", Input::kFetch, true},
      {"a FETCH 1 BODY[1.2.MIME]", Input::kFetch, true},
      {"a FETCH 1 BODY[MIME]", Input::kFetch, false},
      {"a FETCH 1 BODY[1.]", Input::kFetch, false},
      {"a FETCH 1 BODY[0]", Input::kFetch, false},
      {"a FETCH 1 BODY[HEADER.FIELDS (A B)]<0.10>", Input::kFetch, true},
      {"a FETCH 1 BODY[HEADER.FIELDS ()]", Input::kFetch, false},
      {"a FETCH 1 BODY[HEADER.FIELDS]", Input::kFetch, false},
      {"a FETCH 1 BODY[TEXT]<0.0>", Input::kFetch, false},
      {"a FETCH 1 BODY[TEXT]<0>", Input::kFetch, false},
      {"a FETCH 1 BODY[TEXT", Input::kFetch, false},
      {"a FETCH 1 BINARY.PEEK[1]", Input::kFetch, true},
      {"a FETCH 1 BINARY[HEADER]", Input::kFetch, false},
      {"a FETCH 1 FLAGS UID", Input::kFetch, false},
      {"a UID FETCH 1 FLAGS", Input::kFetch, true},
      {"a UID XYZZY", Input::kUid, false},
      {"a UID", Input::kUid, false},
      {"a STORE 1 +FLAGS (\\Seen)", Input::kStore, true},
      {"a STORE 1 -FLAGS.SILENT \\Seen \\Deleted", Input::kStore, true},
      {"a STORE 1 FLAGS ()", Input::kStore, true},
      {"a STORE 1 FLAGS", Input::kStore, false},
      {"a STORE 1 +FLAGS (\\Recent)", Input::kStore, false},
      {"a STORE 1 +FLAGS (\"x\")", Input::kStore, false},
      {"a EXPUNGE", Input::kExpunge, true},
      {"a EXPUNGE 1", Input::kExpunge, false},
      {"a UID EXPUNGE 1", Input::kExpunge, true},
      {"a UID EXPUNGE", Input::kExpunge, false},
      {"a COPY 1 x", Input::kCopy, true},
      {"a COPY 1", Input::kCopy, false},
      {"a MOVE 1 x", Input::kMove, true},
      {"a SEARCH ALL", Input::kSearch, true},
      {"a SEARCH", Input::kSearch, false},
      {"a SEARCH XYZZY", Input::kSearch, false},
      {"a SEARCH NOT", Input::kSearch, false},
      {"a SEARCH OR SEEN", Input::kSearch, false},
      {"a SEARCH (SEEN", Input::kSearch, false},
      {"a SEARCH ()", Input::kSearch, false},
      {"a SEARCH RETURN (MIN MAX) CHARSET UTF-8 OR (SEEN NOT 1:3) HEADER x \"\"", Input::kSearch, true},
      {"a SEARCH RETURN () ALL", Input::kSearch, true},
      {"a SEARCH SINCE 31-Feb-2026", Input::kSearch, true},
      {"a SEARCH SINCE 1-Foo-2026", Input::kSearch, false},
      {"a SEARCH SINCE \"1-Feb-2026\"", Input::kSearch, true},
      {"a SEARCH LARGER x", Input::kSearch, false},
      {"a SEARCH " + std::string(200, '(') + "SEEN" + std::string(200, ')'), Input::kSearch, false},
      {"a ENABLE CONDSTORE", Input::kEnable, true},
      {"a ENABLE", Input::kEnable, false},
  };
  for (const CommandRow& row : rows) {
    CAPTURE(row.line);
    const imap::ParsedCommand parsed = parse_command(row.line);
    CHECK(parsed.verb == row.verb);
    CHECK(parsed.command.has_value() == row.fits);
    CHECK(parsed.fault.has_value() != row.fits);
  }
}

TEST_CASE("imap: what commands say") {
  using namespace imap;
  const ParsedCommand login = parse_command("a1 login \"al\\\"ice\" {6}\r\nsecret");
  REQUIRE(login.command);
  CHECK(login.command->words<LoginWords>().user == "al\"ice");
  CHECK(login.command->words<LoginWords>().password == "secret");
  REQUIRE(login.secrets.size() == 1);
  CHECK(login.secrets[0] == core::Span{24, 30});

  const ParsedCommand fetch = parse_command("a2 UID FETCH 1:* (FLAGS BODY.PEEK[1.HEADER.FIELDS (Date \"x y\")]<3.4> RFC822)");
  REQUIRE(fetch.command);
  CHECK(fetch.command->by_uid);
  const auto& items = fetch.command->words<FetchWords>().items;
  REQUIRE(items.size() == 4);  // UID comes by itself
  CHECK(items[0].what == FetchItem::What::kUid);
  CHECK(items[2].peeks);
  CHECK(items[2].section == Section{{1}, Section::What::kHeaderFields, {"Date", "x y"}});
  CHECK(items[2].partial == Partial{3, 4});
  CHECK_FALSE(items[3].peeks);

  const ParsedCommand append = parse_command("a3 APPEND Sent (\\Seen b a b) {5}\r\nHello");
  REQUIRE(append.command);
  const auto& words = append.command->words<AppendWords>();
  CHECK(words.flags == mailbox::Flags{.seen = true, .keywords = {"a", "b"}});
  CHECK(words.message == core::Span{34, 39});
  CHECK_FALSE(words.received);

  const ParsedCommand search = parse_command("a4 SEARCH CHARSET utf-8 NEW FROM x");
  REQUIRE(search.command);
  const SearchProgram& program = search.command->words<SearchWords>().program;
  CHECK(program.charset == "UTF-8");
  CHECK(std::get<SearchAnd>(program.key.is).keys.size() == 2);
}

TEST_CASE("imap: a password is hidden where the command is wrong as well") {
  for (const std::string line : {"a LOGIN alice secret x", "a LOGIN alice \"secret", "a LOGIN (alice) secret",
                                 "LOGIN alice secret", "a AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==", "PASS secret"}) {
    CAPTURE(line);
    const imap::ParsedCommand parsed = parse_command(line);
    std::string shown = line;
    for (const core::Span& span : parsed.secrets) shown.replace(span.begin, span.end - span.begin, span.end - span.begin, '*');
    CHECK(shown.find("secret") == std::string::npos);
    CHECK(shown.find("AGFsaWNl") == std::string::npos);
  }
}

TEST_CASE("imap: sequence sets") {
  using imap::SequenceSet;
  struct SetRow {
    std::string text;
    std::string numbers;  // of 1 to 6 that are in it, "*" is 4
  };
  for (const SetRow& row : {SetRow{"1", "1"}, SetRow{"1:3", "123"}, SetRow{"3:1", "123"}, SetRow{"*", "4"},
                            SetRow{"2:*", "234"}, SetRow{"6:*", "456"}, SetRow{"1,3,5:6", "1356"}, SetRow{"*:2,1", "1234"}}) {
    CAPTURE(row.text);
    const auto set = SequenceSet::parse(row.text);
    REQUIRE(set);
    std::string numbers;
    const auto resolved = set->resolved(4);
    for (std::uint32_t number = 1; number <= 6; ++number) {
      CHECK(set->contains(number, 4) == imap::contains(resolved, number));
      if (set->contains(number, 4)) numbers += std::to_string(number);
    }
    CHECK(numbers == row.numbers);
  }
  for (const std::string text : {"", "0", "1:", ":1", "1,", ",1", "1:2:3", "x", "1 2", "4294967296", "**", "-1"}) {
    CAPTURE(text);
    CHECK_FALSE(SequenceSet::parse(text));
  }
  CHECK(imap::set_text({1, 2, 3, 5, 7, 8}) == "1:3,5,7:8");
  CHECK(imap::set_text({}).empty());
}
