#include "mailbox/message.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mailbox/line_ends.h"

namespace {

using mailbox::Changes;
using mailbox::Entry;
using mailbox::Listing;
using mailbox::Snapshot;
using mailbox::Uid;

Entry entry(std::uint32_t uid, bool seen = false) {
  Entry one;
  one.uid = {uid};
  one.size = 100;
  one.flags.seen = seen;
  return one;
}

Snapshot listing(std::vector<Entry> entries, std::uint32_t validity = 7) {
  Listing made;
  made.uid_validity = validity;
  made.entries = std::move(entries);
  return std::make_shared<const Listing>(std::move(made));
}

std::string told(const Changes& changes) {
  std::string text = changes.everything ? "all" : "";
  for (const Uid uid : changes.expunged) text += " -" + std::to_string(uid.value);
  for (const Entry& one : changes.changed) text += " *" + std::to_string(one.uid.value);
  for (const Entry& one : changes.added) text += " +" + std::to_string(one.uid.value);
  return text;
}

TEST_CASE("mailbox: the changes between two listings") {
  struct Row {
    std::string name;
    std::vector<Entry> before;
    std::vector<Entry> now;
    std::string told;
  };
  const std::vector<Row> rows{
      {"nothing", {entry(1)}, {entry(1)}, ""},
      {"both empty", {}, {}, ""},
      {"the first comes", {}, {entry(1)}, " +1"},
      {"the last goes", {entry(1)}, {}, " -1"},
      {"the first of three goes", {entry(1), entry(2), entry(3)}, {entry(2), entry(3)}, " -1"},
      {"one in the middle goes, one comes", {entry(1), entry(5), entry(6)}, {entry(1), entry(6), entry(9)}, " -5 +9"},
      {"other flags", {entry(1), entry(2)}, {entry(1), entry(2, true)}, " *2"},
      {"all others", {entry(1), entry(2)}, {entry(3), entry(4)}, " -1 -2 +3 +4"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Changes changes = changes_since(listing(row.before), listing(row.now));
    CHECK(told(changes) == row.told);
    CHECK(changes.empty() == row.told.empty());
  }
  CHECK(told(changes_since(listing({entry(1)}), listing({entry(1)}, 8))) == "all +1");
  const Snapshot same = listing({entry(1)});
  CHECK(changes_since(same, same).empty());
}

TEST_CASE("mailbox: a listing finds by UID and sums up") {
  const Snapshot some = listing({entry(2), entry(3), entry(9)});
  CHECK(some->octets() == 300);
  for (const std::uint32_t uid : {2U, 3U, 9U}) CHECK(some->find({uid})->uid.value == uid);
  for (const std::uint32_t uid : {0U, 1U, 4U, 10U}) CHECK(some->find({uid}) == nullptr);
}

TEST_CASE("mailbox: a unique-id has 16 octets that POP3 allows, another one for each message") {
  std::set<std::string> ids;
  for (const std::uint32_t validity : {1U, 0xFFFFFFFFU}) {
    for (const std::uint32_t uid : {1U, 16U, 0xFFFFFFFFU}) ids.insert(mailbox::unique_id(validity, {uid}));
  }
  CHECK(ids == std::set<std::string>{"0000000100000001", "0000000100000010", "00000001ffffffff", "ffffffff00000001",
                                     "ffffffff00000010", "ffffffffffffffff"});
}

TEST_CASE("mailbox: line ends become CRLF, however the text is cut") {
  struct Row {
    std::string stored;
    std::string carried;
  };
  const std::vector<Row> rows{
      {"", ""},
      {"\n", "\r\n"},
      {"\r\n", "\r\n"},
      {"\r", "\r"},
      {"a\nb\n", "a\r\nb\r\n"},
      {"a\r\nb\n\r\r\n\n", "a\r\nb\r\n\r\r\n\r\n"},
      {"no end", "no end"},
      {std::string("\0\n\0", 3), std::string("\0\r\n\0", 4)},
  };
  for (const Row& row : rows) {
    for (std::size_t cut = 1; cut <= row.stored.size() + 1; ++cut) {
      CAPTURE(cut);
      mailbox::LineEnds counting;
      mailbox::LineEnds converting;
      std::uint64_t size = 0;
      std::string carried;
      for (std::size_t at = 0; at < row.stored.size(); at += cut) {
        const std::string piece = row.stored.substr(at, cut);
        size += counting.size_of(piece);
        converting.convert(piece, carried);
      }
      CHECK(carried == row.carried);
      CHECK(size == row.carried.size());
    }
  }
}

}  // namespace
