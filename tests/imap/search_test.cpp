#include "imap/search.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "tests/core/chinese.h"
#include "tests/imap/mailbox_of.h"

namespace {

using imap::SearchDate;
using imap::SearchFlag;
using imap::SearchHeader;
using imap::SearchKey;
using imap::SearchText;
using Numbers = std::vector<std::uint32_t>;
using std::chrono::year;

constexpr std::int64_t kDay = 86400;

SearchKey key(auto is) { return SearchKey{std::move(is)}; }
SearchKey flag(SearchFlag::Flag flag, bool is_set = true) { return key(SearchFlag{flag, is_set}); }
SearchKey header(std::string field, std::string text) { return key(SearchHeader{std::move(field), std::move(text)}); }
SearchKey body(std::string text) { return key(SearchText{false, std::move(text)}); }
SearchKey text(std::string text) { return key(SearchText{true, std::move(text)}); }
SearchKey both(SearchKey one, SearchKey other) { return key(imap::SearchAnd{{std::move(one), std::move(other)}}); }
SearchKey either(SearchKey one, SearchKey other) { return key(imap::SearchOr{{std::move(one), std::move(other)}}); }
SearchKey none(SearchKey one) { return key(imap::SearchNot{{std::move(one)}}); }
SearchKey messages(std::string_view set, bool by_uid = false) {
  return key(imap::SearchMessages{*imap::SequenceSet::parse(set), by_uid});
}

std::vector<test::Mail> mails() {
  return {
      {"Subject: =?utf-8?B?5L2g5aW9?= world\r\nFrom: Alice <alice@example.org>\r\nDate: Fri, 1 Mar 2024 00:30:00 "
       "+0800\r\n\r\nHello\r\n",
       {.seen = true},
       0},
      {"Subject: two\r\nTo: Bob <bob@example.org>\r\nX-Spam: yes\r\n"
       "Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           core::base64_encode("\xC4\xE3\xBA\xC3") + "\r\n",
       {.flagged = true, .keywords = {"Old"}},
       kDay + 3600},
      {"subject: three\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nhidden\r\n--b\r\n"
       "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nStra=C3=9Fe "
       "soft=\r\nbreak\r\n"
       "--b\r\nContent-Type: application/pdf; name=report.pdf\r\nContent-Transfer-Encoding: "
       "base64\r\n\r\nSGVsbG8=\r\n--b--\r\n",
       {.deleted = true},
       2 * kDay},
  };
}

core::Result<Numbers> found_in(test::MailboxOf& box, SearchKey wanted, std::string charset = "",
                               const std::vector<mailbox::Uid>& recent = {}) {
  return imap::search({box.folder(), box.listing(), recent}, {std::move(charset), std::move(wanted)}).map([](Numbers indices) {
    for (std::uint32_t& index : indices) ++index;
    return indices;
  });
}

}  // namespace

TEST_CASE("imap search: every key") {
  test::MailboxOf box(mails());
  using F = SearchFlag::Flag;
  struct Row {
    const char* name;
    SearchKey wanted;
    Numbers numbers;
  };
  for (const Row& row : {
           Row{"ALL", key(imap::SearchAll{}), {1, 2, 3}},
           Row{"SEEN", flag(F::kSeen), {1}},
           Row{"UNSEEN", flag(F::kSeen, false), {2, 3}},
           Row{"FLAGGED", flag(F::kFlagged), {2}},
           Row{"DELETED", flag(F::kDeleted), {3}},
           Row{"UNDELETED", flag(F::kDeleted, false), {1, 2}},
           Row{"ANSWERED", flag(F::kAnswered), {}},
           Row{"DRAFT", flag(F::kDraft), {}},
           Row{"RECENT", flag(F::kRecent), {3}},
           Row{"OLD", flag(F::kRecent, false), {1, 2}},
           Row{"KEYWORD", key(imap::SearchKeyword{"Old"}), {2}},
           Row{"UNKEYWORD", key(imap::SearchKeyword{"Old", false}), {1, 3}},
           Row{"2:*", messages("2:*"), {2, 3}},
           Row{"*", messages("*"), {3}},
           Row{"UID 1,3,99", messages("1,3,99", true), {1, 3}},
           Row{"BEFORE", key(SearchDate{SearchDate::Of::kReceived, SearchDate::Is::kBefore, year{1970} / 1 / 2}), {1}},
           Row{"ON", key(SearchDate{SearchDate::Of::kReceived, SearchDate::Is::kOn, year{1970} / 1 / 2}), {2}},
           Row{"SINCE", key(SearchDate{SearchDate::Of::kReceived, SearchDate::Is::kSince, year{1970} / 1 / 2}), {2, 3}},
           Row{"SENTON, the sender's day",
               key(SearchDate{SearchDate::Of::kSent, SearchDate::Is::kOn, year{2024} / 3 / 1}),
               {1}},
           Row{"SENTBEFORE", key(SearchDate{SearchDate::Of::kSent, SearchDate::Is::kBefore, year{2024} / 3 / 1}), {}},
           Row{"SENTSINCE, not without a date",
               key(SearchDate{SearchDate::Of::kSent, SearchDate::Is::kSince, year{1970} / 1 / 1}),
               {1}},
           Row{"LARGER", key(imap::SearchSize{true, 200}), {3}},
           Row{"SMALLER", key(imap::SearchSize{false, 200}), {1, 2}},
           Row{"SUBJECT", header("Subject", "T"), {2, 3}},
           Row{"SUBJECT, encoded", header("SUBJECT", "好 WORLD"), {1}},
           Row{"FROM", header("From", "ALICE@"), {1}},
           Row{"HEADER x-spam", header("x-spam", "YES"), {2}},
           Row{"HEADER x-spam \"\"", header("X-Spam", ""), {2}},
           Row{"HEADER that nobody has", header("X-Ham", ""), {}},
           Row{"BODY", body("hello"), {1}},
           Row{"BODY, not the header", body("world"), {}},
           Row{"BODY, charset and encoding undone", body("你好"), {2}},
           Row{"BODY, any letter case", body("STRASSE SOFTBREAK"), {3}},
           Row{"BODY, header of a part", body("report.pdf"), {3}},
           Row{"BODY, what is between parts", body("hidden"), {}},
           Row{"TEXT", text("你好"), {1, 2}},
           Row{"TEXT, name of a field", text("x-spam: y"), {2}},
           Row{"two keys", both(text("o"), flag(F::kSeen)), {1}},
           Row{"OR", either(flag(F::kSeen), header("Subject", "three")), {1, 3}},
           Row{"NOT", none(body("hello")), {2, 3}},
           Row{"NOT OR", none(either(flag(F::kSeen), flag(F::kDeleted))), {2}},
       }) {
    CAPTURE(row.name);
    for (const bool again : {false, true}) {  // also from the notes
      CAPTURE(again);
      const auto numbers = found_in(box, row.wanted, "UTF-8", {{3}});
      REQUIRE(numbers);
      CHECK(*numbers == row.numbers);
    }
  }
}

