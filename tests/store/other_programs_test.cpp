// A Maildir that other programs use at the same time: they deliver, mark, move and delete, and what we say stays true.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "mockserver/store/maildir_names.h"
#include "tests/store/stores.h"

namespace {

using mailbox::Change;
using test::content;
using test::deliver;
using test::error_of;
using test::kAlice;
using test::listed;
using test::Names;
using test::uids;
using test::Uids;

struct SharedMaildir {
  SharedMaildir() : store(test::maildir_in(folder.path())), inbox(test::open(*store->mailbox_of(kAlice))) { listed(*inbox); }

  // As another program delivers.
  void put(const std::string& name, const std::string& text = "x\n") const { folder.write(kAlice + "/" + name, text); }
  void move(const std::string& from, const std::string& to) const {
    std::filesystem::rename(folder / (kAlice + "/" + from), folder / (kAlice + "/" + to));
  }
  void remove(const std::string& name) const { REQUIRE(std::filesystem::remove(folder / (kAlice + "/" + name))); }
  [[nodiscard]] Names names(const std::string& part) const { return folder.names(kAlice + "/" + part); }
  [[nodiscard]] std::string texts() const {
    std::string all;
    for (const std::uint32_t uid : uids(*listed(*inbox))) all += content(*inbox, uid);
    return all;
  }

