#include "mailbox/folder_name.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using mailbox::FolderName;

FolderName named(const std::string& text) { return FolderName::parse(text).value(); }

TEST_CASE("folder name: UTF-8 and modified UTF-7 are the same name") {
  struct Row {
    std::string utf8;
    std::string utf7;
  };
  const std::vector<Row> rows{
      {"Sent", "Sent"},
      {"Work.Reports", "Work.Reports"},
      {"R&D", "R&-D"},
      {"&", "&-"},
      {"~peter.mail.台北.日本語", "~peter.mail.&U,BTFw-.&ZeVnLIqe-"},  // RFC 3501 §5.1.3, with this house's separator
      {"Entwürfe", "Entw&APw-rfe"},
      {"已发送", "&XfJT0ZAB-"},
      {"😀", "&2D3eAA-"},
      {"ü&ö", "&APw-&-&APY-"},
      {"a b", "a b"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.utf8);
    CHECK(named(row.utf8).utf7() == row.utf7);
    const auto back = FolderName::from_utf7(row.utf7);
    REQUIRE(back);
    CHECK(back->text() == row.utf8);
  }
}

TEST_CASE("folder name: what cannot be one is refused with the reason") {
  struct Row {
    std::string text;
    std::string why;
  };
  const std::vector<Row> rows{
      {"", "is empty"},
      {"\xff", "is not UTF-8"},
      {"a/b", "has a slash in it"},
      {"..", "has an empty level: dots separate levels"},
      {".a", "has an empty level: dots separate levels"},
      {"a.", "has an empty level: dots separate levels"},
      {"a..b", "has an empty level: dots separate levels"},
      {"a\nb", "has a control character in it"},
      {std::string(1, '\0'), "has a control character in it"},
      {std::string(201, 'a'), "is too long"},
      {std::string(100, 'a') + "你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你你", "is too long"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto name = FolderName::parse(row.text);
    REQUIRE_FALSE(name);
    CHECK(name.error().blame == core::Blame::kCaller);
    CHECK(name.error().text.en == "the folder's name " + row.why);
  }
  CHECK(FolderName::parse(std::string(200, 'a')));
  for (const char* const utf7 : {"&", "&U", "a&U,BTFw", "&U/BTFw-", "&2D0-", "&3gA-", "&AC8-", "&AA-", "&====-", ""}) {
    CAPTURE(utf7);
    CHECK_FALSE(FolderName::from_utf7(utf7));
  }
}

TEST_CASE("folder name: INBOX in whatever case, and what lies below what") {
  for (const char* const inbox : {"INBOX", "inbox", "Inbox"}) {
    CHECK(named(inbox) == FolderName::inbox());
    CHECK(named(inbox).is_inbox());
  }
  CHECK_FALSE(named("INBOX.a").is_inbox());
  CHECK(named("inBox.a.B").text() == "INBOX.a.B");
  CHECK(named("inboxes.a").text() == "inboxes.a");
  CHECK(named("a.b").is_below(named("a")));
  CHECK(named("a.b.c").is_below(named("a")));
  CHECK_FALSE(named("ab").is_below(named("a")));
  CHECK_FALSE(named("a").is_below(named("a")));
  CHECK(named("a.b.c").moved(named("a"), named("x.y"))->text() == "x.y.b.c");
  CHECK(named("a").moved(named("a"), named("x"))->text() == "x");
  CHECK_FALSE(named("a." + std::string(150, 'b')).moved(named("a"), named(std::string(100, 'x'))));
}

}  // namespace