TEST_CASE("imap search: in charsets") {
  test::MailboxOf box(mails());
  CHECK(*found_in(box, body("\xC4\xE3\xBA\xC3"), "GBK") == Numbers{2});
  CHECK(*found_in(box, body("\xA7\x41\xA6\x6E"), "BIG5") == Numbers{2});
  CHECK(*found_in(box, text("\x1b$B9%\x1b(B"), "ISO-2022-JP") == Numbers{1, 2});
  CHECK(*found_in(box, header("Subject", "world"), "US-ASCII") == Numbers{1});
  CHECK(*found_in(box, header("Subject", "你"), "") == Numbers{1});
  struct Row {
    SearchKey wanted;
    std::string charset;
  };
  for (const Row& row :
       {Row{body("\xC4\xE3"), ""}, Row{body("\xC4\xE3"), "UTF-8"}, Row{body("a"), "X-UNKNOWN"},
        Row{key(imap::SearchAll{}), "X-UNKNOWN"}, Row{none(body("\xFF")), "GBK"}, Row{body("a"), std::string("UTF-8\0", 6)}}) {
    CAPTURE(row.charset);
    const auto numbers = found_in(box, row.wanted, row.charset);
    REQUIRE_FALSE(numbers);
    CHECK(numbers.error().id == "bad-charset");
    CHECK(numbers.error().blame == core::Blame::kPeer);
    test::check_chinese(numbers.error());
  }
}

TEST_CASE("imap search: days are those of the zone") {
  test::MailboxOf box({{"\r\n", {}, kDay - 1}});
  const SearchKey second = key(SearchDate{SearchDate::Of::kReceived, SearchDate::Is::kOn, year{1970} / 1 / 2});
  CHECK(imap::search({box.folder(), box.listing(), {}}, {"", second})->empty());
  CHECK(imap::search({box.folder(), box.listing(), {}, std::chrono::minutes{1}}, {"", second})->size() == 1);
}

TEST_CASE("imap search: what has gone is found by what is known of it, and by nothing else") {
  test::MailboxOf box(mails());
  REQUIRE(box.folder().expunge({{1}, {2}, {3}}));
  CHECK(*found_in(box, flag(SearchFlag::Flag::kSeen)) == Numbers{1});
  CHECK(found_in(box, body("hello"))->empty());
  CHECK(found_in(box, none(body("hello")))->empty());
  // Cheap keys come first, wherever the client put them: nothing is read that they rule out.
  CHECK(*found_in(box, either(body("hello"), flag(SearchFlag::Flag::kSeen))) == Numbers{1});
}

TEST_CASE("imap search: nothing in an empty mailbox") {
  test::MailboxOf box({});
  CHECK(found_in(box, key(imap::SearchAll{}))->empty());
  CHECK(found_in(box, messages("*"))->empty());
}

TEST_CASE("imap search: a message of many parts is walked through once") {
  std::string message = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (int part = 0; part < 9000; ++part) message += "--b\r\n\r\n" + std::string(500, 'x') + "\r\n";
  test::MailboxOf box({{message + "--b\r\n\r\nneedle"}});
  CHECK(found_in(box, body("NEEDLE"))->size() == 1);
}
