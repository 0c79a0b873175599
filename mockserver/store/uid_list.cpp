#include "mockserver/store/uid_list.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace store {
namespace {

using mailbox::Uid;

constexpr std::string_view kBeginning = "smtplab-uids 1\nV ";
constexpr std::string_view kVersion = kBeginning.substr(0, kBeginning.find('\n'));
constexpr std::size_t kReadAtOnce = std::size_t{256} * 1024;
constexpr std::size_t kTail = 4096;

// The number at the start of `words`, which then begin behind the blank that follows it.
template <typename Number>
std::optional<Number> take_number(std::string_view& words) {
  Number number{};
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
  if (error != std::errc()) return std::nullopt;
  words.remove_prefix(static_cast<std::size_t>(end - words.data()));
  if (words.empty()) return number;
  if (words.front() != ' ') return std::nullopt;
  words.remove_prefix(1);
  return number;
}

std::uint32_t clock_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

}  // namespace

UidList::UidList(std::string folder, std::string root)
    : path_(std::move(folder) + "/smtplab-uids"), validity_path_(std::move(root) + "/smtplab-uidvalidity") {}

core::Result<void> UidList::open() {
  file_ = File(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (!file_.is_open()) return file_failure({"cannot open the list of UIDs", "打不开 UID 列表"}, path_);
  return {};
}

// Whoever has put another file in its place, or removed the folder, has left us with one that nobody else looks at.
core::Result<void> UidList::lock() {
  for (;;) {
    if (!file_.is_open()) {
      forget();
      if (auto opened = open(); !opened) return opened;
    }
    struct stat ours {};
    struct stat there {};
    if (!lock_file(file_.get()) || fstat(file_.get(), &ours) != 0) {
      const auto why = file_failure({"cannot lock the list of UIDs", "锁不住 UID 列表"}, path_);
      file_.close();
      return why;
    }
    if (stat(path_.c_str(), &there) != 0 || there.st_ino != ours.st_ino || there.st_dev != ours.st_dev) {
      file_.close();
      continue;
    }
    size_ = static_cast<std::size_t>(ours.st_size);
    if (size_ != 0 && size_ == checked_to_) return {};
    has_strangers_ = size_ != 0;
    auto mended = mend();
    if (!mended) unlock();
    return mended;
  }
}

void UidList::unlock() { unlock_file(file_.get()); }

void UidList::forget() {
  checked_to_ = read_to_ = 0;
  lines_ = 0;
  last_uid_ = uid_validity_ = 0;
  by_name_.clear();
  messages_.clear();
  keywords_.clear();
}

// Somebody else has written, or nobody yet, or died while writing.
core::Result<void> UidList::mend() {
  if (size_ < checked_to_) forget();
  const auto head = read_at(file_, 0, kBeginning.size(), path_);
  if (!head) return core::Failure(head.error());
  if (*head == kBeginning) return find_last_uid();
  return kBeginning.starts_with(*head) ? begin() : begin_anew();
}

core::Result<void> UidList::begin() {
  forget();
  size_ = 0;
  if (ftruncate(file_.get(), 0) != 0) return file_failure({"cannot begin the list of UIDs", "不能新建 UID 列表"}, path_);
  const auto validity = next_validity();
  if (!validity) return core::Failure(validity.error());
  return append(std::string(kBeginning) + std::to_string(*validity) + '\n');
}

// Somebody else may have opened the new file before us, and begun it: so it is locked and looked at like any other.
core::Result<void> UidList::begin_anew() {
  if (rename(path_.c_str(), (path_ + ".damaged").c_str()) != 0)
    return file_failure({"cannot put aside the list of UIDs", "不能把 UID 列表移到一边"}, path_);
  file_.close();
  return lock();
}

// Cuts off a line without an end, and looks backwards for the last UID.
core::Result<void> UidList::find_last_uid() {
  for (std::size_t window = kTail;; window *= 2) {
    const std::size_t from = size_ > window ? size_ - window : 0;
    auto tail = read_at(file_, from, size_ - from, path_);
    if (!tail) return core::Failure(tail.error());
    const std::size_t last_end = tail->rfind('\n');
    if (last_end == std::string::npos) {
      if (from == 0) return begin_anew();
      continue;
    }
    if (last_end + 1 != tail->size()) {
      tail->resize(last_end + 1);
      if (ftruncate(file_.get(), static_cast<off_t>(from + tail->size())) != 0)
        return file_failure({"cannot mend the list of UIDs", "修不好 UID 列表"}, path_);
      size_ = from + tail->size();
    }
    const std::size_t added = tail->rfind("\n+ ");
    if (added == std::string::npos && from != 0) continue;
    std::string_view words = added == std::string::npos ? "0" : std::string_view(*tail).substr(added + 3);
    const auto uid = take_number<std::uint32_t>(words);
    if (!uid) return begin_anew();
    last_uid_ = *uid;
    checked_to_ = size_;
    if (last_end < kBeginning.size()) return begin();  // no UIDVALIDITY yet
    return {};
  }
}

core::Result<void> UidList::catch_up() {
  std::string rest;
  while (read_to_ < size_) {
    const auto piece = read_at(file_, read_to_, std::min(kReadAtOnce, size_ - read_to_), path_);
    if (!piece) return core::Failure(piece.error());
    if (piece->empty()) break;
    if (read_to_ == 0) last_uid_ = 0;
    read_to_ += piece->size();
    rest += *piece;
    std::string_view lines = rest;
    for (std::size_t end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
      if (!read_line(lines.substr(0, end))) return begin_anew().and_then([this] { return catch_up(); });
      lines.remove_prefix(end + 1);
    }
    rest.erase(0, rest.size() - lines.size());
  }
  checked_to_ = size_;
  has_strangers_ = false;
  return {};
}

bool UidList::read_line(std::string_view line) {
  ++lines_;
  if (line == kVersion) return true;
  if (line.size() < 3 || line[1] != ' ') return false;
  std::string_view words = line.substr(2);
  switch (line[0]) {
    case '+': return read_added(words);
    case '-': return read_removed(words);
    case 'F': return read_marked(words);
    case 'K':
      if (keywords_.size() < mailbox::Folder::kMaxKeywords) keywords_.emplace_back(words);
      return true;
    case 'V': {
      const auto validity = take_number<std::uint32_t>(words);
      uid_validity_ = validity.value_or(0);
      return uid_validity_ != 0;
    }
    default: return false;
  }
}

bool UidList::read_added(std::string_view words) {
  const auto uid = take_number<std::uint32_t>(words);
  const auto size = take_number<std::uint64_t>(words);
  const auto received = take_number<std::int64_t>(words);
  if (!uid || !size || !received || words.empty() || *uid == 0) return false;
  if (!messages_.empty() && *uid <= messages_.rbegin()->first.value) return false;
  Known message;
  message.name = words;
  message.size = *size;
  message.received = *received;
  message.mod_sequence = lines_;
  last_uid_ = std::max(last_uid_, *uid);
  put({*uid}, std::move(message));
  return true;
}

bool UidList::read_removed(std::string_view words) {
  const auto uid = take_number<std::uint32_t>(words);
  if (!uid) return false;
  const auto found = messages_.find({*uid});
  if (found == messages_.end()) return true;  // said twice
  const auto name = by_name_.find(found->second.name);
  if (name != by_name_.end() && name->second.value == *uid) by_name_.erase(name);
  messages_.erase(found);
  return true;
}

bool UidList::read_marked(std::string_view words) {
  const auto uid = take_number<std::uint32_t>(words);
  if (!uid) return false;
  const auto found = messages_.find({*uid});
  if (found == messages_.end()) return true;  // gone
  found->second.marks = words;
  found->second.mod_sequence = lines_;
  return true;
}

void UidList::put(Uid uid, Known message) {
  const auto place = messages_.insert_or_assign(messages_.end(), uid, std::move(message));
  by_name_.erase(place->second.name);  // its key would be that of an earlier one
  by_name_.emplace(place->second.name, uid);
}

Known* UidList::named(std::string_view name) {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &messages_.at(found->second);
}

core::Result<Uid> UidList::add(const std::vector<Known>& messages) {
  if (std::numeric_limits<std::uint32_t>::max() - last_uid_ <= messages.size()) {
    if (auto begun = begin_anew(); !begun) return core::Failure(begun.error());
  }
  std::string lines;
  std::uint32_t uid = last_uid_;
  for (const Known& message : messages) {
    lines += "+ " + std::to_string(++uid) + ' ' + std::to_string(message.size) + ' ' + std::to_string(message.received) + ' ';
    lines += message.name + '\n';
  }
  if (auto written = append(lines); !written) return core::Failure(written.error());
  last_uid_ = uid;
  return Uid{uid};
}

core::Result<void> UidList::remove(const std::vector<Uid>& messages) {
  if (messages.empty()) return {};
  std::string lines;
  for (const Uid uid : messages) lines += "- " + std::to_string(uid.value) + '\n';
  return append(lines).and_then([this] { return catch_up(); });
}

core::Result<void> UidList::note_marks(const std::vector<std::pair<Uid, std::string>>& marks) {
  if (marks.empty()) return {};
  std::string lines;
  for (const auto& [uid, letters] : marks) lines += "F " + std::to_string(uid.value) + ' ' + letters + '\n';
  return append(lines).and_then([this] { return catch_up(); });
}

core::Result<void> UidList::add_keyword(const std::string& keyword) {
  return append("K " + keyword + '\n').and_then([this] { return catch_up(); });
}

core::Result<void> UidList::renew_validity() {
  const auto validity = next_validity();
  if (!validity) return core::Failure(validity.error());
  return append("V " + std::to_string(*validity) + '\n');
}

core::Result<void> UidList::append(const std::string& lines) {
  if (!write_all(file_.get(), lines)) {
    const auto why = file_failure({"cannot write the list of UIDs", "UID 列表写不进去"}, path_);
    // What half a line leaves behind is cut off by the next one who looks.
    checked_to_ = 0;
    return why;
  }
  size_ += lines.size();
  checked_to_ = size_;
  return {};
}

// Greater than any that a folder of this mailbox has had, and usually the time: also where the file has been lost.
core::Result<std::uint32_t> UidList::next_validity() {
  const File file(::open(validity_path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file.is_open() || !lock_file(file.get())) return file_failure({"cannot open the file", "打不开文件"}, validity_path_);
  const auto last = read_at(file, 0, 32, validity_path_);
  if (!last) return core::Failure(last.error());
  std::string_view words = *last;
  words = words.substr(0, words.find('\n'));
  const std::uint32_t validity = std::max(clock_seconds(), take_number<std::uint32_t>(words).value_or(0) + 1);
  const std::string text = std::to_string(validity) + '\n';
  if (::pwrite(file.get(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    return file_failure({"cannot write the file", "文件写不进去"}, validity_path_);
  return validity;
}

}  // namespace store
