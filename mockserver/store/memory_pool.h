// The messages of all mailboxes in memory, the newest ones when there are too many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "mockserver/store/message.h"

namespace store {

// Mailboxes refer to the messages weakly: what is dropped here has gone from all of them.
class MemoryPool {
 public:
  static constexpr std::size_t kLimit = std::size_t{256} << 20;
  using Kept = std::shared_ptr<const Message>;

  // limit: octets of all messages together. Past it the oldest are dropped, until an eighth
  // of it is free; the newest is always kept.
  explicit MemoryPool(std::size_t limit = kLimit) : limit_(limit) {}

  std::weak_ptr<const Message> keep(Message message);
  // In the order in which they came.
  [[nodiscard]] const std::vector<Kept>& messages() const { return messages_; }
  // Grows whenever messages have been dropped.
  [[nodiscard]] std::uint64_t drops() const { return drops_; }

 private:
  std::size_t limit_;
  std::size_t size_ = 0;
  std::uint64_t drops_ = 0;
  std::vector<Kept> messages_;
};

}  // namespace store
