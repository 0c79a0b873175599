#include "client/fetch/output.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/system_text.h"

namespace fetch {

core::Error write_error(const std::string& path, int number) {
  const bool is_full = number == ENOSPC || number == EDQUOT;
  return {core::Blame::kSystem,
          core::phrase("cannot be written: {0}", "写不了：{0}", {core::system_text(number)}),
          path,
          {},
          is_full ? "disk-full" : "file-unwritable"};
}

core::Result<Output> Output::create(const std::string& path) {
  unlink(path.c_str());  // a link that somebody has put there is not followed
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return core::Failure(write_error(path, errno));
  return Output(path, file);
}

core::Result<Output> Output::go_on(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return core::Failure(write_error(path, errno));
  Output output(path, file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return core::Failure(core::Error{core::Blame::kInput,
                                     {"another smtplab fetch writes here", "另一个 smtplab fetch 正在写这里"},
                                     path,
                                     {"wait for it, or choose another --out", "等它结束，或者用 --out 换一个文件"},
                                     "file-busy"});
  }
  return output;
}

core::Result<void> Output::cut(std::size_t size) {
  if (ftruncate(file_, static_cast<off_t>(size)) != 0 || lseek(file_, 0, SEEK_END) < 0)
    return core::Failure(write_error(path_, errno));
  return {};
}

Output::~Output() {
  if (file_ >= 0) ::close(file_);
}

core::Result<void> Output::write(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(file_, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return core::Failure(write_error(path_, errno));
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

core::Result<void> Output::close() {
  const bool is_on_disk = fsync(file_) == 0 || errno == EINVAL;  // EINVAL: it is no file of a disk
  const int failure = is_on_disk ? 0 : errno;
  ::close(std::exchange(file_, -1));
  if (failure != 0) return core::Failure(write_error(path_, failure));
  return {};
}

}  // namespace fetch
