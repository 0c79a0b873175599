// Messages kept in memory, the newest ones when there are too many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mockserver/store/memory_mailbox.h"
#include "mockserver/store/recipients.h"
#include "mockserver/store/store.h"

namespace store {

class Memory final : public Store {
 public:
  // uid_validity: another one for each life of the process, so that nobody takes one message for another. limit: as the pool's.
  Memory(Owners owners, std::uint32_t uid_validity, std::size_t limit = MemoryPool::kLimit);

  core::Result<void> prepare() override { return {}; }
  core::Result<Places> deliver(Message message) override;
  mailbox::Mailbox* mailbox_of(std::string_view user) override;
  mailbox::Mailbox& others() override;

  // All that has come, each once, with its envelope, in that order; also what has been expunged from every mailbox.
  [[nodiscard]] const std::vector<MemoryPool::Kept>& messages() const { return pool_->messages(); }

 private:
  MemoryMailbox& mailbox(std::size_t number);

  Recipients recipients_;
  std::uint32_t uid_validity_;
  std::shared_ptr<MemoryPool> pool_;
  std::vector<std::unique_ptr<MemoryMailbox>> mailboxes_;  // by their numbers, made when needed
};

}  // namespace store
