// One folder in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mockserver/store/memory_pool.h"
#include "mockserver/store/stored_folder.h"

namespace store {

class MemoryFolder final : public StoredFolder {
 public:
  MemoryFolder(std::shared_ptr<MemoryPool> pool, std::uint32_t uid_validity);

  core::Result<mailbox::Snapshot> list() override;
  core::Result<std::unique_ptr<mailbox::Content>> content(mailbox::Uid uid, mailbox::Lines lines) override;
  core::Result<std::unique_ptr<mailbox::Incoming>> append(const mailbox::Flags& flags,
                                                          std::optional<std::int64_t> received) override;
  core::Result<void> mark(const std::vector<mailbox::Uid>& messages, mailbox::Change change,
                          const mailbox::Flags& flags) override;
  core::Result<void> expunge(const std::vector<mailbox::Uid>& messages) override;
  core::Result<std::unique_ptr<mailbox::Lock>> lock() override;
  mailbox::Notes* notes(std::string_view format) override;

  // A message that the pool has taken.
  mailbox::Uid add_kept(std::weak_ptr<const Message> message, std::int64_t received, const mailbox::Flags& flags);
  // It has been deleted or renamed: from now on there are only errors.
  void leave() { is_gone_ = true; }
  // Takes over all messages of another folder, in their order. REQUIRES: this one is empty.
  void take_all(MemoryFolder& from);

 private:
  friend class MemoryIncoming;

  struct Item {
    mailbox::Uid uid;
    std::weak_ptr<const Message> message;
    std::optional<std::uint64_t> size;  // counted when first asked for
    std::int64_t received = 0;
    mailbox::Flags flags;
    bool recent = true;
    std::uint64_t mod_sequence = 1;
    std::string note = {};  // empty: none
  };

  // In the items, so that they go with the messages.
  class MemoryNotes final : public mailbox::Notes {
   public:
    static constexpr std::size_t kLargest = std::size_t{64} * 1024;  // the limit of the pool does not count them

    explicit MemoryNotes(MemoryFolder& folder) : folder_(&folder) {}
    std::optional<std::string_view> find(mailbox::Uid uid) override;
    void keep(mailbox::Uid uid, std::string_view octets) override;

   private:
    MemoryFolder* folder_;
  };

  // Without what the pool has dropped.
  std::vector<Item>& items();
  [[nodiscard]] Item* find(mailbox::Uid uid);
  [[nodiscard]] mailbox::Flags learn(mailbox::Flags flags);

  std::shared_ptr<MemoryPool> pool_;
  std::uint32_t uid_validity_;
  mailbox::Uid next_{1};
  std::uint64_t mod_sequence_ = 1;
  std::vector<Item> items_;
  std::vector<std::string> keywords_;  // that have ever been used
  std::uint64_t drops_ = 0;            // of the pool, that items_ know of
  mailbox::Snapshot last_;
  bool is_changed_ = true;  // since last_
  bool is_gone_ = false;
  std::weak_ptr<void> locked_;  // by whom
  std::string format_;          // of the notes
  MemoryNotes notes_{*this};
};

}  // namespace store
