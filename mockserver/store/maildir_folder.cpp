#include "mockserver/store/maildir_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <memory>
#include <unordered_map>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "core/ascii.h"
#include "mockserver/store/maildir_file.h"

namespace store {
namespace {

using mailbox::Flags;
using mailbox::Snapshot;
using mailbox::Uid;

struct FileLock final : mailbox::Lock {
  explicit FileLock(File locked) : file(std::move(locked)) {}
  File file;
};

bool may_be_file(const dirent& entry) { return entry.d_type == DT_REG || entry.d_type == DT_LNK || entry.d_type == DT_UNKNOWN; }

}  // namespace

MaildirFolder::MaildirFolder(std::string path, const std::string& root, Kind kind)
    : path_(std::move(path)), kind_(kind), list_(path_, root) {}

core::Result<void> MaildirFolder::make() {
  for (const char* const part : {"", "/tmp", "/new", "/cur"}) {
    if (auto made = make_folder(path_ + part); !made) return made;
  }
  if (kind_ == Kind::kInbox) return make_folder(path_ + "/envelopes");
  // What tells those who deliver by themselves that this is not the INBOX (Maildir++).
  const std::string mark = path_ + "/maildirfolder";
  const File file(open(mark.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  if (!file.is_open()) return file_failure({"cannot create the file", "不能新建文件"}, mark);
  return {};
}

core::Result<void> MaildirFolder::make_missing() {
  if (is_gone_ || kind_ != Kind::kInbox) return folder_gone();
  return make();
}

core::Result<ListLock> MaildirFolder::hold() {
  if (is_gone_) return folder_gone();
  auto locked = list_.lock();
  if (!locked && access(path_.c_str(), F_OK) != 0) locked = make_missing().and_then([this] { return list_.lock(); });
  if (!locked) return core::Failure(locked.error());
  return ListLock(list_);
}

// Others who have looked meanwhile may have given them UIDs.
core::Result<void> MaildirFolder::write_pending() {
  if (pending_.empty()) return {};
  if (list_.has_strangers()) {
    if (auto read = list_.catch_up(); !read) return read;
    std::erase_if(pending_, [this](const Known& message) { return list_.named(message.name) != nullptr; });
  }
  if (auto added = list_.add(pending_); !added) return core::Failure(added.error());
  pending_.clear();
  return {};
}

core::Result<void> MaildirFolder::catch_up() { return pending_.empty() ? list_.catch_up() : refresh(); }

core::Result<Snapshot> MaildirFolder::list() {
  const auto held = hold();
  if (!held) return core::Failure(held.error());
  if (auto refreshed = refresh(); !refreshed) return core::Failure(refreshed.error());
  return snapshot();
}

// The list is as it was then, and so are the folders.
bool MaildirFolder::is_as_looked_at() const {
  return pending_.empty() && list_.mod_sequence() == lines_then_ && times_.hold(path_);
}

core::Result<void> MaildirFolder::refresh() {
  if (auto read = list_.catch_up(); !read) return read;
  if (is_as_looked_at()) return {};
  last_looked_ = nullptr;
  times_.learn(path_);
  auto looked = look();
  // What could not be read may become readable without a change to the folder.
  const bool is_all = looked && std::all_of(unknown_.begin(), unknown_.end(),
                                            [this](const auto& one) { return list_.named(one.first) != nullptr; });
  if (!is_all) times_.forget();
  lines_then_ = list_.mod_sequence();
  return looked;
}

// Who renames a file while a folder is read may hide it from the reader, so that what seems to be gone is looked for twice.
core::Result<void> MaildirFolder::look() {
  ++looks_;
  unknown_.clear();
  for (int times = 0; times < 2; ++times) {
    for (const char* const part : {"new", "cur"}) {
      if (auto looked = look_into(part); !looked) return looked;
    }
    if (missing().empty()) break;
  }
  if (const std::vector<Uid> gone = missing(); !gone.empty()) {
    if (auto removed = list_.remove(gone); !removed) return removed;
  }
  return take_in().and_then([this] { return note_marks(); });
}

core::Result<void> MaildirFolder::look_into(const char* part) {
  const std::string path = path_ + '/' + part;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
  if (folder == nullptr && errno == ENOENT) return {};
  if (folder == nullptr) return file_failure({"cannot read the folder", "文件夹读不了"}, path);
  errno = 0;
  while (const dirent* const entry = readdir(folder.get())) {
    if (may_be_file(*entry)) look_at(part, static_cast<const char*>(entry->d_name));
  }
  if (errno != 0) return file_failure({"cannot read the folder", "文件夹读不了"}, path);
  return {};
}

// A name with a line end in it could not stand in the list: no program that delivers mail gives such names.
void MaildirFolder::look_at(const char* part, std::string_view file) {
  const FileName name = split_name(file);
  if (name.base.empty() || name.base.front() == '.' || std::any_of(file.begin(), file.end(), core::is_control)) return;
  Known* const known = list_.named(name.base);
  if (known == nullptr) {
    unknown_[std::string(name.base)] = (std::string(part) + '/').append(file);
    return;
  }
  known->in_new = part[0] == 'n';
  known->info = name.info;
  known->looked = looks_;
}

std::vector<Uid> MaildirFolder::missing() {
  std::vector<Uid> gone;
  for (const auto& [uid, message] : list_.messages()) {
    if (message.looked != looks_) gone.push_back(uid);
  }
  return gone;
}

// In the order of their names, which is that of delivery, whoever has delivered.
core::Result<void> MaildirFolder::take_in() {
  std::unordered_map<std::string_view, const Known*> delivered;  // by us: their size is known
  for (const Known& message : pending_) delivered.emplace(message.name, &message);
  std::vector<Known> messages;
  for (const auto& [name, file] : unknown_) {
    if (const auto known = delivered.find(name); known != delivered.end()) {
      messages.push_back(*known->second);
    } else if (auto message = measure(path_ + '/' + file, name)) {
      messages.push_back(std::move(*message));
    }
  }
  if (!messages.empty()) {
    if (auto added = list_.add(messages); !added) return core::Failure(added.error());
    const std::uint32_t validity = list_.uid_validity();
    if (auto read = list_.catch_up(); !read) return read;
    if (list_.uid_validity() != validity) return look();  // it had to begin anew
    for (const auto& [name, file] : unknown_) look_at(file.c_str(), std::string_view(file).substr(4));
  }
  pending_.clear();
  return {};
}

// Whoever has marked them: what is in the list of marks is what somebody has looked at.
core::Result<void> MaildirFolder::note_marks() {
  std::vector<std::pair<Uid, std::string>> changed;
  for (const auto& [uid, message] : list_.messages()) {
    const std::string_view letters = letters_of(message.info);
    if (letters != message.marks) changed.emplace_back(uid, letters);
  }
  return list_.note_marks(changed);
}

Snapshot MaildirFolder::snapshot() {
  if (last_looked_ != nullptr) return last_looked_;
  mailbox::Listing now;
  now.uid_validity = list_.uid_validity();
  now.uid_next = list_.uid_next();
  now.mod_sequence = list_.mod_sequence();
  now.entries.reserve(list_.messages().size());
  for (const auto& [uid, message] : list_.messages()) {
    now.entries.push_back({uid, message.size, message.received, flags_of(letters_of(message.info), list_.keywords()),
                           message.in_new, message.mod_sequence});
  }
  if (last_ == nullptr || *last_ != now) last_ = std::make_shared<const mailbox::Listing>(std::move(now));
  last_looked_ = last_;
  return last_;
}

std::string MaildirFolder::path_of(const Known& message) const {
  return path_ + (message.in_new ? "/new/" : "/cur/") + message.name + message.info;
}

template <typename Act>
core::Result<bool> MaildirFolder::at_its_place(Uid uid, const core::Text& what, const Act& act) {
  for (const bool again : {false, true}) {
    if (again) {
      if (auto refreshed = refresh(); !refreshed) return core::Failure(refreshed.error());
    }
    const auto found = list_.messages().find(uid);
    if (found == list_.messages().end()) return false;
    if (act(found->second)) return true;
    if (errno != ENOENT) return file_failure(what, path_of(found->second));
  }
  return false;
}

core::Result<std::unique_ptr<mailbox::Content>> MaildirFolder::content(Uid uid, mailbox::Lines lines) {
  const auto held = hold();
  if (!held) return core::Failure(held.error());
  if (auto read = catch_up(); !read) return core::Failure(read.error());
  File file;
  std::string path;
  std::uint64_t size = 0;
  const auto is_there = at_its_place(uid, {"cannot open the message", "打不开邮件"}, [&](const Known& message) {
    path = path_of(message);
    size = message.size;
    file = open_message(path);
    return file.is_open();
  });
  if (!is_there) return core::Failure(is_there.error());
  if (!*is_there) return message_gone();
  return content_of(std::move(file), std::move(path), lines, size);
}

core::Result<std::unique_ptr<mailbox::Incoming>> MaildirFolder::append(const Flags& flags,
                                                                       std::optional<std::int64_t> received) {
  if (is_gone_) return folder_gone();
  auto incoming = std::make_unique<MaildirIncoming>(*this, flags, received.value_or(std::time(nullptr)));
  if (auto begun = incoming->begin({}); !begun) return core::Failure(begun.error());
  return incoming;
}

core::Result<Uid> MaildirFolder::take(std::string& from, const Known& message, const Flags& flags) {
  const auto held = hold();
  if (!held) return core::Failure(held.error());
  if (auto read = catch_up(); !read) return core::Failure(read.error());
  if (!flags.keywords.empty()) {
    if (auto learnt = learn(flags.keywords); !learnt) return core::Failure(learnt.error());
  }
  Known placed = message;
  const std::string letters = changed_letters({}, mailbox::Change::kReplace, flags, list_.keywords());
  placed.in_new = letters.empty();
  if (!letters.empty()) placed.info = ":2," + letters;
  const std::string to = path_of(placed);
  if (rename(from.c_str(), to.c_str()) != 0)
    return file_failure({"cannot move the file to its place", "不能把文件移到它的位置"}, to);
  from = to;
  return list_.add({placed});
}

core::Result<void> MaildirFolder::deliver(std::string& from, const Known& message) {
  const std::string to = path_of(message);
  if (rename(from.c_str(), to.c_str()) != 0)
    return file_failure({"cannot move the file to its place", "不能把文件移到它的位置"}, to);
  from = to;
  pending_.push_back(message);
  if (pending_.size() < kMaxPending) return {};
  const auto held = hold();
  // The message is there, whatever becomes of its UID: that is asked for again by whoever looks.
  if (!held || !write_pending()) pending_.clear();
  return {};
}

core::Result<void> MaildirFolder::learn(const std::vector<std::string>& keywords) {
  if (auto read = catch_up(); !read) return read;
  for (const std::string& keyword : keywords) {
    const std::vector<std::string>& known = list_.keywords();
    if (known.size() == kMaxKeywords) break;
    if (!mailbox::is_keyword(keyword) || mailbox::find_keyword(known, keyword) != known.end()) continue;
    if (auto added = list_.add_keyword(keyword); !added) return added;
  }
  return {};
}

core::Result<void> MaildirFolder::mark(const std::vector<Uid>& messages, mailbox::Change change, const Flags& flags) {
  {
    const auto held = hold();
    if (!held) return core::Failure(held.error());
    static const std::vector<std::string> kNone;
    if (auto read = learn(change == mailbox::Change::kRemove ? kNone : flags.keywords); !read) return read;
    for (const Uid uid : messages) {
      const auto marked = at_its_place(uid, {"cannot mark the message", "不能给邮件加标记"}, [&](Known& message) {
        Known after = message;
        after.info = ":2," + changed_letters(letters_of(message.info), change, flags, list_.keywords());
        after.in_new = false;
        if (rename(path_of(message).c_str(), path_of(after).c_str()) != 0) return false;
        message.info = after.info;
        message.in_new = false;
        return true;
      });
      if (!marked) return core::Failure(marked.error());
    }
  }
  tell();
  return {};
}

core::Result<void> MaildirFolder::expunge(const std::vector<Uid>& messages) {
  core::Result<void> done;
  {
    const auto held = hold();
    if (!held) return core::Failure(held.error());
    if (auto read = catch_up(); !read) return read;
    std::vector<Uid> removed;
    for (const Uid uid : messages) {
      const auto taken = at_its_place(uid, {"cannot delete the message", "不能删除邮件"}, [&](const Known& message) {
        if (unlink(path_of(message).c_str()) != 0) return false;
        unlink((path_ + "/envelopes/" + message.name + ".envelope").c_str());
        return true;
      });
      if (!taken) done = core::Failure(taken.error());
      if (taken && *taken) removed.push_back(uid);
    }
    if (auto written = list_.remove(removed); !written && done) done = written;
  }
  tell();
  return done;
}

core::Result<std::unique_ptr<mailbox::Lock>> MaildirFolder::lock() {
  if (const auto held = hold(); !held) return core::Failure(held.error());  // makes the folder where it is not there yet
  const std::string path = path_ + "/smtplab-lock";
  File file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file.is_open()) return file_failure({"cannot open the file", "打不开文件"}, path);
  if (lock_file(file.get(), false)) return std::make_unique<FileLock>(std::move(file));
  if (errno != EWOULDBLOCK) return file_failure({"cannot lock the file", "锁不住文件"}, path);
  return std::unique_ptr<mailbox::Lock>();
}

mailbox::Notes* MaildirFolder::notes(std::string_view format) {
  const std::uint32_t validity = list_.uid_validity();
  if (is_gone_ || validity == 0) return nullptr;
  if (notes_ == nullptr || !notes_->is_for(format, validity)) {
    notes_.reset();  // writes what it has, before the file is begun anew
    notes_ = std::make_unique<NoteFile>(path_, format, validity, [this](Uid uid) { return list_.messages().contains(uid); });
  }
  return notes_.get();
}

core::Result<void> MaildirFolder::renew_validity() {
  const auto held = hold();
  if (!held) return core::Failure(held.error());
  return list_.renew_validity();
}

core::Result<void> MaildirFolder::take_all(MaildirFolder& from) {
  const auto theirs = from.hold();
  const auto ours = hold();
  if (!theirs || !ours) return core::Failure(theirs ? ours.error() : theirs.error());
  if (auto read = from.refresh().and_then([&] { return learn(from.list_.keywords()); }); !read) return read;
  std::vector<Known> moved;
  std::vector<Uid> removed;
  for (const auto& [uid, message] : from.list_.messages()) {
    if (rename(from.path_of(message).c_str(), path_of(message).c_str()) != 0) continue;  // has just been taken away
    moved.push_back(message);
    removed.push_back(uid);
  }
  if (auto added = list_.add(moved); !added) return core::Failure(added.error());
  return from.list_.remove(removed);
}

}  // namespace store
