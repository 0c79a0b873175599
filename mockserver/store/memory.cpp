#include "mockserver/store/memory.h"

#include <utility>

namespace store {

Memory::Memory(Owners owners, std::uint32_t uid_validity, std::size_t limit)
    : recipients_(std::move(owners)), uid_validity_(uid_validity), pool_(std::make_shared<MemoryPool>(limit)) {}

core::Result<Places> Memory::deliver(Message message) {
  Places places = recipients_.places(message.forward_paths);
  const std::vector<std::size_t> numbers = recipients_.mailboxes(message.forward_paths);
  const std::int64_t received = message.received;
  const std::optional<mailbox::FolderName> folder = message.folder;
  const std::weak_ptr<const Message> kept = pool_->keep(std::move(message));
  for (const std::size_t number : numbers) mailbox(number).delivery(folder).add_kept(kept, received, {});
  return places;
}

MemoryMailbox& Memory::mailbox(std::size_t number) {
  if (number >= mailboxes_.size()) mailboxes_.resize(recipients_.count());
  std::unique_ptr<MemoryMailbox>& mailbox = mailboxes_[number];
  if (mailbox == nullptr) mailbox = std::make_unique<MemoryMailbox>(pool_, uid_validity_);
  return *mailbox;
}

mailbox::Mailbox* Memory::mailbox_of(std::string_view user) {
  const auto number = recipients_.number_of(user);
  return number ? &mailbox(*number) : nullptr;
}

mailbox::Mailbox& Memory::others() { return mailbox(Recipients::kOthers); }

}  // namespace store
