// The number of the last change (RFC 7162): of each message, and of the folder.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/store/stores.h"

namespace {

using mailbox::Change;
using mailbox::Flags;
using test::deliver;
using test::kAlice;
using test::listed;

struct Counted {
  explicit Counted(const test::StoreKind& kind) : store(kind.make(folder)), inbox(test::open(*store->mailbox_of(kAlice))) {
    for (int i = 0; i < 3; ++i) REQUIRE(deliver(*store, {kAlice}, "x\r\n"));
    learn();
  }

  // What is greater than it was the last time, a letter a message, and F where the folder's is.
  std::string grown() {
    const std::vector<std::uint64_t> before = numbers;
    learn();
    std::string out;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      CHECK(numbers[i] >= before[i]);
      if (numbers[i] > before[i]) out += i == 0 ? 'F' : static_cast<char>('0' + i);
    }
    return out;
  }
  void learn() {
    const mailbox::Snapshot listing = listed(*inbox);
    numbers = {listing->mod_sequence};
    for (const mailbox::Entry& entry : listing->entries) {
      CHECK(entry.mod_sequence <= listing->mod_sequence);
      CHECK(entry.mod_sequence > 0);
      numbers.push_back(entry.mod_sequence);
    }
    numbers.resize(4);
  }

  test::Folder folder;
  std::unique_ptr<store::Store> store;
  std::shared_ptr<mailbox::Folder> inbox;
  std::vector<std::uint64_t> numbers;  // of the folder, and of the messages
};

TEST_CASE("store: the number of a change grows when flags change, and only then") {
  test::for_each_store<Counted>([](Counted& scene) {
    CHECK(scene.grown().empty());
    REQUIRE(scene.inbox->mark({{2}}, Change::kAdd, Flags{.flagged = true}));
    CHECK(scene.grown() == "F2");
    REQUIRE(scene.inbox->mark({{2}}, Change::kAdd, Flags{.flagged = true}));
    CHECK(scene.grown().empty());
    REQUIRE(scene.inbox->mark({{1}, {3}}, Change::kReplace, Flags{.keywords = {"$x"}}));
    CHECK(scene.grown() == "F13");
    REQUIRE(scene.inbox->expunge({{3}}));
    scene.numbers[3] = 0;
    CHECK(scene.grown() == "F");
    REQUIRE(deliver(*scene.store, {kAlice}, "y\r\n"));
    CHECK(scene.grown() == "F3");
  });
}

TEST_CASE("maildir: the number of a change survives, and others can change what has one") {
  Counted scene(test::store_kinds()[1]);
  REQUIRE(scene.inbox->mark({{2}}, Change::kAdd, Flags{.seen = true}));
  scene.learn();
  scene.inbox.reset();
  scene.store = test::maildir_in(scene.folder.path());
  scene.inbox = test::open(*scene.store->mailbox_of(kAlice));
  CHECK(scene.grown().empty());
  const std::string marked = scene.folder.names(kAlice + "/cur").front();
  std::filesystem::rename(scene.folder / (kAlice + "/cur/" + marked), scene.folder / (kAlice + "/cur/" + marked + "T"));
  CHECK(scene.grown() == "F2");
  CHECK(scene.grown().empty());
}

TEST_CASE("store: octets are left out without being read where lines end in CRLF already") {
  struct Row {
    const char* name;
    std::string stored;
    std::uint64_t skipped;
    std::string rest;
  };
  test::for_each_store<Counted>([](Counted& scene) {
    std::uint32_t uid = 3;
    for (const Row& row : {Row{"CRLF", "abc\r\ndef\r\n", 5, "def\r\n"}, Row{"LF", "abc\ndef\n", 0, "abc\r\ndef\r\n"}}) {
      CAPTURE(row.name);
      REQUIRE(deliver(*scene.store, {kAlice}, row.stored));
      listed(*scene.inbox);
      const auto content = scene.inbox->content({++uid}, mailbox::Lines::kCrlf);
      REQUIRE(content);
      CHECK((*content)->skip(5) == row.skipped);
      CHECK(test::read(**content) == row.rest);
      CHECK((*content)->skip(5) == 0);
    }
  });
}

}  // namespace
