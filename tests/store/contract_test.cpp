// What mailbox/folder.h promises, of every store: messages of one folder.
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/store/stores.h"

namespace {

using mailbox::Change;
using mailbox::Flags;
using mailbox::Lines;
using test::content;
using test::deliver;
using test::error_of;
using test::kAlice;
using test::kBob;
using test::listed;
using test::uids;
using test::Uids;

std::vector<mailbox::Uid> these(const Uids& values) {
  std::vector<mailbox::Uid> all;
  for (const std::uint32_t value : values) all.push_back({value});
  return all;
}

// A store with so many messages for Alice.
struct OneInbox {
  explicit OneInbox(const test::StoreKind& kind, int messages = 0) : store(kind.make(folder)) {
    for (int i = 1; i <= messages; ++i) REQUIRE(deliver(*store, {kAlice}, "Subject: " + std::to_string(i) + "\r\n\r\n"));
    inbox = test::open(*store->mailbox_of(kAlice));
  }
  test::Folder folder;
  std::unique_ptr<store::Store> store;
  std::shared_ptr<mailbox::Folder> inbox;
};

TEST_CASE("store: what is delivered is in the INBOX of its recipients at once") {
  struct Row {
    std::string name;
    std::vector<std::string> recipients;
    std::size_t alice;
    std::size_t bob;
    std::size_t others;
  };
  for (const Row& row : std::vector<Row>{
           {"an account", {kAlice}, 1, 0, 0},
           {"in capitals", {"ALICE@163.COM"}, 1, 0, 0},
           {"twice", {kAlice, "Alice@163.com"}, 1, 0, 0},
           {"both", {kBob, kAlice}, 1, 1, 0},
           {"strangers", {"x@example.org", "../../etc/passwd"}, 0, 0, 1},
           {"all", {"x@example.org", kAlice, kBob}, 1, 1, 1},
       }) {
    CAPTURE(row.name);
    test::for_each_store<OneInbox>([&](OneInbox& scene) {
      REQUIRE(deliver(*scene.store, row.recipients, "Hello\r\n"));
      CHECK(listed(*scene.inbox)->entries.size() == row.alice);
      CHECK(listed(*test::open(*scene.store->mailbox_of(kBob)))->entries.size() == row.bob);
      CHECK(listed(*test::open(scene.store->others()))->entries.size() == row.others);
    });
  }
}

TEST_CASE("store: a mailbox belongs to an account") {
  test::for_each_store<OneInbox>([](OneInbox& scene) {
    CHECK(scene.store->mailbox_of(kAlice) != nullptr);
    CHECK(scene.store->mailbox_of("ALICE@163.com") == scene.store->mailbox_of(kAlice));
    CHECK(scene.store->mailbox_of(kBob) != scene.store->mailbox_of(kAlice));
    for (const char* const nobody : {"", "carol@163.com", "other", "alice"}) CHECK(scene.store->mailbox_of(nobody) == nullptr);
  });
}

TEST_CASE("store: size and content with line ends as mail protocols want them, and as they came") {
  struct Row {
    std::string name;
    std::string stored;
    std::string carried;
  };
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += std::to_string(i) + (i % 3 == 0 ? "\n" : "\r\n");
  std::string many_carried;
  for (int i = 0; i < 50'000; ++i) many_carried += std::to_string(i) + "\r\n";
  for (const Row& row : std::vector<Row>{
           {"nothing", "", ""},
           {"as it should be", "a\r\n.\r\n", "a\r\n.\r\n"},
           {"bare LF", "a\n.\nb", "a\r\n.\r\nb"},
           {"bare CR", "a\r.\r", "a\r.\r"},
           {"NUL and 8 bit", std::string("\0\xff\n", 3), std::string("\0\xff\r\n", 4)},
           {"longer than a piece", many, many_carried},
           {"one line longer than a piece", std::string(200'000, 'x'), std::string(200'000, 'x')},
           {"only line ends", std::string(100'000, '\n'),
            [] {
              std::string ends;
              for (int i = 0; i < 100'000; ++i) ends += "\r\n";
              return ends;
            }()},
       }) {
    CAPTURE(row.name);
    test::for_each_store<OneInbox>([&](OneInbox& scene) {
      REQUIRE(deliver(*scene.store, {kAlice}, row.stored));
      CHECK((content(*scene.inbox, 1) == row.stored));
      CHECK((content(*scene.inbox, 1, Lines::kCrlf) == row.carried));
      CHECK(listed(*scene.inbox)->entries.front().size == row.carried.size());
      CHECK(listed(*scene.inbox)->octets() == row.carried.size());
    });
  }
}

TEST_CASE("store: it is said whose mailbox a copy is in, and for whom") {
  test::for_each_store<OneInbox>([](OneInbox& scene) {
    const auto places = deliver(*scene.store, {"x@example.org", kAlice, "y@example.org"}, "x");
    REQUIRE(places);
    REQUIRE(places->size() == 2);
    CHECK((*places)[0].account.empty());
    CHECK((*places)[0].recipients == std::vector<std::size_t>{0, 2});
    CHECK((*places)[1].account == kAlice);
    CHECK((*places)[1].recipients == std::vector<std::size_t>{1});
    CHECK((*places)[0].path.empty() == (*places)[1].path.empty());
  });
}

TEST_CASE("store: UIDs ascend in the order of delivery, and none is ever given twice") {
  test::for_each_store<OneInbox>(
      [](OneInbox& scene) {
        const auto first = listed(*scene.inbox);
        CHECK(uids(*first) == Uids{1, 2, 3});
        CHECK(first->uid_next.value == 4);
        CHECK(first->uid_validity != 0);
        REQUIRE(scene.inbox->expunge(these({3})));
        CHECK(listed(*scene.inbox)->uid_next.value == 4);
        REQUIRE(deliver(*scene.store, {kAlice}, "Subject: 4\r\n\r\n"));
        REQUIRE(scene.inbox->expunge(these({1, 2, 4})));
        REQUIRE(deliver(*scene.store, {kAlice}, "Subject: 5\r\n\r\n"));
        const auto last = listed(*scene.inbox);
        CHECK(uids(*last) == Uids{5});
        CHECK(last->uid_validity == first->uid_validity);
        CHECK(content(*scene.inbox, 5) == "Subject: 5\r\n\r\n");
      },
      3);
}

TEST_CASE("store: a listing stays what it was, and is the same object while nothing changes") {
  test::for_each_store<OneInbox>(
      [](OneInbox& scene) {
        const auto before = listed(*scene.inbox);
        CHECK(listed(*scene.inbox) == before);
        REQUIRE(deliver(*scene.store, {kAlice}, "new"));
        REQUIRE(scene.inbox->expunge(these({1})));
        REQUIRE(scene.inbox->mark(these({2}), Change::kAdd, {.seen = true}));
        CHECK(uids(*before) == Uids{1, 2});
        CHECK_FALSE(before->entries[1].flags.seen);
        const auto changes = changes_since(before, listed(*scene.inbox));
        CHECK(changes.expunged == these({1}));
        REQUIRE(changes.changed.size() == 1);
        CHECK(changes.changed.front().flags == Flags{.seen = true});
        REQUIRE(changes.added.size() == 1);
        CHECK(changes.added.front().uid.value == 3);
        const auto after = listed(*scene.inbox);
        REQUIRE(scene.inbox->mark(these({2}), Change::kAdd, {.seen = true}));
        CHECK(listed(*scene.inbox) == after);  // it had been seen before
      },
      2);
}

TEST_CASE("store: flags and keywords") {
  test::for_each_store<OneInbox>(
      [](OneInbox& scene) {
        const auto flags = [&] { return listed(*scene.inbox)->entries.front().flags; };
        CHECK(flags() == Flags{});
        CHECK(listed(*scene.inbox)->entries.front().recent);
        REQUIRE(scene.inbox->mark(these({1}), Change::kAdd, {.seen = true, .flagged = true, .keywords = {"Old", "b"}}));
        CHECK(flags() == Flags{.seen = true, .flagged = true, .keywords = {"Old", "b"}});
        CHECK_FALSE(listed(*scene.inbox)->entries.front().recent);
        CHECK(listed(*scene.inbox)->entries.back().recent);
        REQUIRE(scene.inbox->mark(these({1}), Change::kRemove, {.flagged = true, .keywords = {"Old", "never heard"}}));
        CHECK(flags() == Flags{.seen = true, .keywords = {"b"}});
        REQUIRE(scene.inbox->mark(these({1, 2, 99}), Change::kReplace,
                                  {.answered = true, .deleted = true, .draft = true, .keywords = {"a b", "x\ny"}}));
        CHECK(flags() == Flags{.answered = true, .deleted = true, .draft = true});
        CHECK(listed(*scene.inbox)->entries.back().flags == flags());
        CHECK(content(*scene.inbox, 1) == "Subject: 1\r\n\r\n");
      },
      2);
}

TEST_CASE("store: a folder knows 26 keywords") {
  test::for_each_store<OneInbox>(
      [](OneInbox& scene) {
        for (char c = 'A'; c <= 'Z'; ++c)
          REQUIRE(scene.inbox->mark(these({1}), Change::kAdd, {.keywords = {std::string(1, c)}}));
        REQUIRE(scene.inbox->mark(these({2}), Change::kAdd, {.keywords = {"A", "Z", "another"}}));
        const auto now = listed(*scene.inbox);
        CHECK(now->entries.front().flags.keywords.size() == 26);
        CHECK(now->entries.back().flags.keywords == std::vector<std::string>{"A", "Z"});
      },
      2);
}

TEST_CASE("store: what is expunged has gone, also when somebody does it again") {
  test::for_each_store<OneInbox>(
      [](OneInbox& scene) {
        auto reading = scene.inbox->content({2}, Lines::kCrlf);
        REQUIRE(reading);
        REQUIRE(scene.inbox->expunge(these({2, 7})));
        REQUIRE(scene.inbox->expunge(these({2})));
        REQUIRE(scene.inbox->mark(these({2}), Change::kAdd, {.seen = true}));
        CHECK(uids(*listed(*scene.inbox)) == Uids{1, 3});
        CHECK(test::read(**reading) == "Subject: 2\r\n\r\n");  // what is open can be read to its end
        for (const std::uint32_t uid : {0U, 2U, 7U})
          CHECK(error_of(scene.inbox->content({uid}, Lines::kCrlf)) == "message-gone");
      },
      3);
}

TEST_CASE("store: one POP3 session at a time, and mail comes all the same") {
  test::for_each_store<OneInbox>(
      [](OneInbox& scene) {
        auto first = scene.inbox->lock();
        REQUIRE(first);
        REQUIRE(*first != nullptr);
        const auto second = scene.inbox->lock();
        REQUIRE(second);
        CHECK(*second == nullptr);
        const auto bobs = test::open(*scene.store->mailbox_of(kBob))->lock();
        CHECK((bobs && *bobs != nullptr));
        REQUIRE(deliver(*scene.store, {kAlice}, "new"));
        CHECK(uids(*listed(*scene.inbox)) == Uids{1, 2});
        first->reset();
        const auto third = scene.inbox->lock();
        CHECK((third && *third != nullptr));
      },
      1);
}

struct Counting final : mailbox::Listener {
  void changed(mailbox::Folder& folder) override {
    ++told;
    seen = listed(folder)->entries.size();
  }
  int told = 0;
  std::size_t seen = 0;
};

TEST_CASE("store: a listener hears of deliveries, flags and expunges, and can look at once") {
  test::for_each_store<OneInbox>([](OneInbox& scene) {
    Counting listener;
    scene.inbox->add(listener);
    REQUIRE(deliver(*scene.store, {kAlice, kBob}, "new"));
    CHECK(listener.told == 1);
    CHECK(listener.seen == 1);
    REQUIRE(deliver(*scene.store, {kBob}, "not for her"));
    CHECK(listener.told == 1);
    REQUIRE(scene.inbox->mark(these({1}), Change::kAdd, {.seen = true}));
    CHECK(listener.told == 2);
    REQUIRE(scene.inbox->expunge(these({1})));
    CHECK(listener.told == 3);
    CHECK(listener.seen == 0);
    scene.inbox->remove(listener);
    REQUIRE(deliver(*scene.store, {kAlice}, "new"));
    CHECK(listener.told == 3);
  });
}

TEST_CASE("store: a message is appended piece by piece, with flags and a time of its own") {
  test::for_each_store<OneInbox>(
      [](OneInbox& scene) {
        {
          auto given_up = scene.inbox->append({}, 1);
          REQUIRE(given_up);
          REQUIRE((*given_up)->write("half"));
        }
        CHECK(uids(*listed(*scene.inbox)) == Uids{1});
        auto incoming = scene.inbox->append({.seen = true, .draft = true, .keywords = {"x"}}, 1'000'000'000);
        REQUIRE(incoming);
        for (const char* const piece : {"Subject: x\r", "\n", "\r\nHe", "llo\n"}) REQUIRE((*incoming)->write(piece));
        CHECK(uids(*listed(*scene.inbox)) == Uids{1});  // not before it is whole
        const auto uid = (*incoming)->commit();
        REQUIRE(uid);
        CHECK(uid->value == 2);
        const mailbox::Entry entry = listed(*scene.inbox)->entries.back();
        CHECK(entry.uid == *uid);
        CHECK(entry.size == 21);
        CHECK(entry.received == 1'000'000'000);
        CHECK(entry.flags == Flags{.seen = true, .draft = true, .keywords = {"x"}});
        CHECK(content(*scene.inbox, 2) == "Subject: x\r\n\r\nHello\n");
      },
      1);
}

}  // namespace
