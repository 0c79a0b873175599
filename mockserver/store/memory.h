// Messages kept in memory, the newest ones when there are too many.
#pragma once

#include <cstddef>
#include <vector>

#include "mockserver/store/message.h"

namespace store {

class Memory {
 public:
  static constexpr std::size_t kLimit = std::size_t{256} << 20;

  // limit: octets of all messages together. Past it the oldest are dropped, until an eighth
  // of it is free; the newest is always kept.
  explicit Memory(std::size_t limit = kLimit) : limit_(limit) {}

  void keep(Message message);
  // In the order in which they came.
  [[nodiscard]] const std::vector<Message>& messages() const { return messages_; }

 private:
  std::size_t limit_;
  std::size_t size_ = 0;
  std::vector<Message> messages_;
};

}  // namespace store
