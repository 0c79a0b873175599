// The list of UIDs beside the mails: what it looks like, and what becomes of it when it is damaged.
#include "mockserver/store/uid_list.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/store/stores.h"

namespace {

using test::content;
using test::deliver;
using test::kAlice;
using test::listed;
using test::uids;
using test::Uids;

const std::string kList = kAlice + "/smtplab-uids";

std::shared_ptr<mailbox::Folder> inbox_in(const std::unique_ptr<store::Store>& store) {
  return test::open(*store->mailbox_of(kAlice));
}

TEST_CASE("list of UIDs: a line for each thing that happens") {
  const test::Folder folder;
  const auto store = test::maildir_in(folder.path());
  const auto inbox = inbox_in(store);
  REQUIRE(deliver(*store, {kAlice}, "a\n"));
  REQUIRE(deliver(*store, {kAlice}, "bc\r\n"));
  listed(*inbox);
  REQUIRE(inbox->mark({{2}}, mailbox::Change::kAdd, {.keywords = {"Old"}}));
  REQUIRE(inbox->expunge({{1}}));
  const std::string text = folder.content(kList);
  CAPTURE(text);
  CHECK(std::regex_match(text, std::regex("smtplab-uids 1\n"
                                          "V [0-9]{10}\n"
                                          "\\+ 1 3 1764510000 [0-9.MPQ]+\\.smtplab\n"
                                          "\\+ 2 4 1764510000 [0-9.MPQ]+\\.smtplab\n"
                                          "K Old\n"
                                          "- 1\n")));
  CHECK(folder.content(kAlice + "/smtplab-uidvalidity") == text.substr(17, 11));
}

// What a crash, or somebody else, has left of a list with messages 1 to 4, of which 2 is gone.
struct DamagedList {
  DamagedList() {
    const auto store = test::maildir_in(folder.path());
    for (const char* const text : {"1", "2", "3", "4"}) REQUIRE(deliver(*store, {kAlice}, text));
    listed(*inbox_in(store));
    REQUIRE(inbox_in(store)->expunge({{2}}));
    before = listed(*inbox_in(store));
    list = folder.content(kList);
  }
  void leave(const std::string& text) const { folder.write(kList, text); }
  [[nodiscard]] mailbox::Snapshot after() const {
    const auto store = test::maildir_in(folder.path());
    const auto inbox = inbox_in(store);
    auto now = listed(*inbox);
    std::string texts;
    for (const std::uint32_t uid : uids(*now)) texts += content(*inbox, uid);
    CHECK(texts == "134");  // no mail is ever lost, and they stay in order
    REQUIRE(deliver(*store, {kAlice}, "5"));
    CHECK(uids(*listed(*inbox)).back() == now->uid_next.value);
    return now;
  }
  test::Folder folder;
  mailbox::Snapshot before;
  std::string list;
};

TEST_CASE("list of UIDs: wherever writing has stopped, whole lines hold and the rest is written again") {
  const DamagedList damaged;
  for (std::size_t end = 0; end < damaged.list.size(); ++end) {
    CAPTURE(end);
    for (const auto& file : damaged.folder.names(kAlice + "/new")) {
      if (damaged.folder.content(kAlice + "/new/" + file) == "5")
        std::filesystem::remove(damaged.folder / (kAlice + "/new/" + file));
    }
    damaged.leave(damaged.list.substr(0, end));
    const auto now = damaged.after();
    const std::string whole = damaged.list.substr(0, damaged.list.rfind('\n', end == 0 ? 0 : end - 1) + 1);
    for (std::size_t i = 0; i < damaged.before->entries.size(); ++i) {
      const mailbox::Uid uid = damaged.before->entries[i].uid;
      if (whole.find("\n+ " + std::to_string(uid.value)) == std::string::npos) continue;
      CHECK(now->find(uid) != nullptr);
      CHECK(now->uid_validity == damaged.before->uid_validity);
    }
  }
}

TEST_CASE("list of UIDs: one that says nonsense is put aside, and UIDVALIDITY grows") {
  const DamagedList damaged;
  std::uint32_t validity = damaged.before->uid_validity;
  const std::string head = damaged.list.substr(0, damaged.list.find('+'));
  for (const std::string& text : std::vector<std::string>{
           "smtplab-uids 2\nV 1\n",
           "garbage\n",
           std::string(100'000, 'x'),
           head + "nonsense\n",
           head + "+ 1\n",
           head + "+ 0 1 1 name\n",
           head + "+ 1 1 1 \n",
           head + "+ 5 1 1 a\n+ 4 1 1 b\n",
           head + "+ 5 1 1 a\n+ 5 1 1 b\n",
           head + "+ 99999999999 1 1 a\n",
           head + "+ -1 1 1 a\n",
           head + "- x\n",
           "smtplab-uids 1\nV 0\n",
           "smtplab-uids 1\nV x\n+ 1 1 1 a\n",
       }) {
    CAPTURE(text);
    for (const auto& file : damaged.folder.names(kAlice + "/new")) {
      if (damaged.folder.content(kAlice + "/new/" + file) == "5")
        std::filesystem::remove(damaged.folder / (kAlice + "/new/" + file));
    }
    damaged.leave(text);
    const auto now = damaged.after();
    CHECK(uids(*now) == Uids{1, 2, 3});
    CHECK(now->uid_validity > validity);
    validity = now->uid_validity;
    CHECK((damaged.folder.content(kList + ".damaged") == text));
  }
}

TEST_CASE("list of UIDs: when one program begins it anew, the others follow") {
  const test::Folder folder;
  const auto one = test::maildir_in(folder.path());
  const auto two = test::maildir_in(folder.path());
  const auto ones = inbox_in(one);
  const auto twos = inbox_in(two);
  REQUIRE(deliver(*one, {kAlice}, "1"));
  REQUIRE(*listed(*ones) == *listed(*twos));
  std::ofstream(folder / kList, std::ios::app) << "nonsense\n";
  const auto anew = listed(*ones);
  CHECK(*listed(*twos) == *anew);
  REQUIRE(deliver(*two, {kAlice}, "2"));
  CHECK(*listed(*twos) == *listed(*ones));
  CHECK(listed(*ones)->uid_validity == anew->uid_validity);
}

TEST_CASE("list of UIDs: a list, a folder or everything taken away below a running server") {
  const test::Folder folder;
  const auto store = test::maildir_in(folder.path());
  const auto inbox = inbox_in(store);
  REQUIRE(deliver(*store, {kAlice}, "1"));
  REQUIRE(deliver(*store, {kAlice}, "2"));
  const auto before = listed(*inbox);
  std::filesystem::remove(folder / kList);
  REQUIRE(deliver(*store, {kAlice}, "3"));
  const auto after = listed(*inbox);
  CHECK(after->uid_validity > before->uid_validity);
  CHECK(after->entries.size() == 3);
  std::filesystem::remove_all(folder / kAlice);
  CHECK(listed(*inbox)->entries.empty());
  REQUIRE(deliver(*store, {kAlice}, "4"));
  CHECK(content(*inbox, 1) == "4");
}

TEST_CASE("list of UIDs: where it cannot be written mail is taken all the same, and nobody is told a UID") {
  const test::Folder folder;
  const auto store = test::maildir_in(folder.path());
  const auto inbox = inbox_in(store);
  std::filesystem::create_directories(folder / kList);
  REQUIRE(deliver(*store, {kAlice}, "1"));
  const auto refused = inbox->list();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().blame == core::Blame::kSystem);
  CHECK(refused.error().text.en == "cannot open the list of UIDs: Is a directory");
  CHECK(refused.error().place == folder / kList);
  for (int i = 0; i < 1100; ++i) REQUIRE(deliver(*store, {kAlice}, "x"));  // more than are kept in mind
  std::filesystem::remove(folder / kList);
  CHECK(listed(*inbox)->entries.size() == 1101);
  CHECK(content(*inbox, 1) == "1");
}

TEST_CASE("list of UIDs: when UIDs have run out there are others, under another UIDVALIDITY") {
  const test::Folder folder;
  const auto store = test::maildir_in(folder.path());
  const auto inbox = inbox_in(store);
  REQUIRE(deliver(*store, {kAlice}, "1"));
  listed(*inbox);
  std::ofstream(folder / kList, std::ios::app) << "+ 4294967294 1 1 gone\n";
  const auto before = listed(*inbox);
  CHECK(uids(*before) == Uids{1});
  REQUIRE(deliver(*store, {kAlice}, "2"));
  const auto after = listed(*inbox);
  CHECK(after->uid_validity > before->uid_validity);
  CHECK(uids(*after) == Uids{1, 2});
}

TEST_CASE("list of UIDs: who only delivers finds the last UID behind many other lines") {
  const test::Folder folder;
  {
    const auto store = test::maildir_in(folder.path());
    REQUIRE(deliver(*store, {kAlice}, "1"));
    listed(*inbox_in(store));
  }
  {
    std::ofstream list(folder / kList, std::ios::app);
    for (int i = 0; i < 5000; ++i) list << "- 7\n";
  }
  const auto store = test::maildir_in(folder.path());
  for (int i = 2; i <= 1500; ++i) REQUIRE(deliver(*store, {kAlice}, std::to_string(i)));
  CHECK(folder.content(kList).find("\n+ 1025 ") != std::string::npos);  // so many are not kept in mind
  const auto inbox = inbox_in(store);
  CHECK(listed(*inbox)->entries.size() == 1500);
  for (const std::uint32_t uid : {1U, 2U, 1025U, 1026U, 1500U}) CHECK(content(*inbox, uid) == std::to_string(uid));
}

}  // namespace
