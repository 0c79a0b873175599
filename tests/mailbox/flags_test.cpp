#include "mailbox/flags.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using mailbox::Change;
using mailbox::Flags;

TEST_CASE("mailbox: flags are replaced, added and taken away") {
  struct Row {
    std::string name;
    Flags before;
    Change change;
    Flags flags;
    Flags after;
  };
  const std::vector<Row> rows{
      {"replaced", {.seen = true, .keywords = {"a"}}, Change::kReplace, {.draft = true}, {.draft = true}},
      {"added", {.seen = true}, Change::kAdd, {.flagged = true}, {.seen = true, .flagged = true}},
      {"added what is there", {.seen = true}, Change::kAdd, {.seen = true}, {.seen = true}},
      {"taken away", {.seen = true, .answered = true}, Change::kRemove, {.seen = true}, {.answered = true}},
      {"taken away what is not there", {.deleted = true}, Change::kRemove, {.seen = true}, {.deleted = true}},
      {"keywords added", {.keywords = {"a", "c"}}, Change::kAdd, {.keywords = {"b", "c"}}, {.keywords = {"a", "b", "c"}}},
      {"keywords taken away", {.keywords = {"a", "c"}}, Change::kRemove, {.keywords = {"b", "c"}}, {.keywords = {"a"}}},
      {"case counts", {.keywords = {"Old"}}, Change::kAdd, {.keywords = {"old"}}, {.keywords = {"Old", "old"}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(changed(row.before, row.change, row.flags) == row.after);
  }
}

TEST_CASE("mailbox: keywords are spelled as the folder knows them") {
  const Flags flags{.seen = true, .keywords = {"OLD", "b", "old"}};
  CHECK(mailbox::spelled_as({"Old", "c"}, flags) == Flags{.seen = true, .keywords = {"Old", "b"}});
}

TEST_CASE("mailbox: a keyword is an atom") {
  for (const char* const good : {"Old", "$Forwarded", "a", "NonJunk"}) CHECK_MESSAGE(mailbox::is_keyword(good), good);
  for (const char* const bad : {"", "a b", "a\nb", "\\Seen", "(", "a%", "\"", "\x7f", "ü", "a]"})
    CHECK_FALSE_MESSAGE(mailbox::is_keyword(bad), bad);
  CHECK(mailbox::is_keyword(std::string(mailbox::kMaxKeyword, 'a')));
  CHECK_FALSE(mailbox::is_keyword(std::string(mailbox::kMaxKeyword + 1, 'a')));
}

}  // namespace
