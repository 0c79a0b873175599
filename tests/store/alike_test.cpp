// Both stores do the same work, whatever it is: nobody who reads a mailbox can tell which of them it is.
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/store/stores.h"

namespace {

using test::kAlice;

// A mailbox and what is done to it.
class Worker {
 public:
  explicit Worker(const test::StoreKind& kind) : store_(kind.make(folder_)), inbox_(test::open(*store_->mailbox_of(kAlice))) {}

  void deliver(const std::string& text) { REQUIRE(test::deliver(*store_, {kAlice}, text)); }
  void append(const std::string& text, const mailbox::Flags& flags, std::int64_t received) {
    auto incoming = inbox_->append(flags, received);
    REQUIRE((incoming && (*incoming)->write(text)));
    last_uid_ = (*incoming)->commit().value();
  }
  void mark(const std::vector<mailbox::Uid>& uids, mailbox::Change change, const mailbox::Flags& flags) {
    REQUIRE(inbox_->mark(uids, change, flags));
  }
  void expunge(const std::vector<mailbox::Uid>& uids) { REQUIRE(inbox_->expunge(uids)); }
  [[nodiscard]] mailbox::Listing list() { return *test::listed(*inbox_); }
  [[nodiscard]] std::string text(mailbox::Uid uid) { return test::content(*inbox_, uid.value, mailbox::Lines::kCrlf); }
  [[nodiscard]] mailbox::Uid last_uid() const { return last_uid_; }

 private:
  test::Folder folder_;
  std::unique_ptr<store::Store> store_;
  std::shared_ptr<mailbox::Folder> inbox_;
  mailbox::Uid last_uid_;
};

class Chance {
 public:
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }
  std::vector<mailbox::Uid> some(std::uint32_t last) {
    std::vector<mailbox::Uid> uids(1 + below(3));
    for (mailbox::Uid& uid : uids) uid.value = below(last + 3);
    return uids;
  }
  mailbox::Flags flags() {
    mailbox::Flags flags{.seen = below(2) == 0, .answered = below(3) == 0, .deleted = below(4) == 0};
    for (const char* const keyword : {"$Junk", "Old", "not one"}) {
      if (below(3) == 0) flags.keywords.emplace_back(keyword);
    }
    return flags;
  }
  std::string text() {
    std::string text = "Subject: " + std::to_string(below(1000)) + "\r\n\r\n";
    for (std::uint32_t line = below(4); line > 0; --line)
      text += std::string(below(40'000), 'x') + (below(2) == 0 ? "\n" : "\r\n");
    return text;
  }

 private:
  std::mt19937 random_{20261130};  // the same each time
};

// Which numbers a store has for changes is its own affair.
std::vector<mailbox::Entry> marked_alike(const mailbox::Listing& listing) {
  std::vector<mailbox::Entry> entries = listing.entries;
  for (mailbox::Entry& entry : entries) entry.mod_sequence = 1;
  return entries;
}

TEST_CASE("store: memory and Maildir are alike after any work") {
  Worker memory(test::store_kinds()[0]);
  Worker maildir(test::store_kinds()[1]);
  Chance chance;
  std::uint32_t messages = 0;
  for (int step = 0; step < 1500; ++step) {
    CAPTURE(step);
    const std::uint32_t what = chance.below(10);
    const std::string text = chance.text();
    const mailbox::Flags flags = chance.flags();
    const std::vector<mailbox::Uid> uids = chance.some(messages);
    const auto change = static_cast<mailbox::Change>(chance.below(3));
    for (Worker* const worker : {&memory, &maildir}) {
      if (what < 4) worker->deliver(text);
      if (what == 4) worker->append(text, flags, 1'000'000'000 + step);
      if (what == 5 || what == 6) worker->mark(uids, change, flags);
      if (what == 7 || what == 8) worker->expunge(uids);
    }
    if (what <= 4) ++messages;
    CHECK(memory.last_uid() == maildir.last_uid());
    if (what != 9) continue;
    const mailbox::Listing one = memory.list();
    const mailbox::Listing other = maildir.list();
    CHECK(one.uid_next == other.uid_next);
    CHECK((marked_alike(one) == marked_alike(other)));
    if (one.entries.empty() || other.entries.empty()) continue;
    const mailbox::Uid uid = one.entries[chance.below(static_cast<std::uint32_t>(one.entries.size()))].uid;
    CHECK((memory.text(uid) == maildir.text(uid)));
  }
  CHECK(memory.list().entries.size() > 100);
}

}  // namespace
