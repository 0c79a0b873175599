// A mailbox in memory with these messages, for tests of what FETCH and SEARCH say of them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/store/memory_folder.h"

namespace test {

struct Mail {
  std::string octets;
  mailbox::Flags flags = {};
  std::int64_t received = 0;
};

class MailboxOf {
 public:
  explicit MailboxOf(const std::vector<Mail>& mails) {
    for (const Mail& mail : mails) {
      const auto incoming = folder_.append(mail.flags, mail.received);
      REQUIRE(incoming);
      REQUIRE((*incoming)->write(mail.octets));
      REQUIRE((*incoming)->commit());
    }
    listing_ = *folder_.list();
  }

  [[nodiscard]] mailbox::Folder& folder() { return folder_; }
  [[nodiscard]] const mailbox::Listing& listing() const { return *listing_; }
  [[nodiscard]] const mailbox::Entry& entry(std::size_t index) const { return listing_->entries.at(index); }

 private:
  std::shared_ptr<store::MemoryPool> pool_ = std::make_shared<store::MemoryPool>();
  store::MemoryFolder folder_{pool_, 1};
  mailbox::Snapshot listing_;
};

}  // namespace test
