#include "mockserver/store/memory_folder.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace store {

using mailbox::Flags;
using mailbox::Snapshot;
using mailbox::Uid;

namespace {

class MemoryContent final : public StoredContent {
 public:
  MemoryContent(MemoryPool::Kept message, mailbox::Lines lines, bool is_whole)
      : StoredContent(lines, is_whole), message_(std::move(message)) {}

 private:
  std::uint64_t skip_stored(std::uint64_t octets) override {
    const std::uint64_t skipped = std::min<std::uint64_t>(octets, message_->content.size() - at_);
    at_ += skipped;
    return skipped;
  }

  core::Result<std::string_view> stored(std::size_t most) override {
    const std::string_view piece = std::string_view(message_->content).substr(at_, most);
    at_ += piece.size();
    return piece;
  }

  MemoryPool::Kept message_;
  std::size_t at_ = 0;
};

struct MemoryLock final : mailbox::Lock {
  std::shared_ptr<void> token;
};

}  // namespace

class MemoryIncoming final : public mailbox::Incoming {
 public:
  MemoryIncoming(MemoryFolder& folder, Flags flags, std::int64_t received) : folder_(folder), flags_(std::move(flags)) {
    message_.received = received;
  }

  core::Result<void> write(std::string_view octets) override {
    message_.content += octets;
    return {};
  }

  core::Result<Uid> commit() override {
    if (folder_.is_gone_) return folder_gone();
    const std::int64_t received = message_.received;
    return folder_.add_kept(folder_.pool_->keep(std::move(message_)), received, flags_);
  }

 private:
  MemoryFolder& folder_;
  Flags flags_;
  Message message_;
};

MemoryFolder::MemoryFolder(std::shared_ptr<MemoryPool> pool, std::uint32_t uid_validity)
    : pool_(std::move(pool)), uid_validity_(uid_validity) {}

std::vector<MemoryFolder::Item>& MemoryFolder::items() {
  if (drops_ == pool_->drops()) return items_;
  drops_ = pool_->drops();
  if (std::erase_if(items_, [](const Item& item) { return item.message.expired(); }) != 0) is_changed_ = true;
  return items_;
}

MemoryFolder::Item* MemoryFolder::find(Uid uid) {
  auto& all = items();
  const auto found =
      std::lower_bound(all.begin(), all.end(), uid, [](const Item& item, Uid wanted) { return item.uid < wanted; });
  return found != all.end() && found->uid == uid ? &*found : nullptr;
}

core::Result<Snapshot> MemoryFolder::list() {
  if (is_gone_) return folder_gone();
  auto& all = items();
  if (!is_changed_) return last_;
  mailbox::Listing now;
  now.uid_validity = uid_validity_;
  now.uid_next = next_;
  now.mod_sequence = mod_sequence_;
  now.entries.reserve(all.size());
  for (Item& item : all) {
    if (!item.size) item.size = mailbox::LineEnds().size_of(item.message.lock()->content);
    now.entries.push_back({item.uid, *item.size, item.received, item.flags, item.recent, item.mod_sequence});
  }
  if (last_ == nullptr || *last_ != now) last_ = std::make_shared<const mailbox::Listing>(std::move(now));
  is_changed_ = false;
  return last_;
}

core::Result<std::unique_ptr<mailbox::Content>> MemoryFolder::content(Uid uid, mailbox::Lines lines) {
  if (is_gone_) return folder_gone();
  const Item* const item = find(uid);
  if (item == nullptr) return message_gone();
  MemoryPool::Kept message = item->message.lock();
  const bool is_whole = item->size == message->content.size();
  return std::make_unique<MemoryContent>(std::move(message), lines, is_whole);
}

core::Result<std::unique_ptr<mailbox::Incoming>> MemoryFolder::append(const Flags& flags,
                                                                      std::optional<std::int64_t> received) {
  if (is_gone_) return folder_gone();
  return std::make_unique<MemoryIncoming>(*this, flags, received.value_or(std::time(nullptr)));
}

Uid MemoryFolder::add_kept(std::weak_ptr<const Message> message, std::int64_t received, const Flags& flags) {
  const Uid uid = next_;
  Flags known = learn(flags);
  const bool recent = known == Flags{};
  items().push_back({uid, std::move(message), {}, received, std::move(known), recent, ++mod_sequence_, {}});
  ++next_.value;
  is_changed_ = true;
  tell();
  return uid;
}

// As many keywords as Maildir has letters: what can be kept must not depend on where.
Flags MemoryFolder::learn(Flags flags) {
  std::erase_if(flags.keywords, [this](const std::string& keyword) {
    if (mailbox::find_keyword(keywords_, keyword) != keywords_.end()) return false;
    if (keywords_.size() == kMaxKeywords || !mailbox::is_keyword(keyword)) return true;
    keywords_.push_back(keyword);
    return false;
  });
  return mailbox::spelled_as(keywords_, std::move(flags));
}

core::Result<void> MemoryFolder::mark(const std::vector<Uid>& messages, mailbox::Change change, const Flags& flags) {
  if (is_gone_) return folder_gone();
  const Flags known = change == mailbox::Change::kRemove ? mailbox::spelled_as(keywords_, flags) : learn(flags);
  for (const Uid uid : messages) {
    Item* const item = find(uid);
    if (item == nullptr) continue;
    const Flags after = mailbox::changed(item->flags, change, known);
    if (after != item->flags) item->mod_sequence = ++mod_sequence_;
    item->flags = after;
    item->recent = false;
  }
  is_changed_ = true;
  tell();
  return {};
}

core::Result<void> MemoryFolder::expunge(const std::vector<Uid>& messages) {
  if (is_gone_) return folder_gone();
  std::vector<Uid> sorted = messages;
  std::sort(sorted.begin(), sorted.end());
  const auto is_named = [&](const Item& item) { return std::binary_search(sorted.begin(), sorted.end(), item.uid); };
  mod_sequence_ += std::erase_if(items(), is_named);
  is_changed_ = true;
  tell();
  return {};
}

core::Result<std::unique_ptr<mailbox::Lock>> MemoryFolder::lock() {
  if (is_gone_) return folder_gone();
  if (!locked_.expired()) return std::unique_ptr<mailbox::Lock>();
  auto lock = std::make_unique<MemoryLock>();
  lock->token = std::make_shared<int>(0);
  locked_ = lock->token;
  return lock;
}

mailbox::Notes* MemoryFolder::notes(std::string_view format) {
  if (format_ != format) {
    for (Item& item : items_) item.note.clear();
    format_ = format;
  }
  return &notes_;
}

std::optional<std::string_view> MemoryFolder::MemoryNotes::find(Uid uid) {
  const Item* const item = folder_->find(uid);
  return item == nullptr || item->note.empty() ? std::nullopt : std::optional<std::string_view>(item->note);
}

void MemoryFolder::MemoryNotes::keep(Uid uid, std::string_view octets) {
  Item* const item = folder_->find(uid);
  if (item != nullptr && octets.size() <= kLargest) item->note = octets;
}

void MemoryFolder::take_all(MemoryFolder& from) {
  keywords_ = from.keywords_;
  format_ = from.format_;
  for (Item& item : from.items()) {
    item.uid = next_;
    item.mod_sequence = ++mod_sequence_;
    ++next_.value;
    items_.push_back(std::move(item));
  }
  from.items_.clear();
  drops_ = pool_->drops();
  is_changed_ = from.is_changed_ = true;
}

}  // namespace store
