// The UIDs of one Maildir folder on the disk: a list that only grows, beside the mails.
//
// The file is <folder>/smtplab-uids, text in lines that end in LF. The first says what it is and in which version; whoever does
// not know the version begins anew. The others come in the order in which things happened:
//   smtplab-uids 1
//   V 1764510000                                       UIDVALIDITY from here on
//   + 1 2048 1764510003 1764510003.M1P2Q3.smtplab      this UID belongs to this message: octets with CRLF, time, base name
//   K Old                                              the next keyword: the first is the letter a in names of files, then b …
//   F 1 FSa                                            its marks have become these, as its file has them in its name
//   - 1                                                it is gone; the same name would be another message
// The number of the line in which a message came or was marked last is its mod-sequence (RFC 7162); that of the last line is
// the folder's. UIDs ascend, and the last + line says which have been given. A line that has no end was never told to anybody,
// and is cut off. A file that is damaged otherwise is put aside as smtplab-uids.damaged and begun anew, under a greater
// UIDVALIDITY.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/result.h"
#include "mailbox/folder.h"
#include "mockserver/store/files.h"

namespace store {

// A message that the list knows.
struct Known {
  std::string name = {};  // of its file, without what marks it; in a list it must not change
  std::uint64_t size = 0;
  std::int64_t received = 0;
  // Where it was last seen: what came since the folder was looked through is in new.
  bool in_new = true;
  std::string info = {};     // behind the base name: ":2,S", or nothing
  std::uint64_t looked = 0;  // when the folder was looked through
  std::string marks = {};    // of the last F line
  std::uint64_t mod_sequence = 1;
};

// Processes that use the same folder take turns: everything but the constructor needs the lock, and what it says holds until
// unlock(). Errors are Blame::kSystem.
class UidList {
 public:
  // folder: an absolute path or one that stays right. root: the folder of the INBOX, where the last UIDVALIDITY that this
  // mailbox has had is written down, in smtplab-uidvalidity.
  UidList(std::string folder, std::string root);

  // Waits for whoever has it. Makes the file where there is none; the folder has to be there.
  core::Result<void> lock();
  void unlock();

  // Reads what has come since the last time. Not needed for what only adds messages: their number does not matter to it.
  core::Result<void> catch_up();

  // Whether somebody else has written since the last catch_up().
  [[nodiscard]] bool has_strangers() const { return has_strangers_; }

  // As of the last catch_up().
  [[nodiscard]] std::map<mailbox::Uid, Known>& messages() { return messages_; }
  [[nodiscard]] Known* named(std::string_view name);
  [[nodiscard]] const std::vector<std::string>& keywords() const { return keywords_; }
  [[nodiscard]] std::uint32_t uid_validity() const { return uid_validity_; }
  [[nodiscard]] mailbox::Uid uid_next() const { return {last_uid_ + 1}; }
  [[nodiscard]] std::uint64_t mod_sequence() const { return lines_; }

  // Gives each a UID, in this order; what they are told is on the disk then.
  core::Result<mailbox::Uid> add(const std::vector<Known>& messages);
  // REQUIRES: catch_up().
  core::Result<void> remove(const std::vector<mailbox::Uid>& messages);
  // What stands in `marks` of these messages now. REQUIRES: catch_up(), and they are there.
  core::Result<void> note_marks(const std::vector<std::pair<mailbox::Uid, std::string>>& marks);
  // Where there is room for another.
  core::Result<void> add_keyword(const std::string& keyword);
  // The folder has another name now.
  core::Result<void> renew_validity();

 private:
  core::Result<void> open();
  core::Result<void> mend();
  core::Result<void> begin();
  core::Result<void> begin_anew();
  core::Result<void> find_last_uid();
  core::Result<void> append(const std::string& lines);
  core::Result<std::uint32_t> next_validity();
  void forget();
  bool read_line(std::string_view line);
  bool read_added(std::string_view words);
  bool read_removed(std::string_view words);
  bool read_marked(std::string_view words);
  void put(mailbox::Uid uid, Known message);

  std::string path_;
  std::string validity_path_;
  File file_;
  std::size_t size_ = 0;        // of the file
  std::size_t checked_to_ = 0;  // up to here it ends in a whole line, and last_uid_ is right
  std::size_t read_to_ = 0;     // what catch_up has read
  std::uint64_t lines_ = 0;     // in that
  bool has_strangers_ = false;
  std::uint32_t last_uid_ = 0;
  std::uint32_t uid_validity_ = 0;
  std::map<mailbox::Uid, Known> messages_;
  std::unordered_map<std::string_view, mailbox::Uid> by_name_;  // of messages_
  std::vector<std::string> keywords_;
};

// Has the lock of a list as long as it lives. REQUIRES: lock() has given it.
class ListLock {
 public:
  explicit ListLock(UidList& list) : list_(&list) {}
  ~ListLock() {
    if (list_ != nullptr) list_->unlock();
  }
  ListLock(ListLock&& other) noexcept : list_(std::exchange(other.list_, nullptr)) {}
  ListLock& operator=(ListLock&&) = delete;
  ListLock(const ListLock&) = delete;
  ListLock& operator=(const ListLock&) = delete;

 private:
  UidList* list_;
};

}  // namespace store