  test::Folder folder;
  std::unique_ptr<store::Store> store;
  std::shared_ptr<mailbox::Folder> inbox;
};

TEST_CASE("maildir: what others deliver gets UIDs in the order of delivery") {
  const SharedMaildir scene;
  scene.put("new/1764510002.M9P7Q10.host", "4");
  scene.put("new/1764510002.M9P7Q9.host", "3");
  scene.put("cur/1764510001.M000100P7.host:2,S", "2");
  scene.put("cur/999999999.old:2,RF", "1");
  CHECK(scene.texts() == "1234");
  scene.put("new/1.late", "5");  // after the others were told
  CHECK(scene.texts() == "12345");
  CHECK(uids(*listed(*scene.inbox)) == Uids{1, 2, 3, 4, 5});
}

TEST_CASE("maildir: the order of names") {
  const Names in_order{"1.b", "9.a", "10.M9", "10.M10.x", "10.M10.y", "10.a", "0010.b", "a", "a0", "b"};
  for (std::size_t i = 0; i < in_order.size(); ++i) {
    for (std::size_t k = 0; k < in_order.size(); ++k) {
      CAPTURE(in_order[i] + " " + in_order[k]);
      CHECK(store::came_before(in_order[i], in_order[k]) == (i < k));
    }
  }
}

TEST_CASE("maildir: a message keeps its UID while others mark and move it") {
  const SharedMaildir scene;
  scene.put("new/1.a", "first\n");
  scene.put("new/2.b", "second\n");
  const auto before = listed(*scene.inbox);
  scene.move("new/1.a", "cur/1.a:2,");
  CHECK(content(*scene.inbox, 1) == "first\n");  // looked for where it was, found where it is
  scene.move("cur/1.a:2,", "cur/1.a:2,FS");
  CHECK(content(*scene.inbox, 1) == "first\n");
  const auto now = listed(*scene.inbox);
  CHECK(uids(*now) == Uids{1, 2});
  CHECK(now->entries.front().flags == mailbox::Flags{.seen = true, .flagged = true});
  CHECK_FALSE(now->entries.front().recent);
  CHECK(now->entries.front().size == 7);
  CHECK(changes_since(before, now).changed.size() == 1);
}

TEST_CASE("maildir: flags of others stay, and ours are where others look for them") {
  const SharedMaildir scene;
  scene.put("cur/1.a:2,PS", "x");
  scene.put("new/2.b", "y");
  scene.put("cur/3.c", "z");
  listed(*scene.inbox);
  scene.move("cur/1.a:2,PS", "cur/1.a:2,FPS");
  REQUIRE(scene.inbox->mark({{1}, {2}, {3}}, Change::kAdd, {.answered = true, .keywords = {"$Forwarded"}}));
  CHECK(scene.names("cur") == Names{"1.a:2,FPRSa", "2.b:2,Ra", "3.c:2,Ra"});
  REQUIRE(scene.inbox->mark({{1}, {2}}, Change::kReplace, {}));
  CHECK(scene.names("cur") == Names{"1.a:2,P", "2.b:2,", "3.c:2,Ra"});
  CHECK(scene.names("new").empty());
  CHECK(scene.texts() == "xyz");
}

TEST_CASE("maildir: what others delete or move away is gone, and comes back as another message") {
  const SharedMaildir scene;
  for (const char* const name : {"1.a", "2.b", "3.c"}) scene.put(std::string("cur/") + name + ":2,", name);
  listed(*scene.inbox);
  scene.remove("cur/1.a:2,");
  CHECK(error_of(scene.inbox->content({1}, mailbox::Lines::kCrlf)) == "message-gone");
  CHECK(uids(*listed(*scene.inbox)) == Uids{2, 3});
  std::filesystem::create_directories(scene.folder / (kAlice + "/away"));
  scene.move("cur/2.b:2,", "away/2.b:2,");
  CHECK(uids(*listed(*scene.inbox)) == Uids{3});
  scene.move("away/2.b:2,", "cur/2.b:2,");
  CHECK(uids(*listed(*scene.inbox)) == Uids{3, 4});
  CHECK(content(*scene.inbox, 4) == "2.b");
  scene.remove("cur/3.c:2,");
  REQUIRE(scene.inbox->expunge({{3}, {4}}));  // the first by somebody else
  CHECK(listed(*scene.inbox)->entries.empty());
  CHECK(scene.names("cur").empty());
}

TEST_CASE("maildir: what is no mail is left alone") {
  const SharedMaildir scene;
  scene.put("new/.hidden");
  scene.put("new/two\nlines");
  scene.put("new/:2,S");
  scene.put("tmp/1.half");
  std::filesystem::create_directories(scene.folder / (kAlice + "/new/folder"));
  REQUIRE(mkfifo((scene.folder / (kAlice + "/new/pipe")).c_str(), 0600) == 0);
  std::filesystem::create_symlink("/nowhere", scene.folder / (kAlice + "/cur/link"));
  CHECK(listed(*scene.inbox)->entries.empty());
  CHECK(scene.names("new").size() == 5);
}

TEST_CASE("maildir: two programs of ours agree about every UID") {
  const test::Folder folder;
  const auto one = test::maildir_in(folder.path());
  const auto two = test::maildir_in(folder.path());
  const auto ones = test::open(*one->mailbox_of(kAlice));
  const auto twos = test::open(*two->mailbox_of(kAlice));
  std::string sent;
  for (char c = 'a'; c <= 'z'; ++c) {
    REQUIRE(deliver(c % 3 == 0 ? *two : *one, {kAlice}, std::string(1, c)));
    sent += c;
    if (c == 'f') REQUIRE(twos->expunge({{1}}));
    if (c == 'k') REQUIRE(ones->mark({{5}}, Change::kAdd, {.seen = true, .keywords = {"k"}}));
    if (c % 4 == 0) CHECK(*listed(*ones) == *listed(*twos));
  }
  CHECK(*listed(*ones) == *listed(*twos));
  std::string read;
  for (const std::uint32_t uid : uids(*listed(*ones))) read += content(*twos, uid);
  CHECK(read == sent.substr(1));
  const auto lock = ones->lock();
  REQUIRE((lock && *lock != nullptr));
  const auto refused = twos->lock();
  CHECK((refused && *refused == nullptr));
  CHECK(*listed(*test::open(*test::maildir_in(folder.path())->mailbox_of(kAlice))) == *listed(*ones));  // a third, later
}

TEST_CASE("maildir: folders of others are found, and ours are where they look") {
  const SharedMaildir scene;
  mailbox::Mailbox& mailbox = *scene.store->mailbox_of(kAlice);
  for (const char* const part : {"tmp", "new", "cur"})
    std::filesystem::create_directories(scene.folder / (kAlice + "/.&XfJT0ZAB-/" + part));
  scene.put(".&XfJT0ZAB-/cur/1.a:2,S", "sent\n");
  scene.put(".no-maildir/file");
  std::filesystem::create_directories(scene.folder / (kAlice + "/.bad&/cur"));
  REQUIRE(mailbox.create(mailbox::FolderName::parse("Work.Entwürfe").value()));
  const auto folders = mailbox.folders();
  REQUIRE(folders);
  Names found;
  for (const auto& name : *folders) found.push_back(name.text());
  CHECK(found == Names{"INBOX", "Work.Entwürfe", "已发送"});
  const auto sent = test::open(mailbox, "已发送");
  CHECK(uids(*listed(*sent)) == Uids{1});
  CHECK(content(*sent, 1) == "sent\n");
  CHECK(scene.names(".Work.Entw&APw-rfe") == Names{"cur", "maildirfolder", "new", "tmp"});
  REQUIRE(mailbox.subscribe(mailbox::FolderName::parse("已发送").value(), true));
  CHECK(scene.folder.content(kAlice + "/subscriptions") == "&XfJT0ZAB-\n");
}

TEST_CASE("maildir: an envelope goes with its message, and the time at which it came is that of its file") {
  SharedMaildir scene;
  REQUIRE(deliver(*scene.store, {kAlice}, "x"));
  CHECK(scene.names("envelopes").size() == 1);
  REQUIRE(scene.inbox->expunge({{1}}));
  CHECK(scene.names("envelopes").empty());
  auto incoming = scene.inbox->append({}, 1'000'000'000);
  REQUIRE((incoming && (*incoming)->write("y") && (*incoming)->commit()));
  struct stat what {};
  REQUIRE(stat((scene.folder / (kAlice + "/new/" + scene.names("new").front())).c_str(), &what) == 0);
  CHECK(what.st_mtime == 1'000'000'000);
}

}  // namespace
