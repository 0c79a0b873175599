// One folder of a Maildir: tmp, new and cur, with the list of UIDs beside them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mockserver/store/folder_times.h"
#include "mockserver/store/maildir_incoming.h"
#include "mockserver/store/maildir_names.h"
#include "mockserver/store/note_file.h"
#include "mockserver/store/stored_folder.h"
#include "mockserver/store/uid_list.h"

namespace store {

class MaildirFolder final : public StoredFolder {
 public:
  enum class Kind : std::uint8_t { kInbox, kOther };

  // path: the folder with tmp, new and cur. root: that of the INBOX. An INBOX is made when it is first needed.
  MaildirFolder(std::string path, const std::string& root, Kind kind);

  core::Result<mailbox::Snapshot> list() override;
  core::Result<std::unique_ptr<mailbox::Content>> content(mailbox::Uid uid, mailbox::Lines lines) override;
  core::Result<std::unique_ptr<mailbox::Incoming>> append(const mailbox::Flags& flags,
                                                          std::optional<std::int64_t> received) override;
  core::Result<void> mark(const std::vector<mailbox::Uid>& messages, mailbox::Change change,
                          const mailbox::Flags& flags) override;
  core::Result<void> expunge(const std::vector<mailbox::Uid>& messages) override;
  core::Result<std::unique_ptr<mailbox::Lock>> lock() override;
  // REQUIRES: list() has been called.
  mailbox::Notes* notes(std::string_view format) override;

  // tmp, new, cur and what else belongs to it. Errors name what cannot be made.
  core::Result<void> make();
  // It has been deleted or renamed: from now on there are only errors.
  void leave() {
    is_gone_ = true;
    notes_.reset();
  }
  // It has been renamed.
  core::Result<void> renew_validity();
  // Takes over all messages of another folder, in their order. Both are of the same file system, and this one is new.
  core::Result<void> take_all(MaildirFolder& from);

 private:
  friend class MaildirIncoming;

  static constexpr std::size_t kMaxPending = 1024;

  struct Earlier {
    bool operator()(const std::string& one, const std::string& other) const { return came_before(one, other); }
  };

  core::Result<void> make_missing();
  // Takes the lock of the list.
  core::Result<ListLock> hold();

  // What follows needs that lock.
  core::Result<void> write_pending();
  core::Result<void> catch_up();
  core::Result<void> refresh();
  core::Result<void> look();
  [[nodiscard]] bool is_as_looked_at() const;
  core::Result<void> look_into(const char* part);
  void look_at(const char* part, std::string_view file);
  [[nodiscard]] std::vector<mailbox::Uid> missing();
  core::Result<void> take_in();
  core::Result<void> note_marks();
  [[nodiscard]] mailbox::Snapshot snapshot();
  core::Result<void> learn(const std::vector<std::string>& keywords);
  // Calls act(message), and once more where its file has been moved meanwhile. False: there is no such message.
  template <typename Act>
  core::Result<bool> at_its_place(mailbox::Uid uid, const core::Text& what, const Act& act);

  // Both move the file at `from` to its place, and put that into `from`. The first gives it a UID at once. The second leaves
  // that to whoever looks next, or to the last of kMaxPending: it asks the system for nothing but the move, and what is not
  // written down when the process dies is found in new, in the order of its names. Neither needs the lock.
  core::Result<mailbox::Uid> take(std::string& from, const Known& message, const mailbox::Flags& flags);
  core::Result<void> deliver(std::string& from, const Known& message);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path_of(const Known& message) const;

  std::string path_;
  Kind kind_;
  UidList list_;
  std::map<std::string, std::string, Earlier> unknown_;  // base names that the list does not have: "new/…" or "cur/…"
  std::vector<Known> pending_;                           // delivered, in this order, and not in the list yet
  std::uint64_t looks_ = 0;
  FolderTimes times_;             // of the last look; forgotten where it has not told everything
  std::uint64_t lines_then_ = 0;  // of the list, behind it
  bool is_gone_ = false;
  mailbox::Snapshot last_;
  mailbox::Snapshot last_looked_;    // the same; null: somebody has looked since
  std::unique_ptr<NoteFile> notes_;  // once somebody has asked for them
};

}  // namespace store
