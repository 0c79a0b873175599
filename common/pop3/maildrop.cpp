#include "pop3/maildrop.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace pop3 {
namespace {

class ListingSource final : public Source {
 public:
  ListingSource(mailbox::Snapshot snapshot, Maildrop::Column column, const Marks& marks)
      : snapshot_(std::move(snapshot)), column_(column), marks_(marks) {}

  core::Result<std::string_view> next() override {
    piece_.clear();
    while (snapshot_ != nullptr && next_ < snapshot_->entries.size() && piece_.size() < mailbox::Content::kMaxPiece) {
      const mailbox::Entry& entry = snapshot_->entries[next_++];
      if (marks_.count(static_cast<std::uint32_t>(next_)) > 0) continue;
      piece_ += std::to_string(next_) + " " +
                (column_ == Maildrop::Column::kOctets ? std::to_string(entry.size)
                                                      : mailbox::unique_id(snapshot_->uid_validity, entry.uid)) +
                "\r\n";
    }
    return std::string_view(piece_);
  }

 private:
  mailbox::Snapshot snapshot_;
  Maildrop::Column column_;
  const Marks& marks_;
  std::size_t next_ = 0;  // index of the entry that comes next
  std::string piece_;
};

}  // namespace

core::Result<Maildrop> Maildrop::open(std::shared_ptr<mailbox::Folder> folder) {
  Maildrop maildrop;
  auto lock = folder->lock();
  if (!lock) return core::Failure(lock.error());
  if (*lock == nullptr) {
    return core::Failure(core::Error{
        core::Blame::kSystem, {"another session holds the maildrop", "另一个会话正在用这个邮箱"}, "RFC 1939 §4", {}, "in-use"});
  }
  auto snapshot = folder->list();
  if (!snapshot) return core::Failure(snapshot.error());
  maildrop.lock_ = std::shared_ptr<const mailbox::Lock>(
      lock->release(), [folder](const mailbox::Lock* held) { std::default_delete<const mailbox::Lock>()(held); });
  maildrop.folder_ = std::move(folder);
  maildrop.snapshot_ = std::move(*snapshot);
  return maildrop;
}

std::uint32_t Maildrop::count() const {
  return snapshot_ == nullptr ? 0 : static_cast<std::uint32_t>(snapshot_->entries.size());
}

std::uint64_t Maildrop::octets(std::uint32_t number) const { return entry(number).size; }

std::string Maildrop::unique_id(std::uint32_t number) const {
  return mailbox::unique_id(snapshot_->uid_validity, entry(number).uid);
}

std::uint32_t Maildrop::count_without(const Marks& marks) const {
  const auto there = std::count_if(marks.begin(), marks.end(), [&](std::uint32_t number) { return has(number); });
  return count() - static_cast<std::uint32_t>(there);
}

std::uint64_t Maildrop::octets_without(const Marks& marks) const {
  std::uint64_t octets = snapshot_ == nullptr ? 0 : snapshot_->octets();
  for (const std::uint32_t number : marks) octets -= has(number) ? entry(number).size : 0;
  return octets;
}

core::Result<std::unique_ptr<mailbox::Content>> Maildrop::content(std::uint32_t number) const {
  return folder_->content(entry(number).uid, mailbox::Lines::kCrlf);
}

std::unique_ptr<Source> Maildrop::listing(Column column, const Marks& marks) const {
  return std::make_unique<ListingSource>(snapshot_, column, marks);
}

core::Result<void> Maildrop::remove(const Marks& marks) {
  std::vector<mailbox::Uid> uids;
  for (const std::uint32_t number : marks) {
    if (has(number)) uids.push_back(entry(number).uid);
  }
  return uids.empty() ? core::Result<void>() : folder_->expunge(uids);
}

}  // namespace pop3
