// What both kinds of store have in common: line ends of what is read, and telling listeners.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mailbox/folder.h"
#include "mailbox/line_ends.h"

namespace store {

// Puts the line ends in order on the way.
class StoredContent : public mailbox::Content {
 public:
  // is_whole: each line ends in CRLF already, so that the message comes as it is stored.
  StoredContent(mailbox::Lines lines, bool is_whole) : lines_(is_whole ? mailbox::Lines::kAsStored : lines) {}

  core::Result<std::string_view> next() final {
    if (lines_ == mailbox::Lines::kAsStored) return stored(kMaxPiece);
    const auto piece = stored(kMaxPiece / 2);  // every octet may become two
    if (!piece) return piece;
    carried_.clear();
    ends_.convert(*piece, carried_);
    return std::string_view(carried_);
  }

  std::uint64_t skip(std::uint64_t octets) final { return lines_ == mailbox::Lines::kAsStored ? skip_stored(octets) : 0; }

 private:
  // Octets as they are stored.
  virtual std::uint64_t skip_stored(std::uint64_t octets) = 0;
  // The next octets as they are stored, at most `most`; otherwise as next().
  virtual core::Result<std::string_view> stored(std::size_t most) = 0;

  mailbox::Lines lines_;
  mailbox::LineEnds ends_;
  std::string carried_;
};

class StoredFolder : public mailbox::Folder {
 public:
  mailbox::Uid take_recent(mailbox::Uid upto) final {
    const mailbox::Uid first = recent_;
    if (recent_ < upto) recent_ = upto;
    return first;
  }
  [[nodiscard]] mailbox::Uid first_recent() const final { return recent_; }

  void add(mailbox::Listener& listener) final { listeners_.push_back(&listener); }
  void remove(mailbox::Listener& listener) final { std::erase(listeners_, &listener); }

 protected:
  void tell() {
    for (mailbox::Listener* const listener : listeners_) listener->changed(*this);
  }

 private:
  std::vector<mailbox::Listener*> listeners_;
  mailbox::Uid recent_{1};
};

inline core::Failure folder_gone() {
  return core::Failure(core::Error{
      core::Blame::kSystem, {"the folder has been deleted or renamed", "文件夹已被删除或改名"}, {}, {}, "folder-gone"});
}

inline core::Failure message_gone() {
  return core::Failure(
      core::Error{core::Blame::kSystem, {"the message is not there any more", "邮件已经不在了"}, {}, {}, "message-gone"});
}

}  // namespace store
