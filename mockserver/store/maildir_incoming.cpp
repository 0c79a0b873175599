#include "mockserver/store/maildir_incoming.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mockserver/store/maildir_folder.h"
#include "mockserver/store/maildir_names.h"

namespace store {
namespace {

core::Result<File> create_file(const std::string& path) {
  File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.is_open()) return file_failure({"cannot create the file", "不能新建文件"}, path);
  return file;
}

bool is_now(std::int64_t seconds) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t late = std::chrono::duration_cast<std::chrono::seconds>(now).count() - seconds;
  return late >= 0 && late <= 2;
}

}  // namespace

MaildirIncoming::MaildirIncoming(MaildirFolder& folder, mailbox::Flags flags, std::int64_t received)
    : folder_(folder), flags_(std::move(flags)) {
  message_.name = unique_name();
  message_.received = received;
}

MaildirIncoming::~MaildirIncoming() {
  if (is_taken_) return;
  for (const std::string& file : {path_, envelope_}) {
    if (!file.empty()) unlink(file.c_str());
  }
}

core::Result<void> MaildirIncoming::begin(std::string_view envelope) {
  auto created = create(envelope);
  if (!created && errno == ENOENT)
    created = folder_.make_missing().and_then([&] { return create(envelope); });  // its first message
  return created ? created : has_failed(core::Failure(created.error()));
}

// The envelope first: whoever sees a message in new finds its envelope there already. Nobody looks for one whose message is not
// there, so that it is written where it stays.
core::Result<void> MaildirIncoming::create(std::string_view envelope) {
  if (!envelope.empty() && envelope_.empty()) {
    const std::string path = folder_.path() + "/envelopes/" + message_.name + ".envelope";
    auto file = create_file(path);
    if (!file) return core::Failure(file.error());
    envelope_ = path;
    if (!write_all(file->get(), envelope) || !file->close())
      return file_failure({"cannot write the file", "文件写不进去"}, path);
  }
  const std::string path = folder_.path() + "/tmp/" + message_.name;
  auto file = create_file(path);
  if (!file) return core::Failure(file.error());
  path_ = path;
  file_ = std::move(*file);
  return {};
}

core::Result<void> MaildirIncoming::has_failed(core::Failure why) {
  written_ = std::move(why);
  return written_;
}

core::Result<void> MaildirIncoming::write(std::string_view octets) {
  if (!written_) return written_;
  message_.size += ends_.size_of(octets);
  if (!write_all(file_.get(), octets)) return has_failed(file_failure({"cannot write the file", "文件写不进去"}, path_));
  return {};
}

// Other programs take the time of the file for the one at which the message came.
core::Result<void> MaildirIncoming::finish() {
  if (!written_) return written_;
  if (!is_now(message_.received)) {
    const timespec time{static_cast<time_t>(message_.received), 0};
    const timespec times[]{time, time};
    futimens(file_.get(), times);
  }
  if (!file_.close()) return has_failed(file_failure({"cannot write the file", "文件写不进去"}, path_));
  return {};
}

core::Result<mailbox::Uid> MaildirIncoming::commit() {
  if (auto finished = finish(); !finished) return core::Failure(finished.error());
  const auto uid = folder_.take(path_, message_, flags_);
  if (!uid) return uid;
  is_taken_ = true;
  folder_.tell();
  return uid;
}

core::Result<void> MaildirIncoming::deliver() {
  if (auto finished = finish(); !finished) return finished;
  if (auto delivered = folder_.deliver(path_, message_); !delivered) return delivered;
  is_taken_ = true;
  folder_.tell();
  return {};
}

}  // namespace store
