// What mailbox/mailbox.h promises, of every store: the folders of one user.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/store/stores.h"

namespace {

using mailbox::FolderName;
using test::content;
using test::deliver;
using test::error_of;
using test::kAlice;
using test::listed;
using test::Names;
using test::uids;
using test::Uids;

FolderName folder_named(const std::string& text) { return FolderName::parse(text).value(); }

Names texts_of(const core::Result<std::vector<FolderName>>& names) {
  REQUIRE(names);
  Names all;
  for (const FolderName& name : *names) all.push_back(name.text());
  return all;
}

struct OneMailbox {
  explicit OneMailbox(const test::StoreKind& kind) : store(kind.make(folder)), mailbox(*store->mailbox_of(kAlice)) {}

  void put(const std::string& name, const std::string& text) {
    const auto into = test::open(mailbox, name);
    auto incoming = into->append({.seen = true, .keywords = {"kept"}}, 1'000'000'000);
    REQUIRE(incoming);
    REQUIRE((*incoming)->write(text));
    REQUIRE((*incoming)->commit());
  }
  [[nodiscard]] mailbox::Snapshot in(const std::string& name) const { return listed(*test::open(mailbox, name)); }

  test::Folder folder;
  std::unique_ptr<store::Store> store;
  mailbox::Mailbox& mailbox;
};

TEST_CASE("store: folders are made, listed and deleted, with what is below them left alone") {
  test::for_each_store<OneMailbox>([](OneMailbox& scene) {
    CHECK(texts_of(scene.mailbox.folders()) == Names{"INBOX"});
    for (const char* const name : {"Sent", "Work.Reports", "Entwürfe", "已发送", "Work"})
      REQUIRE(scene.mailbox.create(folder_named(name)));
    CHECK(texts_of(scene.mailbox.folders()) == Names{"INBOX", "Entwürfe", "Sent", "Work", "Work.Reports", "已发送"});
    CHECK(error_of(scene.mailbox.create(folder_named("Sent"))) == "folder-exists");
    CHECK(error_of(scene.mailbox.create(folder_named("inbox"))) == "folder-exists");
    REQUIRE(scene.mailbox.erase(folder_named("Work")));
    CHECK(texts_of(scene.mailbox.folders()) == Names{"INBOX", "Entwürfe", "Sent", "Work.Reports", "已发送"});
    CHECK(error_of(scene.mailbox.open(folder_named("Work"))) == "no-folder");
    CHECK(error_of(scene.mailbox.erase(folder_named("Work"))) == "no-folder");
    CHECK(error_of(scene.mailbox.erase(folder_named("INBOX"))) == "INBOX cannot be deleted");
  });
}

TEST_CASE("store: each folder has its own messages, and two who open it share it") {
  test::for_each_store<OneMailbox>([](OneMailbox& scene) {
    REQUIRE(scene.mailbox.create(folder_named("Sent")));
    scene.put("Sent", "one\r\n");
    scene.put("Sent", "two\r\n");
    CHECK(uids(*scene.in("Sent")) == Uids{1, 2});
    CHECK(scene.in("INBOX")->entries.empty());
    CHECK(content(*test::open(scene.mailbox, "Sent"), 2) == "two\r\n");
    const auto open = test::open(scene.mailbox, "Sent");
    CHECK(test::open(scene.mailbox, "Sent") == open);
  });
}

TEST_CASE("store: a folder that is made again is another one, and who has the old one open hears so") {
  test::for_each_store<OneMailbox>([](OneMailbox& scene) {
    REQUIRE(scene.mailbox.create(folder_named("Sent")));
    scene.put("Sent", "one\r\n");
    const auto open = test::open(scene.mailbox, "Sent");
    const std::uint32_t validity = listed(*open)->uid_validity;
    REQUIRE(scene.mailbox.erase(folder_named("Sent")));
    REQUIRE(scene.mailbox.create(folder_named("Sent")));
    CHECK(scene.in("Sent")->entries.empty());
    CHECK(scene.in("Sent")->uid_validity > validity);
    CHECK(error_of(open->list()) == "folder-gone");
    CHECK(error_of(open->content({1}, mailbox::Lines::kCrlf)) == "folder-gone");
    CHECK(error_of(open->append({}, 0)) == "folder-gone");
    CHECK(error_of(open->mark({{1}}, mailbox::Change::kAdd, {})) == "folder-gone");
    CHECK(error_of(open->expunge({{1}})) == "folder-gone");
    CHECK(error_of(open->lock()) == "folder-gone");
  });
}

TEST_CASE("store: a folder is renamed with everything below it") {
  test::for_each_store<OneMailbox>([](OneMailbox& scene) {
    for (const char* const name : {"Work", "Work.a", "Work.a.b", "Workshop", "Taken.b"})
      REQUIRE(scene.mailbox.create(folder_named(name)));
    scene.put("Work.a", "one\r\n");
    scene.put("Work.a", "two\r\n");
    const std::uint32_t validity = scene.in("Work.a")->uid_validity;
    const auto open = test::open(scene.mailbox, "Work.a");
    CHECK(error_of(scene.mailbox.rename(folder_named("Work.a"), folder_named("Taken"))) == "folder-exists");
    CHECK(error_of(scene.mailbox.rename(folder_named("Work"), folder_named("Workshop"))) == "folder-exists");
    CHECK(error_of(scene.mailbox.rename(folder_named("Work"), folder_named("INBOX"))) == "folder-exists");
    CHECK(error_of(scene.mailbox.rename(folder_named("None"), folder_named("Other"))) == "no-folder");
    REQUIRE(scene.mailbox.rename(folder_named("Work"), folder_named("Play")));
    CHECK(texts_of(scene.mailbox.folders()) == Names{"INBOX", "Play", "Play.a", "Play.a.b", "Taken.b", "Workshop"});
    const auto moved = scene.in("Play.a");
    CHECK(moved->uid_validity > validity);
    REQUIRE(moved->entries.size() == 2);
    CHECK(moved->entries.front().flags.keywords == Names{"kept"});
    CHECK(content(*test::open(scene.mailbox, "Play.a"), moved->entries.front().uid.value) == "one\r\n");
    CHECK(error_of(open->list()) == "folder-gone");
    REQUIRE(scene.mailbox.erase(folder_named("Play")));
    REQUIRE(scene.mailbox.rename(folder_named("Play"), folder_named("Again")));  // only the level above others
    CHECK(texts_of(scene.mailbox.folders()) == Names{"INBOX", "Again.a", "Again.a.b", "Taken.b", "Workshop"});
  });
}

TEST_CASE("store: renaming INBOX moves its messages, and it stays") {
  test::for_each_store<OneMailbox>([](OneMailbox& scene) {
    for (const char* const text : {"one", "two", "three"}) REQUIRE(deliver(*scene.store, {kAlice}, text));
    scene.put("INBOX", "four");
    REQUIRE(test::open(scene.mailbox)->expunge({{2}}));
    REQUIRE(scene.mailbox.rename(folder_named("INBOX"), folder_named("Old")));
    CHECK(scene.in("INBOX")->entries.empty());
    const auto moved = scene.in("Old");
    REQUIRE(moved->entries.size() == 3);
    std::string all;
    for (const mailbox::Entry& entry : moved->entries) all += content(*test::open(scene.mailbox, "Old"), entry.uid.value) + ' ';
    CHECK(all == "one three four ");
    CHECK(moved->entries.back().flags == mailbox::Flags{.seen = true, .keywords = {"kept"}});
    REQUIRE(deliver(*scene.store, {kAlice}, "five"));
    CHECK(uids(*scene.in("INBOX")) == Uids{5});
  });
}

TEST_CASE("store: subscriptions are names, whether there is a folder or not") {
  test::for_each_store<OneMailbox>([](OneMailbox& scene) {
    CHECK(texts_of(scene.mailbox.subscriptions()).empty());
    for (const char* const name : {"Sent", "已发送", "INBOX", "Sent"})
      REQUIRE(scene.mailbox.subscribe(folder_named(name), true));
    CHECK(texts_of(scene.mailbox.subscriptions()) == Names{"INBOX", "Sent", "已发送"});
    REQUIRE(scene.mailbox.subscribe(folder_named("Sent"), false));
    REQUIRE(scene.mailbox.subscribe(folder_named("never"), false));
    CHECK(texts_of(scene.mailbox.subscriptions()) == Names{"INBOX", "已发送"});
    CHECK(texts_of(scene.mailbox.folders()) == Names{"INBOX"});
  });
}

}  // namespace
