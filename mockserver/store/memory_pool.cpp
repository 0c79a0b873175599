#include "mockserver/store/memory_pool.h"

#include <utility>

namespace store {

namespace {

constexpr std::size_t kPlace = 112;  // octets that a place in a mailbox takes, about

}  // namespace

std::size_t Message::size() const {
  std::size_t octets = sizeof(Message) + reverse_path.size() + user.size() + client.size() + client_address.size() +
                       dsn.envid.size() + content.size();
  for (const std::string& path : forward_paths) octets += sizeof(std::string) + path.size() + kPlace;
  for (const Dsn::Recipient& one : dsn.recipients) octets += sizeof(Dsn::Recipient) + one.notify.size() + one.orcpt.size();
  return octets;
}

std::weak_ptr<const Message> MemoryPool::keep(Message message) {
  // Room was taken in large steps while the message came in; here it would lie idle, and be counted by nobody.
  if (message.content.capacity() > 2 * message.content.size()) message.content.shrink_to_fit();
  size_ += message.size();
  messages_.push_back(std::make_shared<const Message>(std::move(message)));
  if (size_ <= limit_) return messages_.back();
  // A good part at once: taking away the first of a long vector for each message would cost more than the messages.
  std::size_t dropped = 0;
  while (size_ > limit_ - limit_ / 8 && dropped + 1 < messages_.size()) size_ -= messages_[dropped++]->size();
  messages_.erase(messages_.begin(), messages_.begin() + static_cast<std::ptrdiff_t>(dropped));
  ++drops_;
  return messages_.back();
}

}  // namespace store
